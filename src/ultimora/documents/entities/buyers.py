"""Who has bought a firm is meant by nouns for its owner: "la nuova proprietà", "i compratori", "the new owners"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.types import Token

_BODIES = frozenset({"organization", "person"})
_LIGHT = frozenset({"det", "case", "punct", "amod", "cc", "conj", "nmod:poss", "det:poss"})


def buyer(context: Context, token: Token) -> Draft | None:
    """The one body, or person, that the text has told to have bought another, for a definite noun for owners."""
    signs = context.referring.signs
    words = {token.lower, token.lemma.lower()}
    if token.upos != "NOUN" or not words & signs.get("owners", frozenset()) or not is_definite(context.document, token):
        return None
    new = {c.lower for c in context.document.children(token, "amod")} & signs.get("new", frozenset())
    if not (new or words & signs.get("buyers", frozenset())):
        return None
    if any(c.deprel not in _LIGHT for c in context.document.children(token)):
        return None
    found = [draft for verb in _deals(context, token) if (draft := _bought_by(context, verb)) is not None]
    singular = [d for d in found if d.kind == "organization" or not is_plural(token)]
    return singular[-1] if singular and all(d is singular[-1] for d in singular) else None


def _deals(context: Context, token: Token) -> Iterator[Token]:
    signs = context.referring.signs
    verbs = signs.get("buys", frozenset()) | signs.get("sells", frozenset())
    return (t for t in context.document.tokens[: token.i] if t.upos == "VERB" and t.lemma.lower() in verbs)


def _bought_by(context: Context, verb: Token) -> Draft | None:
    """The subject of a verb of buying, its agent, or to whom something was sold."""
    document, signs = context.document, context.referring.signs
    if verb.lemma.lower() in signs.get("sells", ()):
        given = [c for c in document.children(verb, "obl", "iobj") if _is_to(context, c)]
        return _first(context, given)
    if verb.feats.get("VerbForm") == "Part" and document.children(verb, "obl:agent"):
        return _first(context, document.children(verb, "obl:agent"))
    subjects = list(document.children(verb, "nsubj"))
    if verb.deprel == "acl:relcl" and any(s.lower in context.lexicon.relative for s in subjects):
        subjects = [document.tokens[verb.head]]
    return _first(context, subjects) if document.children(verb, "obj") else None


def _is_to(context: Context, token: Token) -> bool:
    cases = context.document.children(token, "case")
    return any(c.lemma.lower() in context.referring.signs.get("to", ()) for c in cases)


def _first(context: Context, tokens: Sequence[Token]) -> Draft | None:
    drafts = (context.registry.at(t.i) for t in tokens)
    return next((d for d in drafts if d is not None and d.kind in _BODIES and d.is_named), None)
