"""Those named beside a source, who say the same: "secondo Fim, Fiom e Uilm", "Unite and GMB said"."""

from __future__ import annotations

from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Token


def together(document: Document, head: Token) -> list[Token]:
    """The others of a list that a source begins, whatever the parse made of a list of names."""
    listed = _names_after(document, head)
    found = [*document.children(head, "conj"), *(t for t in listed if t.head != head.i or t.deprel != "conj")]
    plain = [t for t in found if t.upos in ("NOUN", "PROPN") and not document.children(t, "case")]
    return [t for t in plain if _speaks(document, t)]


def _speaks(document: Document, token: Token) -> bool:
    entity = entity_at(document, token)
    return entity is None or entity.kind != "place"


def _names_after(document: Document, head: Token) -> list[Token]:
    """As in "Fim[, Fiom e Uilm]": single names between commas, the last one behind a conjunction."""
    tokens, last = document.tokens, document.sentences[head.sentence].last
    found: list[Token] = []
    at = head.i + 1
    while head.upos == "PROPN" and at + 1 < last and tokens[at + 1].upos == "PROPN":
        if tokens[at].upos == "CCONJ":
            return [*found, tokens[at + 1]]
        if tokens[at].text != ",":
            break
        found.append(tokens[at + 1])
        at += 2
    return []
