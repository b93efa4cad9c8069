"""What a number counts: by syntax where it is known, else by the words that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.documents.parser import lemma_lexicon
from ultimora.documents.quantities.grammar import Grammar
from ultimora.documents.quantities.numerals import Numeral
from ultimora.types import Document, Sentence, Token

REACH = 5
"""So many words may stand between a number and its noun."""

_NOUNS = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Counted:
    """The lemma of what is counted, and where the quantity ends in the sentence's text."""

    of: str | None
    end: int


def counted(
    document: Document, sentence: Sentence, numeral: Numeral, end: int, unit: str | None, rules: Grammar
) -> Counted:
    """What is counted by the number that ends (with its unit) at ``end``."""
    after = _first_after(document, sentence, sentence.start + end)
    inside = document.tokens_between(sentence.start + numeral.start, sentence.start + end)
    needs_of = unit is not None or numeral.part
    noun = None
    if after is not None:
        noun = _by_syntax(document, inside, after, needs_of) or _by_order(document, sentence, after, needs_of, rules)
    if noun is None:
        told = None if needs_of else _by_copula(document, inside)
        return Counted(_lemma(document, told) if told is not None else None, end)
    return Counted(_lemma(document, noun), noun.end - sentence.start)


def _lemma(document: Document, noun: Token) -> str:
    """The lemma of a noun; of a participle or adjective in its place ("tre feriti"), that of the noun it makes."""
    known = lemma_lexicon(document.language).exceptions.get((noun.lower, "NOUN"))
    if noun.upos == "PROPN" and noun.ner != "O":
        return noun.lemma
    return known or (noun.lower if noun.upos == "VERB" else noun.lemma.lower())


def _first_after(document: Document, sentence: Sentence, offset: int) -> Token | None:
    following = document.tokens_between(offset, min(sentence.end, offset + 60))
    return next((t for t in following if t.start >= offset and t.text != "-"), None)


def _by_syntax(document: Document, tokens: Sequence[Token], after: Token, needs_of: bool) -> Token | None:
    if needs_of or not tokens or tokens[-1].upos == "X":
        return None
    for token in tokens:
        head = document.tokens[token.head]
        if token.deprel.startswith("nummod") and after.i <= head.i <= after.i + REACH and head.upos in _NOUNS:
            return head
    return None


def _by_copula(document: Document, tokens: Sequence[Token]) -> Token | None:
    """As in "the dead were 17": the plural subject that the number is said of."""
    for token in tokens:
        below = [token, *document.children(token, "advmod")]  # "gli sfollati sono più di quattrocento"
        copular = document.children(token, "cop")
        subjects = [s for t in below for s in document.children(t, "nsubj")] if copular else []
        if len(subjects) == 1 and subjects[0].upos in ("NOUN", "ADJ") and _is_plural(document, subjects[0]):
            return subjects[0]
    return None


def _is_plural(document: Document, token: Token) -> bool:
    near = (token, *document.children(token, "det"))
    return any(t.feats.get("Number") == "Plur" for t in near) or token.upos == "ADJ"


def _by_order(document: Document, sentence: Sentence, after: Token, needs_of: bool, rules: Grammar) -> Token | None:
    """The first noun of the words that follow, if nothing but adjectives stands before it."""
    of = rules.words.get("of", frozenset())
    at = after
    if _is_of(at, of):
        if at.i + 1 >= sentence.last:
            return None
        at = document.tokens[at.i + 1]
    elif needs_of:
        return None
    for i in range(at.i, min(at.i + REACH, sentence.last)):
        token = document.tokens[i]
        if token.feats.get("PronType") in ("Int", "Rel"):
            return None  # "20 wounded when drones struck"
        if token.upos == "X":
            return token if token.text.isalpha() else None
        if token.upos in _NOUNS:
            return _compound_head(document, token)
        if token is at and token.upos in ("ADJ", "VERB") and _ends_phrase(document, sentence, token):
            return token  # "ventidue sospetti"
        if token.feats.get("Definite") == "Def" and token.feats.get("Number") == "Sing" and at is after:
            return None  # "sale a otto il numero dei morti"
        if token.upos not in ("ADJ", "DET", "ADV", "NUM") and not (
            token.upos == "VERB" and "Part" in token.feats.values()
        ):
            return None
    return None


def _ends_phrase(document: Document, sentence: Sentence, token: Token) -> bool:
    """Whether no noun follows a word that a number counts, so that it must be one itself."""
    following = document.tokens[token.i + 1] if token.i + 1 < sentence.last else None
    plural = token.feats.get("Number") == "Plur" and token.feats.get("VerbForm", "Part") == "Part"
    return plural and (following is None or following.upos in ("PUNCT", "ADP", "CCONJ"))


def _is_of(token: Token, of: frozenset[str]) -> bool:
    return token.lower.replace("’", "'") in of


def _compound_head(document: Document, token: Token) -> Token:
    """As in "11 member trade agreement": the head of a chain of nouns is its last."""
    head = document.tokens[token.head]
    if (
        token.deprel.split(":")[0] in ("compound", "amod", "nmod")
        and token.i < head.i <= token.i + 3
        and head.upos in _NOUNS
    ):
        return head
    return token
