"""What is put off or brought forward: "Slitta il vertice", "Salta l'incontro: slitta a giovedì"."""

from __future__ import annotations

from ultimora.claims.syntax import lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_NEAR = 3
_BEHIND = ("parataxis", "conj", "advcl", "acl")


def mover(document: Document, event: Token) -> Token | None:
    """The verb that says of an event that it has another day: over it, or behind what else is said of it."""
    above = document.head(event)
    if above is None or event.deprel.split(":")[0] not in {"nsubj", "obj"}:
        return None
    return above if _moves(document, above) else moved_on(document, event, above)


def moved_on(document: Document, event: Token, above: Token) -> Token | None:
    """As in "Salta l'incontro: slitta a giovedì", "scrapped the meeting, moved to Monday": off on one day alone."""
    behind = [*document.children(event, "acl", "acl:relcl"), *document.children(above, *_BEHIND)]
    later = (t for t in behind if t.i > max(event.i, above.i) and _moves(document, t) and not _sets(document, t))
    return next((t for t in later if not _of_others(document, t) and _has_day(document, t)), None)


def _of_others(document: Document, verb: Token) -> bool:
    """Whether a verb has a subject or an object of its own, and is no relative clause."""
    own = document.children(verb, "nsubj", "nsubj:pass", "obj")
    return any(t.feats.get("PronType") != "Rel" for t in own)


def puts_off(document: Document, verb: Token) -> bool:
    """Whether what a verb calls off has another day."""
    things = document.children(verb, "obj", "nsubj", "nsubj:pass")
    return any(moved_on(document, t, verb) is not None for t in things)


def _moves(document: Document, verb: Token) -> bool:
    return lemma(verb) in words(document.language, "words", "moving")


def _sets(document: Document, verb: Token) -> bool:
    """As in "pulled out of talks scheduled for Friday": the day that they had."""
    return lemma(verb) in words(document.language, "words", "scheduled")


def is_beside(head: Token, verb: Token) -> bool:
    """Whether a time stands right behind a verb, wherever the parse hangs it."""
    return 0 < head.i - verb.i <= _NEAR


def _has_day(document: Document, verb: Token) -> bool:
    """Whether a time says to when, below the verb or right behind it."""
    below = {t.i for t in document.subtree(verb)}
    heads = (document.span_head(t.start, t.end) for t in document.times if t.sentence == verb.sentence)
    return any(h is not None and (h.i in below or is_beside(h, verb)) for h in heads)
