"""Names that the model missed and the article tells: seen in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultimora.documents.entities.names import Name
from ultimora.types import Document, Token

_SHORTEST = 4


def seen_again(document: Document, names: Sequence[Name]) -> list[Name]:
    """Names with those that stand in full elsewhere in the article: "Ruth Pargeter … Pargeter is not reassured"."""
    taken = {i for name in names for i in range(name.first, name.last)}
    told = _surnames(document, names) | _whole(document, names)
    found = list(names)
    for token in document.tokens:
        words = told.get(token.text)
        if words is None or token.i in taken:
            continue
        for wanted, label in words:
            last = token.i + len(wanted)
            here = document.tokens[token.i : last]
            if [t.text for t in here] == wanted and not any(t.i in taken for t in here) and _alone(document, here):
                found.append(Name(token.i, last, None, label))
                taken.update(range(token.i, last))
                break
    return sorted(found, key=lambda n: n.first)


def _surnames(document: Document, names: Iterable[Name]) -> dict[str, list[tuple[list[str], str]]]:
    full = (n for n in names if n.known is None and n.label == "PER" and n.last - n.first > 1)
    last = (document.tokens[n.last - 1].text for n in full)
    return {word: [([word], "PER")] for word in last if len(word) >= _SHORTEST and word[:1].isupper()}


def _whole(document: Document, names: Iterable[Name]) -> dict[str, list[tuple[list[str], str]]]:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name in names:
        words = [t.text for t in document.tokens[name.first : name.last]]
        if name.known is None and len(words) > 1:
            found.setdefault(words[0], []).append((words, name.label))
    return found


def _alone(document: Document, here: Sequence[Token]) -> bool:
    """Whether a word is no part of a longer name of the model's, and no plural or common noun of its sentence."""
    sentence = document.sentences[here[0].sentence]
    before = document.tokens[here[0].i - 1] if here[0].i > sentence.first else None
    after = document.tokens[here[-1].i + 1] if here[-1].i + 1 < sentence.last else None
    named = (t for t in (before, after) if t is not None and t.upos == "PROPN" and t.text[:1].isupper())
    return sentence.part != "section" and not any(t.head in range(here[0].i, here[-1].i + 1) for t in named)
