"""How well somebody fits what a phrase says of whoever it means: office, gender, state, age."""

from __future__ import annotations

from ultimora.documents.entities.before import is_subject_before, only_without_office
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.deeds import suffers, was_charged
from ultimora.documents.entities.described import Description
from ultimora.documents.entities.headlines import PARTS_BEFORE, is_byline
from ultimora.documents.entities.organizations import kinds_of
from ultimora.documents.entities.portfolios import (
    JUSTICE,
    OF_STATES,
    RULING,
    has_another_portfolio,
    holds_another,
    is_kin_alone,
    is_of_here,
    still_rules,
)
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.salience import story_distance
from ultimora.documents.entities.titles import are_apart, clashes, fullest, same_office

CALLINGS = frozenset(
    {"profession", "leader", "director", "lawyer", "reporter", "coach", "athlete", "scholar", "artist", "officer"}
) | {"kin", "member"}
"""Groups of offices that anybody may have besides another one, and that name no holder by themselves."""

_POLITICS = frozenset(
    {"head_of_state", "head_of_government", "vice_president", "cabinet", "monarch", "leader", "lawmaker", "local"}
) | {"diplomat", "member"}
CLUSTERS = (
    _POLITICS,
    frozenset({"director", "leader", "member", "scholar"}),
    frozenset({"commander", "leader", "head_of_state", "officer"}),
    frozenset({"artist", "reporter", "scholar"}),
    frozenset({"director", "reporter", "artist"}),
    frozenset({"athlete", "coach"}),
    frozenset({"church", "pope", "monarch"}),
)
"""Groups whose words may stand for one person by turns."""

_INNOCENT = frozenset({"kin", "member", "profession", "counterpart"})
"""Groups that say nothing against another calling."""

UNIQUE = _POLITICS - {"leader", "lawmaker", "diplomat", "member"} | {
    "pope",
    "spokesperson",
    "prosecutor",
    "counterpart",
    "predecessor",
    "successor",
}
"""Offices that a person is not given just because the text goes on to speak of one."""

OFFICIAL = _POLITICS | {"prosecutor", "judge", "lawyer", "commander", "spokesperson", "officer", "church"}
"""Groups whose holders are seldom only "the man" or "the woman"."""

_SENT = frozenset({"diplomat", "lawmaker", "commander", "church", "leader"})
"""Offices that, with a state, more often bring in somebody new than go back to somebody whose state is not told."""

_BY_NAME = frozenset({"cabinet", "local", "vice_president", "head_of_government"})
"""Offices that a text may tell right after it has named somebody without any."""

_TRADES = frozenset({"profession", "judge", "prosecutor", "lawyer", "scholar", "director", "artist", "reporter"}) | {
    "athlete",
    "commander",
}
_TOLD_AT_ONCE = frozenset({"director", "leader", "lawyer", "reporter", "coach", "officer"})
"""What a text that tells of somebody without a name would have called them."""

_PARTISAN = frozenset({"leader", "member"})
_FRESH, _CODE, _STEM = 2, 3, 6
_GROWN, _YOUNG, _OLD, _CHILD = 35, 20, 60, 14
_NEUTRAL = 2.2
_SHE_AS_HE, _UNTOLD = 0.8, 0.7
_RANKS = frozenset({"commander", "officer"})
_AGAINST_ENDING = 0.4
"""How well "la donna" fits somebody whose first name only ends like a man's."""

KINDRED = 2.1
_TITLE, _GROUP, _AGE, _COUNTRY, _FREE = 4.0, 2.6, 4.0, 2.6, 1.0


def strength(context: Context, draft: Draft, said: Description, sure: bool) -> float:
    """How well a draft may be meant; ``sure``: by what the text has said of it alone."""
    lemma = said.token.lemma.lower()
    if (
        draft.kind != "person"
        or draft.plural
        or is_byline(context, draft)
        or (draft.anonymous and lemma not in draft.nouns and not said.bare)
    ):
        return 0.0
    if said.gender and draft.gender and draft.gender != said.gender and not draft.guessed:
        return 0.0
    if said.country and draft.country and draft.country not in said.states | {said.country}:
        return 0.0
    if said.age is not None and draft.age is not None:
        return _AGE if said.age == draft.age else 0.0
    other = has_another_portfolio(draft, said) or is_kin_alone(draft, said)
    if other or (said.former and still_rules(draft, said)) or is_of_here(context, draft, said):
        return 0.0
    by_age = _by_age_of_life(context, draft, said)
    if by_age is not None:
        return by_age
    met = suffers(context, draft, said.token)
    told = max(how_surely_told(context, draft, said), _GROUP if met else 0.0)
    by_ending = _AGAINST_ENDING if {said.gender, draft.gender} == {"m", "f"} else 1.0
    told *= by_ending
    if sure:
        return told
    endless = not said.token.lower.endswith(context.referring.masculine_endings)
    elided = endless and any(d.text.endswith(("'", "’")) for d in context.document.children(said.token, "det"))
    if draft.gender == "f" and gender_of(context, said.token) == "m" and not elided:  # rather "lo stesso presidente"
        if told < _TITLE and said.group in draft.groups and not draft.guessed:
            return 0.0  # "la cancelliera Reeves … il premier"
        if said.of and said.group in draft.groups and not _holds_of(draft, said) and not draft.guessed:
            return 0.0  # "la portavoce Kimberly Stone … il portavoce del Cremlino"
        return _SHE_AS_HE * told if told and not said.bare else 0.5 * (told or _free(context, draft, said))
    return (told or by_ending * _free(context, draft, said)) * (1.0 if draft.gender else 0.9)


def _holds_of(draft: Draft, said: Description) -> bool:
    return any(r.of == said.of for r in draft.offices.get(said.group, ()))


def _by_age_of_life(context: Context, draft: Draft, said: Description) -> float | None:
    """By nouns for the young and the old: "the teenager" of somebody of 19, "the pensioner" of one of 81."""
    if said.grown and draft.age is not None and draft.age < _CHILD:
        return 0.0
    if draft.age is not None and ((said.young and draft.age >= _GROWN) or (said.old and draft.age < _OLD)):
        return 0.0
    if said.age is not None and said.age < _YOUNG and draft.nouns & context.referring.young:
        return _GROUP
    of_life = said.old or (said.young and draft.age is not None and draft.age <= _YOUNG)
    return _GROUP if draft.age is not None and draft.is_named and of_life else None


def how_surely_told(context: Context, draft: Draft, said: Description) -> float:
    """How surely the text has said this of somebody before."""
    lemma = said.token.lemma.lower()
    if _says_of(draft, said):
        return _TITLE
    if said.of and not _is_state(context, said.of):
        return _told_of(context, draft, said)
    if said.title and not said.former and clashes(context, said.title, draft.offices.get(said.group, [])):
        return 0.0
    told = is_of_trade(context, draft, lemma) or (not said.former and is_addressed_so(context, draft, lemma))
    if told or _is_called(context, draft, said) or _is_of_sort(context, draft, said):
        return KINDRED
    roles = [r for r in fullest(draft.roles) if said.title and same_office(context, said.title, r.title)]
    if roles and (said.former or any(r.tense != "former" for r in roles)):
        return _TITLE
    if lemma in draft.nouns or (said.bare and any(said.token.lower in r.title.split() for r in draft.roles)):
        return _GROUP
    if said.bare and (by_nouns := _by_neutral_nouns(context, draft, said)):
        return by_nouns
    groups = groups_of(draft)
    if groups & RULING and " " in said.title and said.group == "leader":
        return 0.0  # "la leader dell'opposizione venezuelana" does not rule
    if said.group == "leader" and said.country and said.country == draft.country and groups & RULING:
        return _TITLE
    if said.group == "local" and holds_another(context, draft, said):
        return 0.0
    if _shares_group(context, draft, said, groups):
        return KINDRED
    there = said.bare and said.country is not None and said.country in (draft.country or _seat(context, draft))
    return _COUNTRY if there else 0.0


def _shares_group(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> bool:
    """As in "il senatore" of a lawmaker; but that both have some trade does not make a mechanic the doctor."""
    shared = said.groups & groups
    if said.country and draft.country is None and said.group in OF_STATES:
        return False
    return bool(shared) and not (shared == {"profession"} and _is_of_another_trade(context, draft, said))


def _by_neutral_nouns(context: Context, draft: Draft, said: Description) -> float:
    """As in "una bambina, Agata … La piccola", "una signora di 90 anni … La donna"."""
    if said.young and draft.nouns & context.referring.young:
        return KINDRED
    new = not draft.is_named and said.age is None and draft.gender == said.gender
    return _NEUTRAL if new and draft.nouns & context.referring.neutral else 0.0


def _seat(context: Context, draft: Draft) -> list[str | None]:
    """As in "l'austriaco" of the head of an Austrian group: the states of the bodies that somebody has an office in."""
    held = {r.of for r in draft.roles if r.of is not None and r.tense != "former"}
    return [d.country for d in context.registry.drafts if d.name in held and d is not draft] if held else []


def _is_of_sort(context: Context, draft: Draft, said: Description) -> bool:
    """As in "un ufficiale … il militare", "il governatore … il presidente", of somebody without a name."""
    wider = context.referring.hypernyms
    if draft.is_named:
        return False
    return any(
        said.groups & wider.get(noun, frozenset()) or (said.title and same_office(context, said.title, noun))
        for noun in draft.nouns
    )


def _is_called(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il sindacalista" of the coordinator of a union."""
    wanted = context.referring.callings.get(said.token.lemma.lower())
    if wanted is None:
        return False
    held = {r.of for r in draft.roles if r.of is not None}
    return any(kinds_of(context, d) & wanted for d in context.registry.drafts if d.name in held and d is not draft)


def is_of_trade(context: Context, draft: Draft, noun: str) -> bool:
    """As in "l'artigiano" of a plumber, "the farmer" of a rancher."""
    wide = context.referring.trades.get(noun)
    if wide is None:
        return False
    titles = [r.title.split() for r in draft.roles if r.title]
    told = draft.nouns.union(*((words[0], words[-1]) for words in titles))
    return bool(wide & context.referring.family(told))


def is_addressed_so(context: Context, draft: Draft, noun: str) -> bool:
    """As in "Dr Rao … the epidemiologist": a narrower trade than the title before a name tells."""
    words = context.referring
    titles = draft.nouns & set(words.addressed.values())
    return bool(words.trades_within.get(noun, frozenset()) & words.family(titles))


def _says_of(draft: Draft, said: Description) -> bool:
    """As in "the commission chief" of the president of the European Commission."""
    words = set(said.title.split()) - {said.token.lower}
    owners = [r.of.lower().split() for r in draft.roles if r.of is not None]
    return bool(words) and any(words & set(owner) for owner in owners)


def _told_of(context: Context, draft: Draft, said: Description) -> float:
    """As ``_told``, of an office in a body that is named: "il leader del Carroccio"."""
    roles = [r for r in fullest(draft.roles) if same_office(context, said.title, r.title)]
    if any(r.of == said.of or (r.of is None and (r.tense == "former") == said.former) for r in roles):
        return _TITLE
    of_it = said.of in draft.groups.values()
    return _GROUP if of_it and said.group not in UNIQUE - {"counterpart"} else 0.0


def _is_state(context: Context, of: str) -> bool:
    return of in context.gazetteer.names


def groups_of(draft: Draft) -> frozenset[str]:
    """The groups of somebody's offices; a president of no state presides over a company or a body."""
    found = frozenset(draft.groups)
    if "head_of_state" in found and draft.country is None:
        return found - {"head_of_state"} | {"director"}
    of = draft.groups.get("cabinet")
    if of is not None and draft.country is None and not (len(of) == _CODE and of.isupper()):
        return found - {"cabinet"} | {"leader", "director"}  # the secretary of a party or a union
    return found


def _free(context: Context, draft: Draft, said: Description) -> float:
    """How well somebody of whom the text has not said it may be meant."""
    near = 1.5 * _FREE if said.country and draft.country == said.country else _FREE
    groups = groups_of(draft)
    if _is_other(draft, said, groups) or _is_of_another_trade(context, draft, said):
        return 0.0
    if said.bare:
        return near * _plainly(said, groups)
    if said.age is not None and draft.is_named and is_subject_before(context, draft, said):
        return near  # "Jutta Reinhold, the firm's head, rejected it. The 58-year-old doctor …": what else she is
    if said.group == "counterpart" and groups & _POLITICS and (draft.gender or not said.gender):
        return near * 0.9
    by_name = said.group in _BY_NAME or " " in said.title  # "la presidente del Parlamento", but not "il presidente"
    if by_name and is_just_named(context, draft, said):
        return near
    if said.group in RULING and not said.of and only_without_office(context, draft, said):
        return near
    if said.group == "kin" or (said.group in UNIQUE and not said.former):
        return 0.0
    return near * _in_office(context, draft, said, groups)


def _is_other(draft: Draft, said: Description, groups: frozenset[str]) -> bool:
    """Whether an office speaks against somebody: "the chief whip" is not the prime minister."""
    if groups & RULING and " " in said.title and not said.former:
        return True
    if said.group == "leader" and " " in said.title and said.of is None and groups & {"cabinet", "local"}:
        return not _akin(draft, said)  # "the opposition leader" is no minister
    other = groups - _INNOCENT - {"diplomat", "head_of_state"}
    if said.group == "diplomat" and said.country and other and not said.groups and not said.former:
        return True  # "il ministro degli Esteri Szijjártó … l'ambasciatore ungherese"
    led = said.group == "leader" and " " in said.title  # "la leader dell'opposizione venezuelana"
    return bool(said.country) and draft.country is None and said.group in _SENT and not (said.former or led)


def _is_of_another_trade(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il portiere Serri … l'attaccante"; who is something no longer may be anything now."""
    if said.former:
        return False
    told = {word for role in draft.roles if role.tense != "former" for word in role.title.split()}
    mine, theirs = (context.referring.family(words) for words in ({said.token.lemma.lower()}, told | draft.nouns))
    if said.group == "profession" and mine and theirs and not mine & theirs:
        return True  # "il notaio Rossi … l'artigiano"
    return bool(said.title) and are_apart(context, said.token.lemma.lower(), told | draft.nouns)


def _akin(draft: Draft, said: Description) -> bool:
    """As in "Finch, a Labour councillor … the council leader"."""
    stems = {word[:_STEM] for word in said.title.split()}
    return any(word[:_STEM] in stems for role in draft.roles for word in role.title.split())


def _plainly(said: Description, groups: frozenset[str]) -> float:
    """How well a noun that tells no office means somebody: "the woman", "the 36-year-old", "the Democrat"."""
    if said.partisan:
        return 1.0 if groups & _POLITICS else 0.4
    if said.age is not None or not groups & OFFICIAL or said.country:
        return 1.0
    return 0.05 if said.accused else 0.4


def _of_party(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> float:
    """As in "il vicepremier Bo … Il leader della Lega": who governs is of a party, too."""
    known = context.gazetteer.known.get(said.of or "")
    party = said.group in _PARTISAN or (known is not None and known.table == "parties")
    partisan = party and groups & _POLITICS and not groups & (_PARTISAN | RULING) and said.group not in groups
    return 0.8 if partisan and is_subject_before(context, draft, said) else 0.0


def _in_office(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> float:
    """How well an office or a calling fits those that somebody is known to have."""
    bound = any(draft.groups.values()) or bool(groups & OF_STATES)
    if said.of and not _is_state(context, said.of) and bound and not said.former:
        return _of_party(context, draft, said, groups)
    bridges = said.group == "profession" and said.token.lemma.lower() in context.referring.bridging
    if bridges:  # "il medico" of the minister who has just spoken; else of whoever needs one
        if not groups and draft.is_named and said.token.deprel == "nsubj" and is_just_named(context, draft, said):
            return _UNTOLD  # "Ezio Tognini ha fatto in tempo a sterzare. … ha raccontato l'autista"
        learned = groups == {"director"} and "scholar" in said.groups  # "la direttrice del centro ustioni … Il medico"
        may = bool(groups & {"cabinet", "local"}) and _is_also(context, draft, said, groups)
        return 0.6 if may or (learned and is_subject_before(context, draft, said)) else 0.0
    if " " in said.title and said.of is None and not draft.is_named and any(" " in r.title for r in draft.roles):
        return 0.0  # "l'assessore ai Trasporti … il commissario straordinario": two known by their offices alone
    other = draft.offices.get("profession") or not draft.is_named
    if said.group in _RANKS and other and not said.former:
        return 0.0  # "a lorry driver … his wife … the captain"
    if not groups - _INNOCENT:
        if said.group in JUSTICE:  # never the one who was arrested
            innocent = not was_charged(context, draft, said.token)
            return _UNTOLD if innocent and is_subject_before(context, draft, said) else 0.0
        unknown = not draft.is_named and said.group in _TOLD_AT_ONCE
        return 0.0 if unknown else 1.0  # "Un ventenne ha rapinato una farmacia. Il titolare"
    if said.former:
        held = any(same_office(context, said.title, r.title) for r in draft.roles if r.tense != "former")
        same = held or (said.group in groups and said.group in _POLITICS)
        fits = any(said.group in c and groups & c for c in CLUSTERS) or said.country  # "l'ex difensore", now a coach
        return (1.0 if fits else 0.8) if not same or said.country else 0.0
    if said.group == "diplomat" and "local" in groups:
        return 0.0  # "il sindaco … il commissario"
    kindred = any(said.group in c and groups & c for c in CLUSTERS) or _may_be_called(context, draft, said)
    if said.group == "profession" and said.token.deprel == "nsubj" and not kindred:
        return 0.5  # "Il presidente Dapelo … L'ingegnere": what else somebody is
    if kindred or said.groups & groups:
        return 0.8
    return 0.6 if _is_also(context, draft, said, groups) else 0.0


def _may_be_called(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il capitano Diarra … il centrocampista": an office whose holder may be of that trade."""
    wider = context.referring.hypernyms
    return any(
        said.group in wider.get(word, ()) for role in draft.roles for word in (role.title, role.title.split()[0])
    )


def _is_also(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> bool:
    """As in "Cesare Parodi, il presidente … Il magistrato torinese": a calling, with more words, of one just named."""
    described = context.document.children(said.token, "amod", "compound")
    plainly = said.token.deprel == "nsubj" and not said.former and bool(groups & {"cabinet", "local", "lawmaker"})
    also = said.group in _TRADES and (described or plainly) and not groups & (_TRADES - {"director"})
    return also and draft.is_named and is_subject_before(context, draft, said)


def is_just_named(context: Context, draft: Draft, said: Description) -> bool:
    """As in "attacca Chiara Monti. La segretaria del partito …": a name without more, and then who it is."""
    if draft.groups or not draft.is_named or said.token.deprel != "nsubj" or said.former:
        return False
    tokens, sentences = context.document.tokens, context.document.sentences
    named = [m.sentence for m in draft.mentions.values() if m.form == "name"]
    told = [n for n in named if sentences[n].part not in PARTS_BEFORE] or named
    return (
        is_subject_before(context, draft, said)
        and story_distance(context, said.token, tokens[sentences[min(told)].first]) <= _FRESH
    )
