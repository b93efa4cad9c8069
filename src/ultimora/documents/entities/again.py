"""Names that the model missed and the article tells: seen in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ultimora.documents.entities.names import Name
from ultimora.types import Document, Token

Written = tuple[list[str], str]
"""The words of a name and its label."""

_SHORTEST = 4
_LONGEST = 3


def seen_again(document: Document, names: Sequence[Name]) -> list[Name]:
    """Names with those that stand in full elsewhere in the article: "Ruth Pargeter … Pargeter is not reassured"."""
    whole = _whole(document, names)
    names = _completed(document, names, whole)
    taken = {i for name in names for i in range(name.first, name.last)}
    told = _towns(document, names) | _surnames(document, names) | whole
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


def _surnames(document: Document, names: Iterable[Name]) -> dict[str, list[Written]]:
    full = (n for n in names if n.known is None and n.label == "PER" and n.last - n.first > 1)
    last = (document.tokens[n.last - 1].text for n in full)
    return {word: [([word], "PER")] for word in last if len(word) >= _SHORTEST and word[:1].isupper()}


def _towns(document: Document, names: Iterable[Name]) -> dict[str, list[Written]]:
    """Places of one word, which a headline names without a preposition: "Ganja strike"; no word of the article else."""
    common = {t.text for t in document.tokens if t.text.islower()}
    places = {n.text(document) for n in names if n.known is None and n.label == "LOC" and n.last - n.first == 1}
    return {word: [([word], "LOC")] for word in places if len(word) >= _SHORTEST and word.lower() not in common}


def _whole(document: Document, names: Iterable[Name]) -> dict[str, list[Written]]:
    found: dict[str, list[Written]] = {}
    for name in names:
        words = [t.text for t in document.tokens[name.first : name.last]]
        if name.known is None and len(words) > 1:
            found.setdefault(words[0], []).append((words, name.label))
    return found


def _completed(document: Document, names: Sequence[Name], whole: Mapping[str, Sequence[Written]]) -> list[Name]:
    """Names that the model cut, where they stand in full elsewhere: "[Alleanza] Civica", "Rift [Runners]"."""
    ends = {i for name in names for i in (name.first, name.last - 1)}
    found: list[Name] = []
    for name in names:
        wider = _wider(document, name, whole) if name.known is None and name.label != "PER" else None
        clear = wider is not None and not any(wider[0] <= i < name.first or name.last <= i < wider[1] for i in ends)
        found.append(replace(name, first=wider[0], last=wider[1]) if wider is not None and clear else name)
    return found


def _wider(document: Document, name: Name, whole: Mapping[str, Sequence[Written]]) -> tuple[int, int] | None:
    for before in range(_LONGEST):
        first = name.first - before
        for words, label in whole.get(document.tokens[first].text, ()) if first >= 0 else ():
            last = first + len(words)
            here = [t.text for t in document.tokens[first:last]]
            if label != "PER" and last >= name.last and here == words and len(words) > name.last - name.first:
                return first, last
    return None


def _alone(document: Document, here: Sequence[Token]) -> bool:
    """Whether a word is no part of a longer name of the model's, and no plural or common noun of its sentence."""
    sentence = document.sentences[here[0].sentence]
    before = document.tokens[here[0].i - 1] if here[0].i > sentence.first else None
    after = document.tokens[here[-1].i + 1] if here[-1].i + 1 < sentence.last else None
    named = (t for t in (before, after) if t is not None and t.upos == "PROPN" and t.text[:1].isupper())
    return sentence.part != "section" and not any(t.head in range(here[0].i, here[-1].i + 1) for t in named)
