"""To whom a phrase without a name goes back: the one of those spoken of before who fits it best."""

from __future__ import annotations

from itertools import islice, takewhile

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.before import is_new, is_subject_before, last_subject, named_since, only_without_office
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.deeds import suffers
from ultimora.documents.entities.described import Description
from ultimora.documents.entities.headlines import PARTS_BEFORE, is_told_without_name
from ultimora.documents.entities.organizations import kinds_of
from ultimora.documents.entities.pronouns import speakers, spoken_of
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.salience import best, story_distance
from ultimora.documents.entities.titles import clashes, fullest, same_office

CALLINGS = frozenset(
    {"profession", "leader", "director", "lawyer", "reporter", "coach", "athlete", "scholar", "artist", "officer"}
) | {"kin", "member"}
"""Groups of offices that anybody may have besides another one, and that name no holder by themselves."""

_POLITICS = frozenset(
    {"head_of_state", "head_of_government", "vice_president", "cabinet", "monarch", "leader", "lawmaker", "local"}
) | {"diplomat", "member"}
RULING = frozenset({"head_of_state", "head_of_government", "monarch"})
_OF_STATES = RULING | {"cabinet", "vice_president"}
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

_OFFICIAL = _POLITICS | {"prosecutor", "judge", "lawyer", "commander", "spokesperson", "officer", "church"}
"""Groups whose holders are seldom only "the man" or "the woman"."""

_SENT = frozenset({"diplomat", "lawmaker", "commander", "church", "leader"})
"""Offices that, with a state, more often bring in somebody new than go back to somebody whose state is not told."""

_BY_NAME = frozenset({"cabinet", "local", "vice_president", "head_of_government"})
"""Offices that a text may tell right after it has named somebody without any."""

_TRADES = frozenset({"profession", "judge", "prosecutor", "lawyer", "scholar", "director", "artist", "reporter"}) | {
    "athlete",
    "commander",
}
_PARTISAN = frozenset({"leader", "member"})
_FRESH, _CODE, _STEM, _NEWLY = 2, 3, 6, 2.0
_NEAREST, _FAR, _FARTHEST = 1, 12, 30
_SEARCHED = 100
_MANY = 300
_GROWN, _YOUNG = 35, 20
_OFTEN = 0.05
_NEUTRAL = 2.2
_SHE_AS_HE, _UNTOLD = 0.8, 0.7
_JUSTICE = frozenset({"judge", "prosecutor", "lawyer"})
"""Offices seldom told only after the name: others there are accused or hurt."""

_KINDRED = 2.1
_TITLE, _GROUP, _AGE, _COUNTRY, _FREE = 4.0, 2.6, 4.0, 2.6, 1.0


def person(context: Context, said: Description, but: Draft | None = None) -> Draft | None:
    """The person before a phrase who fits it best, ``but`` one; None where nobody does or two do as well.

    Somebody whom only the headlines speak of, without a name, turns out to be the one who is named below them.
    """
    found = _best(context, said, but)
    sentences = context.document.sentences
    given = named_since(context, said, found) if found is not None else None
    if given is not None and found is not None:
        context.registry.merge(real(context, found), given)
        return given
    if found is None or found.is_named or sentences[said.token.sentence].part in PARTS_BEFORE or found.announced >= 0:
        return found
    if but is not None or any(
        m.form != "pronoun" and sentences[m.sentence].part not in PARTS_BEFORE for m in found.mentions.values()
    ):
        return found
    named = _best(context, said, found)
    if named is None or not named.is_named:
        return found
    context.registry.merge(found, named)
    return named


def _best(context: Context, said: Description, but: Draft | None) -> Draft | None:
    announced = _announced(context, said)
    if announced is not None:
        return announced

    barred = [*speakers(context, said.token), *spoken_of(context, said.token), *([but] if but is not None else [])]

    def fit(draft: Draft, sure: bool) -> float:
        if any(draft is b for b in barred):
            return 0.0
        newly = said.former and not sure and is_new(context, draft, said)
        return _strength(context, draft, said, sure=sure) * (_NEWLY if newly else 1.0)

    if said.same:  # whatever else is known of them
        return best(context, said.token, lambda d: min(fit(d, sure=False), 1.0), _NEAREST) or last_subject(
            context, said, barred
        )
    if said.told_apart and said.bare and (only := _only(context, said)) is not None:
        return only
    strong = best(context, said.token, lambda d: fit(d, sure=True), _FARTHEST, often=_OFTEN)
    if strong is not None and fit(strong, sure=True) > _KINDRED:
        return strong
    if said.bare and said.country and context.document.sentences[said.token.sentence].part in PARTS_BEFORE:
        return None  # "Il belga: «…»", before the text has said who is one
    near = best(context, said.token, lambda d: fit(d, sure=False), _FAR, floor=0.2, often=_OFTEN)
    return near or _only(context, said)


def _only(context: Context, said: Description) -> Draft | None:
    """As in a feature that comes back to its first scene: "la donna", where one woman alone is without an office."""
    if not (said.bare and said.gender) or said.partisan:
        return None
    found: list[Draft] = []
    for _, draft in islice(context.registry.before(said.token.i), _MANY):
        told = draft.is_named or len(draft.heads) > 1
        fits = told and draft.gender == said.gender and not _groups(draft) & _OFFICIAL
        if fits and not any(draft is d for d in found) and _strength(context, draft, said, sure=False) > 0:
            found.append(draft)
    return found[0] if len(found) == 1 else None


def _announced(context: Context, said: Description) -> Draft | None:
    """As in a headline: "L'ad: «Nasce un colosso»": the first one after of whom the text says so."""
    if context.document.sentences[said.token.sentence].part not in ("title", "standfirst"):
        return None
    if said.bare or (
        said.group == "kin" and not context.document.children(said.token, "nmod", "det:poss", "nmod:poss")
    ):
        return _first_below(context, said)
    for tried, (_, draft) in enumerate(context.registry.after(said.token.i)):
        if tried > _SEARCHED:
            return None
        if draft.is_named and _strength(context, draft, said, sure=True):
            return None if is_told_without_name(context, draft) else draft
    return None


def _first_below(context: Context, said: Description) -> Draft | None:
    """As in a standfirst: "La donna aveva criticato …": the first woman named below it."""
    if not said.gender or said.country or said.age is not None or said.accused or said.young or said.partisan:
        return None
    for tried, (_, draft) in enumerate(context.registry.after(said.token.i)):
        if tried > _SEARCHED:
            return None
        if draft.is_named and draft.kind == "person" and draft.gender == said.gender:
            return None if _groups(draft) & _OFFICIAL else draft
    return None


def _strength(context: Context, draft: Draft, said: Description, sure: bool) -> float:
    lemma = said.token.lemma.lower()
    if draft.kind != "person" or draft.plural or (draft.anonymous and lemma not in draft.nouns and not said.bare):
        return 0.0
    if said.gender and draft.gender and draft.gender != said.gender and not draft.guessed:
        return 0.0
    if said.country and draft.country and draft.country not in said.states | {said.country}:
        return 0.0
    if said.age is not None and draft.age is not None:
        return _AGE if said.age == draft.age else 0.0
    if said.former and _still_rules(draft, said):
        return 0.0
    if said.young and draft.age is not None and draft.age >= _GROWN:
        return 0.0
    if said.age is not None and said.age < _YOUNG and draft.nouns & context.referring.young:
        return _GROUP
    met = suffers(context, draft, said.token)
    told = max(_told(context, draft, said), _GROUP if met else 0.0)
    if sure:
        return told
    endless = not said.token.lower.endswith(context.referring.masculine_endings)
    elided = endless and any(d.text.endswith(("'", "’")) for d in context.document.children(said.token, "det"))
    if draft.gender == "f" and gender_of(context, said.token) == "m" and not elided:  # rather "lo stesso presidente"
        if told < _TITLE and said.group in draft.groups and not draft.guessed:
            return 0.0  # "la cancelliera Reeves … il premier"
        return _SHE_AS_HE * told if told and not said.bare else 0.5 * (told or _free(context, draft, said))
    return (told or _free(context, draft, said)) * (1.0 if draft.gender else 0.9)


def _told(context: Context, draft: Draft, said: Description) -> float:
    """How surely the text has said this of somebody before."""
    lemma = said.token.lemma.lower()
    if _says_of(draft, said):
        return _TITLE
    if said.of and not _is_state(context, said.of):
        return _told_of(context, draft, said)
    if said.title and not said.former and clashes(context, said.title, draft.offices.get(said.group, [])):
        return 0.0
    if _is_called(context, draft, said):
        return _KINDRED
    roles = [r for r in fullest(draft.roles) if said.title and same_office(context, said.title, r.title)]
    if roles and (said.former or any(r.tense != "former" for r in roles)):
        return _TITLE
    if lemma in draft.nouns or (said.bare and any(said.token.lower in r.title.split() for r in draft.roles)):
        return _GROUP
    new = said.bare and not draft.is_named and said.age is None
    if new and draft.nouns & context.referring.neutral and draft.gender == said.gender:
        return _NEUTRAL  # "una signora di 90 anni … La donna"
    groups = _groups(draft)
    if groups & RULING and " " in said.title and said.group == "leader":
        return 0.0  # "la leader dell'opposizione venezuelana" does not rule
    if said.group == "leader" and said.country and said.country == draft.country and groups & RULING:
        return _TITLE
    if said.group == "local" and _holds_another(context, draft, said):
        return 0.0
    if said.groups & groups and not (said.country and draft.country is None and said.group in _OF_STATES):
        return _KINDRED
    return _COUNTRY if said.bare and said.country and said.country == draft.country else 0.0


def _holds_another(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il sindaco Rossi … l'assessore ai Trasporti": who is the one in a town or region is not the other."""
    held = [r for r in draft.offices.get("local", ()) if r.tense != "former"]
    return " " in said.title and bool(held) and not any(same_office(context, said.title, r.title) for r in held)


def _still_rules(draft: Draft, said: Description) -> bool:
    """As in "L'ex premier", "l'ex leader": not the one who is so now."""
    groups = RULING | {said.group} - {"cabinet"} if said.group in _OF_STATES | {"leader"} else frozenset()
    held = [r for group in groups & draft.offices.keys() for r in draft.offices[group]]
    return bool(held) and not any(r.tense == "former" for r in held)


def _is_called(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il sindacalista" of the coordinator of a union."""
    wanted = context.referring.callings.get(said.token.lemma.lower())
    if wanted is None:
        return False
    held = {r.of for r in draft.roles if r.of is not None}
    return any(kinds_of(context, d) & wanted for d in context.registry.drafts if d.name in held and d is not draft)


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


def _groups(draft: Draft) -> frozenset[str]:
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
    groups = _groups(draft)
    if _is_other(draft, said, groups):
        return 0.0
    if said.bare:
        return near * _plainly(said, groups)
    if said.group == "counterpart" and groups & _POLITICS and (draft.gender or not said.gender):
        return near * 0.9
    by_name = said.group in _BY_NAME or " " in said.title  # "la presidente del Parlamento", but not "il presidente"
    if by_name and _just_named(context, draft, said):
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
    if said.group == "diplomat" and said.country and groups & _OF_STATES and "diplomat" not in said.title:
        return True  # "il ministro degli Esteri Szijjártó … l'ambasciatore ungherese"
    led = said.group == "leader" and " " in said.title  # "la leader dell'opposizione venezuelana"
    return bool(said.country) and draft.country is None and said.group in _SENT and not (said.former or led)


def _akin(draft: Draft, said: Description) -> bool:
    """As in "Finch, a Labour councillor … the council leader"."""
    stems = {word[:_STEM] for word in said.title.split()}
    return any(word[:_STEM] in stems for role in draft.roles for word in role.title.split())


def _plainly(said: Description, groups: frozenset[str]) -> float:
    """How well a noun that tells no office means somebody: "the woman", "the 36-year-old", "the Democrat"."""
    if said.partisan:
        return 1.0 if groups & _POLITICS else 0.4
    if said.age is not None or not groups & _OFFICIAL or said.country:
        return 1.0
    return 0.05 if said.accused else 0.4


def _in_office(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> float:
    """How well an office or a calling fits those that somebody is known to have."""
    bound = any(draft.groups.values()) or bool(groups & _OF_STATES)
    if said.of and not _is_state(context, said.of) and bound and not said.former:
        # "il vicepremier Bo … Il leader della Lega": who governs is of a party, too
        known = context.gazetteer.known.get(said.of)
        party = said.group in _PARTISAN or (known is not None and known.table == "parties")
        partisan = party and groups & _POLITICS and not groups & (_PARTISAN | RULING) and said.group not in groups
        return 0.8 if partisan and is_subject_before(context, draft, said) else 0.0
    if said.group == "profession" and said.token.lemma.lower() in context.referring.bridging:
        return 0.0
    if " " in said.title and said.of is None and not draft.is_named and any(" " in r.title for r in draft.roles):
        return 0.0  # "l'assessore ai Trasporti … il commissario straordinario": two known by their offices alone
    if not groups - _INNOCENT:
        return _UNTOLD if said.group in _JUSTICE else 1.0
    if said.former:
        held = any(same_office(context, said.title, r.title) for r in draft.roles if r.tense != "former")
        same = held or (said.group in groups and said.group in _POLITICS)
        return 1.0 if not same or said.country else 0.0
    if said.group == "diplomat" and "local" in groups:
        return 0.0  # "il sindaco … il commissario"
    kindred = any(said.group in c and groups & c for c in CLUSTERS)
    if said.group == "profession" and said.token.deprel == "nsubj" and not kindred:
        return 0.5  # "Il presidente Dapelo … L'ingegnere": what else somebody is
    if kindred or said.groups & groups:
        return 0.8
    return 0.6 if _is_also(context, draft, said, groups) else 0.0


def _is_also(context: Context, draft: Draft, said: Description, groups: frozenset[str]) -> bool:
    """As in "Cesare Parodi, il presidente … Il magistrato torinese": a calling, with more words, of one just named."""
    described = context.document.children(said.token, "amod", "compound")
    also = said.group in _TRADES and bool(described) and not groups & (_TRADES - {"director"})
    return also and draft.is_named and is_subject_before(context, draft, said)


def just_named(context: Context, said: Description) -> Draft | None:
    """The last one before a phrase, where a text has just named them without an office."""
    tokens, before = context.document.tokens, islice(context.registry.before(said.token.i), _SEARCHED)
    told = takewhile(lambda at: story_distance(context, said.token, tokens[at[0]]) <= 1, before)
    near = [draft for _, draft in told]
    if said.group in _JUSTICE and any(d.kind == "person" and _told(context, d, said) for d in near):
        return None  # "Davanti al pm Carla Motta, Lo Presti ha confessato. Il magistrato …"
    fits = (d for d in near if d.kind == "person" and _strength(context, d, said, sure=False) > 0)
    return next((d for d in fits if _just_named(context, d, said)), None)


def _just_named(context: Context, draft: Draft, said: Description) -> bool:
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


def teach(draft: Draft, said: Description) -> None:
    """What a phrase says of somebody is known of them from now on."""
    draft.gender = draft.gender or said.gender
    draft.country = draft.country or said.country
    draft.age = draft.age if draft.age is not None else said.age
