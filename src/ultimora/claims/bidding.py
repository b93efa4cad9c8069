"""Demands in somebody's own words: "«Il governo ritiri i tagli», dicono i medici", "L'Onu: «Aprite i valichi»".

Whoever is quoted demands it; of whoever shall do it, or of whom he speaks to. Such a verb goes by the name
``#bidding`` in the rules of a language.
"""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.claims.fillers import all_parties
from ultimora.claims.forms import quotation
from ultimora.claims.frames import frame
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, is_nominal
from ultimora.documents.entities import entity_by
from ultimora.documents.hanging import NOUNS
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Statement, Token

_PHRASES = frozenset({"obl", "nmod", "iobj"})
_PUBLIC = frozenset({"government", "organization", "armed_group", "group"})


def bidden(document: Document, token: Token, _: Trigger) -> Parties:
    """Who demands it, and of whom."""
    found, said = Parties(), quotation(document, token)
    if said is None or said.source is None:
        return found
    subjects = all_parties(document, [t for t in frame(document, token).subjects if is_nominal(t)], "nsubj")
    asked = [p for p in subjects if p != said.source] or _addressed(document, token, said)
    speaks = entity_by(document, said.source)
    around = _around(document, token, said) if speaks.kind == "other" else []
    if around:  # "Pressing di Washington su Bogotà: «…»"
        found.actors, found.recipients = around[:1], asked or around[1:2]
    elif speaks.kind in _PUBLIC or speaks.roles or speaks.country or asked:
        found.actors, found.recipients = [said.source], [p for p in asked if p != said.source]
    return found


def _around(document: Document, token: Token, said: Statement) -> list[str]:
    """The states, bodies and people that stand outside the quotation, in order."""
    outside = [t for t in document.sentence_tokens(token.sentence) if not covers(said.content, t)]
    told = [p for t in outside if t.upos in NOUNS for p in all_parties(document, [t], "nmod")]
    return [p for p in dict.fromkeys(told) if _may_speak(document, p)]


def _may_speak(document: Document, party: str) -> bool:
    known = entity_by(document, party)
    return known.kind in _PUBLIC | {"person"} or (known.kind == "place" and known.country is not None)


def _addressed(document: Document, token: Token, said: Statement) -> list[str]:
    """Whom the words are for: "a Israele", around the quotation."""
    to = words(document.language, "cases", "dative")
    around: Sequence[Token] = [t for t in document.sentence_tokens(token.sentence) if not covers(said.content, t)]
    told = [t for t in around if t.deprel in _PHRASES and case_of(document, t) in to]
    parties = [p for t in told for p in all_parties(document, [t], "obl") if p != said.source]
    return [p for p in parties if _may_speak(document, p)][:1]
