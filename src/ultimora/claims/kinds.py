"""What a word stands for, where a rule asks for a kind and not for words: ``obj:#person``, ``nsubj:#state``."""

from __future__ import annotations

from collections.abc import Iterable

from ultimora.claims.syntax import lemma
from ultimora.documents.entities import entity_of
from ultimora.documents.entities.context import context_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

KINDS: dict[str, frozenset[str]] = {
    "#person": frozenset({"person", "group"}),
    "#state": frozenset({"government"}),
    "#body": frozenset({"organization"}),
    "#armed": frozenset({"armed_group"}),
    "#place": frozenset({"place"}),
    "#outlet": frozenset({"outlet"}),
    "#office": frozenset(),
    "#number": frozenset(),
}
_SHORTEST = 6


def is_human(language: str, token: Token) -> bool:
    """Whether a noun names people by itself or by its ending ("passenger", "riservista")."""
    if lemma(token) in words(language, "words", "people"):
        return True
    if token.upos != "NOUN" or len(token.text) < _SHORTEST or lemma(token) in words(language, "words", "human_not"):
        return False
    return lemma(token).endswith(tuple(words(language, "words", "human_endings")))


def is_any_of(document: Document, token: Token, kinds: Iterable[str]) -> bool:
    """Whether the token stands for one of the kinds: by its entity, by its noun, by its ending; or is a number."""
    return any(_is(document, token, kind) for kind in kinds)


def _is(document: Document, token: Token, kind: str) -> bool:
    if kind == "#number":
        return token.upos == "NUM"
    entity = entity_of(document, token)
    if entity is not None and (entity.kind in KINDS[kind] or _is_land(kind, entity.kind, entity.country)):
        return True
    known = context_of(document).lexicon
    noun, office = known.kind_of(document, token), known.office_of(document, token)
    if kind == "#office":
        someone = entity is not None and entity.kind == "person" and (entity.country is not None or bool(entity.roles))
        return office is not None or someone
    if kind == "#person" and (is_human(document.language, token) or office is not None):
        return True
    found = noun[1] if noun is not None else ""
    return found in KINDS[kind] or (kind == "#state" and found == "government_itself")


def _is_land(kind: str, found: str, country: str | None) -> bool:
    """A place of a country stands for its state."""
    return kind == "#state" and found == "place" and country is not None
