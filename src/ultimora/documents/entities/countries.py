"""To which state "the country" goes back: "il Paese", "the African nation", "l'emirato"."""

from __future__ import annotations

from itertools import islice

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.organizations import is_light
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.documents.entities.salience import best
from ultimora.documents.wordlists import words
from ultimora.types import Token

_ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod"})
_MAIN = 1.5
_NEAR = 5
_SEARCHED = 300


def state(context: Context, token: Token) -> Draft | None:
    """The state that "the country" or "il Paese" goes back to: one just before, the article's own first."""
    if token.deprel.split(":")[0] not in _ARGUMENTS or not all(
        is_light(context, c) for c in context.document.children(token)
    ):
        return None
    names, there = context.gazetteer.names, _region(context, token)
    if there is None and (main := _inside(context, token)) is not None:
        return main

    def strength(draft: Draft) -> float:
        if there is not None and draft.country not in there:
            return 0.0
        told = draft.is_named and (draft.table == STATES or names.get(draft.country or "") == draft.name)
        return (_MAIN if draft.country == context.main_state else 1.0) if told else 0.0

    return best(context, token, strength, _NEAR) or (_main(context, token) if there is None else None)


def _main(context: Context, token: Token) -> Draft | None:
    """The state that the article is about, if it has been spoken of, however long ago."""
    main = context.registry.by_key.get(("state", context.main_state or ""))
    return main if main is not None and main.heads and main.heads[0] < token.i else None


def _inside(context: Context, token: Token) -> Draft | None:
    """As in "gli italiani presenti nel Paese": the state that the article is about, however lately another one acted,
    unless something was in that other one.
    """
    document, main = context.document, context.main_state
    if main is None or not _is_where(context, token):
        return None
    found = None
    for i, draft in islice(context.registry.before(token.i), _SEARCHED):
        near = token.sentence - document.tokens[i].sentence <= 2
        if draft.country != main and near and draft.table == STATES and _is_where(context, document.tokens[i]):
            return None
        found = found or (draft if draft.country == main and draft.table == STATES else None)
    return found


def _is_where(context: Context, token: Token) -> bool:
    """Whether a preposition of place stands before a word."""
    markers = words(context.document.language, "cases", "locative")
    return any(c.lemma.lower() in markers or c.lower in markers for c in context.document.children(token, "case"))


def _region(context: Context, token: Token) -> frozenset[str] | None:
    """The states that "the African country" or "il Paese mediorientale" may be; none where no region is told."""
    said = {c.lower for child in context.document.children(token) for c in (child, *context.document.children(child))}
    said |= {token.lower, token.lemma.lower()}  # "l'emirato"
    told = [states for words, states in context.referring.regions.items() if words <= said]
    return frozenset.intersection(*told) if told else None
