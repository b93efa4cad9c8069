"""Names of outlets within longer ones ("Corriere Adriatico", "L'Eco di Bergamo"), and of bodies in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.matching import Match
from ultimora.types import Document, Token

_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
_LONGEST = 7
"""How many words the name of a body in quotation marks has at most, with the closing mark."""


def goes_on(match: Match, document: Document, words: Lexicon) -> bool:
    """As in "[Corriere] delle Alpi", "the Malawi [Times]": an outlet's short name within the name of another."""
    if match.known.kind != "outlet":
        return False
    first, after = document.tokens[match.first], document.tokens[match.last : match.last + 2]
    masthead = document.tokens[match.last - 1].lower in words.papers
    if masthead and after and after[-1].sentence == first.sentence and _same_span(after):
        return True
    if match.last - match.first > 1 or first.text.isupper() or first.text == match.known.name:
        return False
    named = len(after) > 1 and after[0].upos == "ADP" and after[1].sentence == first.sentence and _is_name(after[1])
    before = document.tokens[match.first - 1] if match.first else first
    led = before.i != first.i and before.head == match.first and before.deprel != "nmod" and _is_name(before)
    return named or led


def alone(document: Document, words: Lexicon) -> list[int]:
    """Mastheads of one word that the model overlooks: "files seen by the [Courier]", also the end of a longer name."""
    found = []
    pairs = zip(document.tokens, document.tokens[1:], strict=False)
    ends_of = {b.text for a, b in pairs if a.ner.endswith("-ORG") and b.ner == "I-ORG" and a.text[:1].isupper()}
    for token in document.tokens[1:]:
        before = document.tokens[token.i - 1]
        article = before.feats.get("Definite") == "Def" and before.sentence == token.sentence and before.text.islower()
        after = document.tokens[token.i + 1 : token.i + 2]
        ends = not after or not _is_name(after[0])
        known = token.lower in words.papers or token.text in ends_of
        if article and ends and token.upos == "PROPN" and token.ner == "O" and known:
            found.append(token.i)
    return found


def in_quotes(document: Document, words: Lexicon, known: Set[int]) -> Iterator[tuple[int, int]]:
    """As in "il comitato «Piatto vuoto»": what a body is called, right behind the noun for it, as ``[first, last)``."""
    for token in document.tokens[1:]:
        noun = document.tokens[token.i - 1]
        kind = words.kind_of(document, noun) if token.text in _OPENING and noun.upos == "NOUN" else None
        if kind is None or kind[1] != "organization" or noun.feats.get("Number") == "Plur":
            continue
        inner = list(takewhile(lambda t: t.text not in _CLOSING, document.tokens[token.i + 1 : token.i + _LONGEST]))
        ends = document.tokens[token.i + len(inner) + 1 : token.i + len(inner) + 2]
        several = len(inner) > 1 and all(t.text[:1].isupper() for t in inner)  # "il movimento «Terni Domani»"
        plain = all(t.upos != "PUNCT" and (several or t.i not in known) for t in inner)
        if inner and ends and ends[0].text in _CLOSING and plain and inner[0].text[:1].isupper():
            yield inner[0].i, inner[-1].i + 1


def _same_span(after: Sequence[Token]) -> bool:
    """Whether the model takes what follows a name for the rest of it: "Messaggero [Veneto]", "Mattino [di Padova]"."""
    if after[0].upos == "ADP" or after[0].text.islower():
        return len(after) > 1 and all(t.ner == "I-ORG" for t in after) and after[1].text[:1].isupper()
    return after[0].ner == "I-ORG" and _is_name(after[0])


def town_end(first: int, last: int, document: Document, words: Lexicon) -> int:
    """Where a name ends that is a masthead and the town that it is of: "Eco [di Bergamo]"."""
    tokens = document.tokens
    after = tokens[last : last + 2]
    masthead = last - first == 1 and tokens[first].lower in words.papers
    if not masthead or len(after) < 2 or after[1].sentence != tokens[first].sentence or not _is_name(after[1]):
        return last
    own = words.metonyms["of"]
    return last + 2 if after[0].upos == "ADP" and {after[0].lower, after[0].base} & own else last


def _is_name(token: Token) -> bool:
    return token.upos in ("PROPN", "ADJ") and token.text[:1].isupper()
