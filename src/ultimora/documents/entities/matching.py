"""Finds the gazetteer's names in a document, longest first, in one pass over the tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ultimora.documents.entities.gazetteer import Gazetteer, Known, first_word
from ultimora.documents.tokenizer import visible
from ultimora.types import Document, Sentence, Token

_LONGEST_IN_TOKENS = 8
_SURE_LENGTH = 3
_TITLE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``[first, last)`` that spell a name of the gazetteer."""

    first: int
    last: int
    known: Known


def find_matches(document: Document, names: Gazetteer) -> list[Match]:
    """The names of the gazetteer in text order; none overlaps another."""
    found: list[Match] = []
    for sentence in document.sentences:
        found.extend(_in_sentence(document, sentence, names))
    return found


def _in_sentence(document: Document, sentence: Sentence, names: Gazetteer) -> Iterator[Match]:
    tokens = document.sentence_tokens(sentence)
    shouting, whispering, title = _shouts(tokens), _whispers(tokens), _is_title(tokens)
    at = 0
    while at < len(tokens):
        hit = _longest(document.text, tokens, at, names)
        loud = _is_loud(tokens[at], at == 0) or (at == 0 and all(t.text.isupper() for t in tokens[:2]))  # "NEW YORK"
        if hit is None and (shouting or whispering or loud):
            hit = _longest_folded(document.text, tokens, at, names, not whispering)
        if hit is not None and _is_overtaken(document.text, tokens, at, hit[0], names):
            hit = None
        if hit is None or not _stands(hit[1], tokens[at : at + hit[0]], at == 0 or title):
            at += 1
            continue
        if hit[1].sort == "nobody":
            at += hit[0]
            continue
        yield Match(tokens[at].i, tokens[at].i + hit[0], hit[1])
        at += hit[0]


def _longest(text: str, tokens: Sequence[Token], at: int, names: Gazetteer) -> tuple[int, Known] | None:
    limit = names.longest.get(first_word(visible(tokens[at].text)))
    if limit is None:
        return None
    found, start = None, tokens[at].start
    for size, token in enumerate(tokens[at : at + _LONGEST_IN_TOKENS], 1):
        if token.end - start > limit + size:
            break
        known = names.known.get(_plain(text[start : token.end]))
        found = (size, known) if known else found
    return found


def _is_overtaken(text: str, tokens: Sequence[Token], at: int, size: int, names: Gazetteer) -> bool:
    """As in "la [Repubblica islamica]": a longer name begins within this one and goes on after it."""
    for later in range(at + 1, at + size):
        hit = _longest(text, tokens, later, names)
        if hit is not None and later + hit[0] > at + size:
            return True
    return False


def _longest_folded(
    text: str, tokens: Sequence[Token], at: int, names: Gazetteer, shouting: bool
) -> tuple[int, Known] | None:
    """A name in a sentence that is all in capitals, or has none."""
    spellings = names.capitals if shouting else names.lowered
    found, start = None, tokens[at].start
    for size, token in enumerate(tokens[at : at + _LONGEST_IN_TOKENS], 1):
        spelling = spellings.get(_plain(text[start : token.end]))
        if spelling and len(spelling) >= _SURE_LENGTH:
            found = (size, names.known[spelling])
    return found


def _plain(text: str) -> str:
    text = visible(text).replace("’", "'").replace("ʼ", "'")
    return " ".join(text.split()) if " " in text or "\n" in text else text


def _stands(known: Known, span: Sequence[Token], starts: bool) -> bool:
    """Whether a spelling that is a common or personal word as well is meant as the name here."""
    named = any(t.ner != "O" for t in span)
    if known.common and starts and not named:
        return False
    return not (known.personal and known.sort != "country" and span[0].ner.endswith("PER"))


def _is_loud(token: Token, begins: bool) -> bool:
    """A name in capitals in an ordinary sentence, as in datelines."""
    return len(token.text) > _SURE_LENGTH and (begins or token.ner != "O") and token.text.isupper()


def _shouts(tokens: Sequence[Token]) -> bool:
    words = [t.text for t in tokens if len(t.text) > _SURE_LENGTH and t.text.isalpha()]
    return len(words) > 1 and all(w.isupper() for w in words)


def _whispers(tokens: Sequence[Token]) -> bool:
    words = [t.text for t in tokens if t.text[0].isalpha()]
    return len(words) > _SURE_LENGTH and all(w.islower() for w in words)


def _is_title(tokens: Sequence[Token]) -> bool:
    words = [t.text for t in tokens if len(t.text) > _SURE_LENGTH and t.text.isalpha()]
    return len(words) > _SURE_LENGTH and sum(w[0].isupper() for w in words) > _TITLE_SHARE * len(words)
