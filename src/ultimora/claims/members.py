"""Words that stand for others: "some" of the many just named, an apposition, whose forces, those a list includes."""

from __future__ import annotations

from collections.abc import Iterable

from ultimora.claims.syntax import case_of, conjuncts, lemma
from ultimora.documents.entities import entity_of, state_of
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.wordlists import words
from ultimora.types import Document, Entity, Token

_POSSESSIVE = ("nmod:poss", "det:poss")


def stood_for(document: Document, token: Token) -> Token:
    """The word for those whom a word stands for: "many residents …, although some welcomed", "X, a group that sued"."""
    if _is_some(document, token):
        return _many_before(document, token) or token
    named = document.head(token) if token.deprel == "appos" and token.upos == "NOUN" else None
    if named is None or named.upos != "PROPN" or named.i > token.i:
        return token
    known, own = entity_of(document, named), entity_of(document, token)
    same = known is not None and known.kind in AGENTS and (own is None or (_is_unnamed(own) and own.kind != "person"))
    body = known is not None and known.kind != "person"
    return named if same and body and _is_one(document, token) else token


def is_part(document: Document, token: Token) -> bool:
    """Whether it stands for part of a crowd that it names itself: "some in Kampala"."""
    return _is_some(document, token) and bool(document.children(token, "nmod", "obl"))


def _is_some(document: Document, token: Token) -> bool:
    bare = token.upos in {"DET", "PRON", "ADJ"} and token.deprel.startswith("nsubj")
    return bare and token.lower in words(document.language, "words", "some")


def _many_before(document: Document, token: Token) -> Token | None:
    """The last subject in the plural before it, in its sentence or the one before."""
    if document.children(token, "nmod", "obl"):
        return None
    for number in (token.sentence, token.sentence - 1):
        for before in reversed(document.sentence_tokens(number) if number >= 0 else []):
            plural = before.upos in {"NOUN", "PROPN"} and before.feats.get("Number") == "Plur"
            if before.i < token.i and plural and before.deprel.startswith("nsubj"):
                entity = entity_of(document, before)
                if lemma(before) in words(document.language, "words", "opinionated"):
                    return None
                if entity is not None and entity.kind in AGENTS:
                    return before
    return None


def _is_one(document: Document, token: Token) -> bool:
    """As in "the River Council, an environmental group": with an article, and not one of a list."""
    return bool(document.children(token, "det")) and len(conjuncts(document, token)) == 1


def _is_unnamed(entity: Entity) -> bool:
    return not any(m.form == "name" for m in entity.mentions)


def included(document: Document, tokens: Iterable[Token], *, any_number: bool = False) -> list[Token]:
    """As in "European allies, including Spain and Greece, condemned": those of the many who are named."""
    marks = words(document.language, "cases", "including")
    several = [t for t in tokens if any_number or t.feats.get("Number") == "Plur"]
    named = [t for each in several for t in document.children(each, "nmod")]
    named = [t for t in named if marks & {case_of(document, t), *(c.lower for c in document.children(t, "case"))}]
    return [each for t in named for each in conjuncts(document, t)]


def commanded_by(document: Document, token: Token, found: Iterable[Entity]) -> str | None:
    """As in "the ministry said its forces had shot down": the state, else whoever has them."""
    if lemma(token) not in words(document.language, "words", "forces"):
        return None
    if any(e.country is not None or not _is_unnamed(e) for e in found):
        return None
    for owner in document.children(token, *_POSSESSIVE):
        whose = entity_of(document, owner)
        if whose is not None and whose.kind in AGENTS:
            return state_of(document, whose.country) if whose.country and whose.kind == "government" else whose.id
    return None
