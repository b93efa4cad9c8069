"""Walks through the tree: what a word hangs from, up to the root, and what hangs from it, down to a depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.claims.syntax import lemma
from ultimora.types import Document, Token


def governors(document: Document, token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs of (what hangs, what it hangs from), from the token up to the root."""
    at = token
    while (above := document.head(at)) is not None:
        yield at, above
        at = above


def dependents(document: Document, token: Token, depth: int) -> list[Token]:
    """The token's dependents down to a depth, clauses with a subject of their own left out."""
    found: list[Token] = []
    for child in document.children(token):
        if child.deprel in {"punct", "conj", "parataxis", "advcl", "ccomp", "acl:relcl"}:
            continue
        found.append(child)
        if depth > 1:
            found.extend(dependents(document, child, depth - 1))
    return found


def lemmas_of(tokens: Sequence[Token]) -> frozenset[str]:
    """Lemmas and forms of the tokens, in lower case."""
    return frozenset(lemma(t) for t in tokens) | frozenset(t.lower for t in tokens)
