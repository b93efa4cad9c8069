"""Phrases that belong to a word of an event but hang from a neighbour of it."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.claims.fillers import follow
from ultimora.claims.rules import Slot
from ultimora.claims.syntax import case_of, conjuncts, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token


def beside(document: Document, token: Token, holders: tuple[str, ...], cases: frozenset[str]) -> Iterator[Token]:
    """Phrases with one of the cases below a neighbour, or between a subject and its verb."""
    against = words(document.language, "cases", "against")  # "la promessa di vendetta del ministro contro i ribelli"
    for holder in holders:
        if holder == "acl" and any(_is_brokered(document, t) for t in document.children(token, "acl")):
            continue
        below, named = Slot(holder, frozenset()), Slot("nmod", cases)
        yield from follow(document, token, (below, named))
        if holder == "acl":
            yield from follow(document, token, (below, Slot("obl", cases)))
        for depth in (1, 2) if holder in {"obj", "nmod"} else ():  # "signed a deal for the supply of jets with Peru"
            chain = (below, *(Slot("nmod", frozenset()),) * depth, named)
            found = follow(document, token, chain)
            yield from (t for t in found if t.upos == "PROPN" or case_of(document, t) in against)
    yield from _right_behind(document, token, holders, cases)
    above = document.head(token)
    if above is not None and token.deprel in {"nsubj", "nsubj:pass", "obj"} and "nmod" in holders:
        last = _end(document, token)
        behind = (t for t in document.children(above, "obl") if t.i > last and case_of(document, t) in cases)
        yield from (t for t in behind if any(c.i == last + 1 for c in document.children(t, "case")))
    if above is not None and token.deprel.startswith("nsubj"):
        between = (t for t in document.children(above, "obl") if token.i < t.i < above.i)
        yield from (each for t in between if case_of(document, t) in cases for each in conjuncts(document, t))


def _end(document: Document, token: Token) -> int:
    """Where the phrase of a noun ends."""
    return max([token.i, *(_end(document, t) for t in document.children(token))])


def _is_brokered(document: Document, participle: Token) -> bool:
    """As in "talks mediated by Oman", "revealed by Axios": who brings the parties together or tells is none of them."""
    return any(lemma(participle) in words(document.language, "words", each) for each in ("brokers", "tellers"))


def _right_behind(document: Document, token: Token, holders: tuple[str, ...], cases: frozenset[str]) -> Iterator[Token]:
    """As in "sale il bilancio dell'attacco russo a X": the phrase that follows a noun, wherever the parser hangs it."""
    if "nmod" not in holders:
        return
    last = max([token.i, *(t.i for t in document.children(token, "amod") if t.i == token.i + 1)])
    behind = document.tokens[last + 1 : last + 4]
    for filler in behind:
        marks = document.children(filler, "case")
        if marks and marks[0].i == last + 1 and filler.head < token.i and case_of(document, filler) in cases:
            yield from conjuncts(document, filler)
