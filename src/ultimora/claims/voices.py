"""Passives that do not say who does it, as headlines like them: "Scarcerato il giornalista", "è stato sgomberato"."""

from __future__ import annotations

from ultimora.claims.frames import frame
from ultimora.claims.syntax import feature, has_passive_auxiliary, is_participle, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token


def is_agentless(document: Document, token: Token) -> bool:
    """Whether the token is a passive participle with something that it is done to and nobody who does it."""
    parties = frame(document, token)
    if lemma(token) in words(document.language, "words", "moving") | words(document.language, "words", "dropping"):
        return False  # what is put off is still to come, what is called off will not be; nobody has said no
    if parties.subjects or not parties.objects or (not parties.own and not document.children(token, "obj")):
        return False
    passive = document.children(token, "aux:pass") or has_passive_auxiliary(document, token)
    return bool(passive) or _is_bare(document, token)


def _is_bare(document: Document, token: Token) -> bool:
    """A participle without any auxiliary, by its features or, where the analysis misses them, by its ending."""
    if document.children(token, "aux", "cop", "expl"):
        return False
    endings = tuple(words(document.language, "words", "participle_endings"))
    return is_participle(token) or (feature(token, "VerbForm") == "Part" and token.lower.endswith(endings))
