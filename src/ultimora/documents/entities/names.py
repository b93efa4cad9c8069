"""Every name in a document: the gazetteer's and the model's, each span once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ultimora.documents.entities.gazetteer import Gazetteer, Known
from ultimora.documents.entities.matching import Match, find_matches
from ultimora.types import Document, Token


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[first, last)`` that name something: known to the gazetteer, or labelled by the model."""

    first: int
    last: int
    known: Known | None
    label: str
    country: str | None = None

    def text(self, document: Document) -> str:
        return document.text[document.tokens[self.first].start : document.tokens[self.last - 1].end]


def find_names(document: Document, gazetteer: Gazetteer, offices: frozenset[str]) -> list[Name]:
    """Names in text order, none overlapping; demonyms among them (their ``sort`` is "people")."""
    matches = find_matches(document, gazetteer)
    spans = [_trimmed(span, document.tokens, gazetteer, offices) for span in _labelled(document.tokens)]
    return _joined([s for s in spans if s.first < s.last], matches, document.tokens)


def _labelled(tokens: Sequence[Token]) -> Iterator[Name]:
    """The model's spans: BIO labels, forgiving an I that nothing begins."""
    first, label = 0, ""
    for token in tokens:
        begins = token.ner.startswith("B-") or token.ner[2:] != label
        starts_sentence = token.i > 0 and tokens[token.i - 1].sentence != token.sentence
        if label and (begins or starts_sentence):
            yield Name(first, token.i, None, label)
            label = ""
        if token.ner != "O" and not label:
            first, label = token.i, token.ner[2:]
    if label:
        yield Name(first, len(tokens), None, label)


def _trimmed(span: Name, tokens: Sequence[Token], gazetteer: Gazetteer, offices: frozenset[str]) -> Name:
    """A span without what the model took in too much: possessive endings, titles, determiners, punctuation."""
    first, last = span.first, span.last
    while last > first and _no_name(tokens[last - 1]):
        last -= 1
    while first < last and (_no_name(tokens[first]) or tokens[first].upos in ("DET", "ADP")):
        first += 1
    if span.label == "PER":
        while first < last - 1 and tokens[first].lower in offices and tokens[first + 1].text[:1].isupper():
            first += 1
    return replace(span, first=first, last=last)


def _no_name(token: Token) -> bool:
    return token.deprel == "case" and token.upos == "PART" or not any(c.isalnum() for c in token.text)


def _joined(spans: list[Name], matches: list[Match], tokens: Sequence[Token]) -> list[Name]:
    found: list[Name] = []
    taken: set[int] = set()
    for span in spans:
        inside = [m for m in matches if m.first < span.last and span.first < m.last]
        kept = _kept(span, inside, tokens)
        if kept is not None:
            taken.update(m.first for m in inside if kept.first < m.last and m.first < kept.last)
            found.append(kept)
    found += [Name(m.first, m.last, m.known, "", m.known.country) for m in matches if m.first not in taken]
    return sorted(found, key=lambda n: n.first)


def _kept(span: Name, inside: list[Match], tokens: Sequence[Token]) -> Name | None:
    """What remains of the model's span beside the gazetteer's names in it; None where those say all."""
    if not inside:
        return span
    if any(m.first < span.first or m.last > span.last for m in inside):
        return None
    if span.label == "PER":
        return _kept_person(span, inside, tokens)
    last = inside[-1]
    names = [m for m in inside if m.known.sort in ("name", "seat")]
    rest = [t for t in tokens[span.first : span.last] if not any(m.first <= t.i < m.last for m in inside)]
    if names or not any(t.text[:1].isupper() for t in rest):
        return None
    return replace(span, country=last.known.country)


def _kept_person(span: Name, inside: list[Match], tokens: Sequence[Token]) -> Name | None:
    first = span.first
    for match in inside:
        if match.first == first and match.last < span.last and match.known.sort == "people":
            first = match.last
    if first > span.first:
        return replace(span, first=first)
    whole = inside[0]
    if (whole.first, whole.last) == (span.first, span.last):
        return span if whole.known.personal and _elsewhere(span, tokens) else None
    return None if any(m.known.sort == "name" and m.last - m.first > 1 for m in inside) else span


def _elsewhere(span: Name, tokens: Sequence[Token]) -> bool:
    """Whether the article has the same word inside a longer personal name ("Michael Jordan")."""
    word = tokens[span.last - 1].text
    return any(
        t.text == word and t.ner == "I-PER" or (t.text == word and t.i + 1 < len(tokens) and tokens[t.i + 1].ner == "I-PER")
        for t in tokens
    )
