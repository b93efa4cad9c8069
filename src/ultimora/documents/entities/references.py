"""To whom a phrase without a name goes back: the one of those spoken of before who fits it best."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.before import is_new, last_subject, named_since
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.deeds import befell
from ultimora.documents.entities.described import Description, leads_another
from ultimora.documents.entities.fitting import (
    KINDRED,
    OFFICIAL,
    groups_of,
    how_surely_told,
    is_just_named,
    strength,
)
from ultimora.documents.entities.headlines import PARTS_BEFORE, is_told_without_name
from ultimora.documents.entities.portfolios import JUSTICE
from ultimora.documents.entities.pronouns import speakers, spoken_of
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import best, story_distance
from ultimora.types import Token

_NEWLY = 2.0
_LEAST = {"director": KINDRED, "profession": KINDRED}
"""How surely a headline's noun must be told below: there are many directors."""

_NEAREST, _FAR, _FARTHEST = 1, 12, 30
_SEARCHED = 100
_MANY = 300
_OFTEN = 0.05


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

    barred = [*speakers(context, said.token), *spoken_of(context, said.token), *_sources(context, said.token)]
    barred += (
        [context.offices[said.token.head][0]] if said.token.head in context.offices else []
    )  # "il padre del giovane"
    barred += [but] if but is not None else []

    def fit(draft: Draft, sure: bool) -> float:
        if any(draft is b for b in barred):
            return 0.0
        newly = said.former and not sure and is_new(context, draft, said)
        return strength(context, draft, said, sure=sure) * (_NEWLY if newly else 1.0)

    if said.same:  # whatever else is known of them
        return best(context, said.token, lambda d: min(fit(d, sure=False), 1.0), _NEAREST) or last_subject(
            context, said, barred
        )
    if said.told_apart and said.bare and (only := _only(context, said)) is not None:
        return only
    strong = best(context, said.token, lambda d: fit(d, sure=True), _FARTHEST, often=_OFTEN)
    if strong is not None and fit(strong, sure=True) > KINDRED:
        return strong
    if said.bare and said.country and context.document.sentences[said.token.sentence].part in PARTS_BEFORE:
        return None  # "Il belga: «…»", before the text has said who is one
    near = best(context, said.token, lambda d: fit(d, sure=False), _FAR, floor=0.2, often=_OFTEN)
    return near or _only(context, said) or _far(context, said, fit)


def _sources(context: Context, token: Token) -> list[Draft]:
    """As in "secondo il penalista, basterebbe ad assolvere l'uomo": who is cited speaks of others."""
    words = context.document.sentence_tokens(token.sentence)
    cited = (t for t in words if t.lower in context.referring.according and t.deprel == "case" and t.head != token.i)
    return [draft for t in cited if (draft := context.registry.at(t.head)) is not None]


def _far(context: Context, said: Description, fit: Callable[[Draft, bool], float]) -> Draft | None:
    """Farther back, where nobody nearer is meant: one whom the text has surely called so."""

    def surely(draft: Draft) -> float:
        score = fit(draft, True)
        return score if score > KINDRED and draft.is_named else 0.0

    return best(context, said.token, surely, _FARTHEST, often=_OFTEN) if not said.bare else None


def _only(context: Context, said: Description) -> Draft | None:
    """As in a feature that comes back to its first scene: "la donna", where one woman alone is without an office."""
    if not (said.bare and said.gender) or said.partisan:
        return None
    found: list[Draft] = []
    for _, draft in islice(context.registry.before(said.token.i), _MANY):
        told = draft.is_named or len(draft.heads) > 1
        fits = told and draft.gender == said.gender and not groups_of(draft) & OFFICIAL
        if fits and not any(draft is d for d in found) and strength(context, draft, said, sure=False) > 0:
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
        if leads_another(context, draft, said.token):
            continue
        if draft.is_named and strength(context, draft, said, sure=True) > _LEAST.get(said.group, 0.0):
            return None if is_told_without_name(context, draft) else draft
    return None


def _first_below(context: Context, said: Description) -> Draft | None:
    """As in a standfirst: "La donna aveva criticato …": the first woman named below it."""
    if said.accused:
        return _charged_below(context, said)
    if not said.gender or said.country or said.age is not None or said.young or said.partisan:
        return None
    for tried, (_, draft) in enumerate(context.registry.after(said.token.i)):
        if tried > _SEARCHED:
            return None
        if draft.is_named and draft.kind == "person" and draft.gender == said.gender:
            return None if groups_of(draft) & OFFICIAL else draft
    return None


def _charged_below(context: Context, said: Description) -> Draft | None:
    """As in a standfirst: "L'imputato: «Non c'ero»": the first one below of whom the text tells that it befell them."""
    end = context.document.tokens[-1]
    for tried, (_, draft) in enumerate(context.registry.after(said.token.i)):
        if tried > _SEARCHED:
            return None
        agrees = draft.is_named and draft.kind == "person" and {draft.gender, said.gender} != {"m", "f"}
        if agrees and befell(context, draft, said.token, end):
            return draft
    return None


def just_named(context: Context, said: Description) -> Draft | None:
    """The last one before a phrase, where a text has just named them without an office."""
    tokens, before = context.document.tokens, islice(context.registry.before(said.token.i), _SEARCHED)
    told = takewhile(lambda at: story_distance(context, said.token, tokens[at[0]]) <= 1, before)
    near = [draft for _, draft in told]
    if said.group in JUSTICE and any(d.kind == "person" and how_surely_told(context, d, said) for d in near):
        return None  # "Davanti al pm Carla Motta, Lo Presti ha confessato. Il magistrato …"
    fits = (d for d in near if d.kind == "person" and strength(context, d, said, sure=False) > 0)
    return next((d for d in fits if is_just_named(context, d, said)), None)


def teach(draft: Draft, said: Description) -> None:
    """What a phrase says of somebody is known of them from now on."""
    draft.gender = draft.gender or said.gender
    draft.country = draft.country or said.country
    draft.age = draft.age if draft.age is not None else said.age
