"""Whom or what a pronoun means: everybody and everything spoken of before it that agrees, the likeliest by its signs.

The weights of the signs are learned from articles of our own whose pronouns are marked (``training/antecedents.py``):
a log-linear ranking of antecedents, after Denis and Baldridge, "Specialized Models and Ranking for Coreference
Resolution" (EMNLP 2008).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

from ultimora.documents.entities import pronouns
from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.naming import name_given
from ultimora.documents.entities.organizations import kinds_of
from ultimora.documents.entities.registry import AGENTS, STATES, Draft
from ultimora.documents.entities.resumed import resumed
from ultimora.documents.entities.salience import bound, is_aside, own, shared_subjects, top
from ultimora.documents.entities.shape import is_definite, is_plural, own_gender
from ultimora.documents.entities.signs import Antecedent, Pronoun, is_told, kind_of, signs
from ultimora.documents.entities.things import made, of_things, told_at
from ultimora.types import Token

_NEAR, _FAR = 4, 8
"""How many sentences back one may be, and one who has a name."""

_THINGS = 3
_MOST = 30
_SHOWN = 4
_ELIDED = ("'", "’")
_BODIES = AGENTS - {"person"}
_NEUTER = frozenset({"place", "organization", "outlet", "weapon", "document"})
_LAW = frozenset({"prosecutor", "judge", "lawyer"})
_OF_BODIES = frozenset({"spokesperson", "cabinet", "diplomat", "head_of_government"})
_SPEECHLESS = frozenset({"other", "weapon", "document"})
"""Offices that only bodies have, and kinds of what may have none of them."""


@cache
def weights() -> dict[str, float]:
    """What each sign is worth, as a logarithm of odds."""
    text = files("ultimora.models").joinpath("antecedents.toml").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in loads(text)["weights"].items()}


def pronoun(context: Context, token: Token) -> Draft | None:
    """The entity of a pronoun, resolved where it can be."""
    relative = _relative(context, token)
    if relative is not None:
        return relative
    words = context.lexicon
    traits = words.personal.get(token.lower) or words.things.get(token.lower) or words.possessive.get(token.lower)
    traits = traits or pronouns.traits_of(context, token)
    return antecedent(context, token, traits) if traits is not None else None


def antecedent(context: Context, token: Token, traits: tuple[str, str]) -> Draft | None:
    """Whom or what a pronoun means, of all that was spoken of before."""
    named = _named_after(context, token)
    if named is not None:
        return named
    if token.lower in context.lexicon.reflexive:
        return _subject_of(context, token, traits)
    beside = _told_beside(context, token, traits)
    if beside is not None:
        return beside
    fronted = resumed(context, token, traits)
    if fronted is not None:
        return told_at(context, fronted.i)
    found = likeliest(context, token, traits)
    given = name_given(context, token)
    if given is not None:
        return _named_at_last(context, found.draft if found is not None else given, given)
    if found is None:
        return None
    draft = made(context, found.draft) if found.thing else found.draft
    if draft.kind == "person" and traits[0] in ("m", "f") and traits[1] == "s":
        draft.gender = traits[0] if draft.guessed else draft.gender or traits[0]
        draft.guessed = False
    return draft


def _named_after(context: Context, token: Token) -> Draft | None:
    """As in "Lui, Karim, è gruista": the name between commas right after a pronoun."""
    after = context.document.tokens[token.i + 1 : token.i + 2]
    name = context.phrases.at.get(token.i + 2)
    if token.deprel != "nsubj" or not after or after[0].text != "," or name is None or name.first != token.i + 2:
        return None
    ends = context.document.tokens[name.last : name.last + 1]
    draft = context.registry.by_token.get(name.first)
    return draft if draft is not None and draft.kind == "person" and ends and ends[0].text == "," else None


def _told_beside(context: Context, token: Token, traits: tuple[str, str]) -> Draft | None:
    """As in "Okafor, a Democrat in [her] second term, …": whoever a phrase between commas says something of."""
    if not pronouns.owns(token):
        return None
    below = context.document.tokens[token.head]
    while below.deprel.split(":")[0] in ("nmod", "obl"):
        below = context.document.tokens[below.head]
    told = context.document.tokens[below.head]
    behind = below.deprel == "appos" and told.i < below.i < token.i and below.i != token.head
    draft = context.registry.at(told.i) if behind else None
    plain = draft is not None and draft.is_named and not is_definite(context.document, below)
    return draft if plain and draft is not None and _agrees(context, draft, traits) else None


def _named_at_last(context: Context, told: Draft, draft: Draft) -> Draft:
    """As in "A woman died. Police named her as Sarah Bell": whom a pronoun means gets a name."""
    if told is not draft and told.kind == "person" and not (told.is_named or told.plural or told.members):
        context.registry.merge(real(context, told), draft)
    return draft


def _relative(context: Context, token: Token) -> Draft | None:
    """As in "the minister, who …": what the relative clause hangs on."""
    if token.feats.get("PronType") not in ("Rel", "Int", None) or token.lower in context.lexicon.personal:
        return None
    for above in context.document.ancestors(token):
        if above.deprel == "acl:relcl":
            return context.registry.by_token.get(above.head)
        if above.deprel in ("ccomp", "advcl", "parataxis"):
            return None
    return None


def _subject_of(context: Context, token: Token, traits: tuple[str, str]) -> Draft | None:
    """As in "She chained [herself] to a gate", "difende la [propria] scelta": the subject of the clause."""
    argument = token
    for above in context.document.ancestors(token):
        if above.upos in ("VERB", "AUX") or context.document.children(above, "nsubj"):
            break
        argument = above
    subjects = [t.i for t in context.document.children(argument.head, "nsubj", "nsubj:pass") if t.i != argument.i]
    for i in subjects or shared_subjects(context, argument):
        draft = context.registry.at(i)
        if draft is not None and pronouns.agreement(draft, traits) > 0:
            return draft
    return None


def likeliest(context: Context, token: Token, traits: tuple[str, str]) -> Antecedent | None:
    """The one that a pronoun of this gender and number most likely means; None where nobody and nothing agrees."""
    many = antecedents(context, token, traits)
    return max(many, key=lambda one: one.score, default=None)


def antecedents(context: Context, token: Token, traits: tuple[str, str]) -> list[Antecedent]:
    """All that may be meant, the nearest first, each with its score."""
    found: dict[int, Antecedent] = {}
    barred = {id(d) for d in _barred(context, token)}
    readings = _readings(context, token, traits)
    for i, draft, thing in _before(context, token):
        known = found.get(id(draft))
        if known is not None:
            known.at.append(i)
        elif (
            barred.isdisjoint(map(id, (draft, *draft.members)))
            and len(found) < _MOST
            and not _is_unfit(context, token, draft)
        ):
            fits = any(_agrees(context, draft, each) for each in readings)
            if fits and not _is_kept_apart(context, token, context.document.tokens[i]):
                found[id(draft)] = Antecedent(draft, [i], thing)
    many = [one for one in found.values() if traits[1] != "p" or not _is_half(context, one, found.values())]
    told, worth = Pronoun(context, token, traits), weights()
    nearer: Counter[str] = Counter()
    for one in many:
        one.signs = list(signs(told, one, nearer[kind_of(one)]))
        nearer[kind_of(one)] += 1
        one.score = sum(worth.get(name, 0.0) * value for name, value in one.signs)
    return many


def _is_half(context: Context, one: Antecedent, many: Collection[Antecedent]) -> bool:
    """As in "The council and the museum said [they] …": one of two bodies last spoken of together is not both."""
    tokens = context.document.tokens
    near = [c for c in many if tokens[c.at[0]].sentence == tokens[one.at[0]].sentence]
    return not one.draft.plural and any(one.draft is each for c in near for each in c.draft.members)


def _barred(context: Context, token: Token) -> Iterator[Draft]:
    """Who cannot be meant: whoever stands in the same phrase or beside the same verb, who speaks the quotation, the
    subject that the clause of an object leaves out, and for whoever has a lawyer, those who are of the law.
    """
    yield from own(context, token)
    for draft in [*pronouns.speakers(context, token), *pronouns.spoken_of(context, token)]:
        yield draft
        yield from draft.members
    if token.lower in context.lexicon.partitives:
        yield from _subjects(context, token)
    subject = pronouns.left_out(context, token)
    if subject is not None:
        yield subject
    owned = context.document.head(token) if pronouns.owns(token) else None
    office = context.lexicon.office_of(context.document, owned) if owned is not None else None
    if office is not None and office[1] == "lawyer":
        yield from (draft for draft in context.registry.drafts if draft.groups.keys() & _LAW)


def _is_unfit(context: Context, token: Token, draft: Draft) -> bool:
    """Of two who are named none is counted; a sum of money owns nothing, nor is it "they"."""
    if draft.name in context.lexicon.platforms:
        return True  # "ha scritto su X"
    if token.lower in context.lexicon.partitives:
        return bool(draft.members)
    if draft.kind == "person" and pronouns.case_of(context, token) != "iobj" and of_things(context, token):
        return not any(c.i != token.i and c.upos == "NOUN" for c in context.document.children(token.head, "obj"))
    if draft.kind == "place" and token.lower in context.lexicon.datives:  # a town is given nothing
        given = token.deprel == "iobj" or token.lower not in context.lexicon.clitics
        return given and pronouns.case_of(context, token) != "obj"
    if pronouns.owns(token) and _has_nobody(context, token, draft):
        return True
    people = (pronouns.owns(token) or token.lower in context.lexicon.personal) and draft.kind != "person"
    return people and bool(draft.nouns & context.referring.clitics.get("idle", frozenset()))


def _has_nobody(context: Context, token: Token, draft: Draft) -> bool:
    """As in "a tanker … [its] spokesman": who speaks for a body or is sent by it, no ship and no paper has."""
    office = context.lexicon.office_of(context.document, context.document.tokens[token.head])
    if office is None or office[1] not in _OF_BODIES or draft.kind not in _SPEECHLESS:
        return False
    sorts = context.referring.sorts_of(draft.nouns, "" if draft.is_named else draft.name)
    return bool(sorts & context.referring.craft) or draft.kind in ("weapon", "document")


def _subjects(context: Context, token: Token) -> Iterator[Draft]:
    """The subjects of the verb right behind a clitic: "[ne] conosce i turni" is not said of one's own."""
    verb = next((t for t in context.document.tokens[token.i + 1 :] if t.upos == "VERB"), None)
    above = context.document.head(verb) if verb is not None and verb.deprel == "conj" else None
    told = [s for v in (verb, above) if v is not None for s in context.document.children(v, "nsubj")]
    yield from (draft for s in told if (draft := context.registry.at(s.i)) is not None)
    if told:
        return
    silent = (
        pronouns.implied_subject(context, context.document.tokens[token.head]) if context.lexicon.pro_drop else None
    )
    if silent is not None:
        yield silent


def _is_kept_apart(context: Context, token: Token, other: Token) -> bool:
    told = context.registry.at(other.i) if other.i not in context.quoted else None
    outlet = told is not None and told.kind == "outlet"
    many = context.lexicon.personal.get(token.lower, ("", ""))[1] == "p"
    heard = (outlet and many) or (token.i in context.quoted and told is not None and not told.is_named)
    if heard and is_told(context, top(context, other)):
        return True  # "told reporters: “[They] are tired”": to whom one speaks one says "you"
    told_inside = other.i in context.quoted and token.i not in context.quoted and other.sentence == token.sentence
    if pronouns.owns(token) and told_inside and other.i < token.i:
        return True  # "«Scaviamo con le ruspe», spiega il [loro] comandante": what is quoted has none
    return bound(context, token, other) or is_aside(context, token, other)


def _readings(context: Context, token: Token, traits: tuple[str, str]) -> Sequence[tuple[str, str]]:
    """As in "le hanno tolto il figlio", "le ha viste": a clitic of two readings."""
    if token.lower in context.lexicon.partitives:
        return [traits] if traits[1] == "p" else [traits, (traits[0], "p")]
    if pronouns.case_of(context, token):
        return [traits]
    other = context.lexicon.datives.get(token.lower)
    clitic = context.lexicon.clitics.get(token.lower)
    more = (each for each in (other, clitic) if each is not None and each != traits)
    return [traits, *(each for each in more if each != ("n", traits[1]))]  # "l'ha vista" shows the gender


def _before(context: Context, token: Token) -> Iterator[tuple[int, Draft, bool]]:
    tokens = context.document.tokens
    for i, draft in context.registry.before(token.i):
        distance = token.sentence - tokens[i].sentence
        if distance > _FAR:
            break
        if distance <= _NEAR or draft.is_named:
            yield i, draft, False
    for i, draft in reversed(context.things):
        if token.sentence - tokens[i].sentence > _THINGS:
            break
        if i < token.i:
            yield i, draft, True


def _agrees(context: Context, draft: Draft, traits: tuple[str, str]) -> bool:
    """Whether nothing in gender and number speaks against one."""
    gender, number = traits
    if number == "p":
        many = draft.plural or draft.kind == "group" or bool(draft.members)
        many = many or (gender == "n" and _is_many_by_name(context, draft))  # "loro", but not "li"
        one_for_many = gender == "n" and draft.kind in _BODIES and context.lexicon.bodies_are_many
        one_for_many = one_for_many and not context.referring.sorts_of(draft.nouns, "") & context.referring.craft
        return (many or one_for_many) and ({gender, draft.gender} != {"m", "f"} or draft.guessed or bool(draft.members))
    if draft.plural or draft.members:
        return False
    if gender == "t":
        return draft.kind != "person"
    return not _is_opposite(context, draft, gender) and not (gender in "mf" and _is_neuter(context, draft, gender))


def _is_many_by_name(context: Context, draft: Draft) -> bool:
    """As in "i vigili del fuoco", "le Forze armate", "gli Houthi": a body whose article is of many."""
    if draft.kind not in _BODIES or draft.table == STATES or not draft.is_named:
        return False
    shown = [context.document.tokens[i] for i in draft.heads[:_SHOWN]]
    marks = (m for t in shown for m in context.document.children(t, "det", "case") if t.deprel != "flat")
    return any(is_plural(m) for m in marks) or any(t.upos == "NOUN" and is_plural(t) for t in shown)


def _is_neuter(context: Context, draft: Draft, gender: str) -> bool:
    """What a language whose things have no gender never calls "he" or "she"; but a ship is "she"."""
    if context.lexicon.clitics or draft.kind == "person":
        return False
    sorts = context.referring.sorts_of(draft.nouns, draft.name)
    if gender == "f" and sorts & context.referring.craft:
        return False
    if draft.is_named:
        town = draft.kind == "place" and " " not in draft.name
        # a name of which nothing is known may be somebody's
        told = bool(draft.kind in ("outlet", "government") or draft.table or sorts & context.referring.craft)
        told = told or draft.name.lower().split()[0] in context.lexicon.things_named  # "Hurricane Iris"
        return town or bool(told or (draft.kind == "organization" and kinds_of(context, draft)))
    thing = draft.kind == "other" and not draft.name.lower().endswith(context.referring.agents)
    if thing and not any(noun.endswith(context.referring.agents) for noun in draft.nouns):
        return True  # "the telephone"; whoever is no known calling may be "a bondsman"
    if sorts or draft.kind in _NEUTER | {"group", "armed_group"}:
        return True
    people = context.lexicon.anonymous, context.lexicon.office_words  # "a senior officer at the ministry"
    return draft.kind == "government" and all(map(draft.nouns.isdisjoint, people))


def _shown(context: Context, draft: Draft) -> str:
    """The gender that the noun of a body or thing, or the article before its name, shows: "il Comune", "la Fiom"."""
    if draft.gender or draft.kind in ("person", "group") or draft.table == STATES:
        return draft.gender
    tokens = [context.document.tokens[i] for i in draft.heads[:_SHOWN]]
    marks = [m for t in tokens for m in (t if t.upos == "NOUN" else None, *context.document.children(t, "det", "case"))]
    shown = {own_gender(m) for m in marks if m is not None and not m.text.endswith(_ELIDED)} - {""}
    return shown.pop() if len(shown) == 1 else ""


def _is_opposite(context: Context, draft: Draft, gender: str) -> bool:
    if draft.guessed or draft.members or gender not in ("m", "f"):
        return False
    return _shown(context, draft) not in ("", gender)
