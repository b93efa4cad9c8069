"""What the words around a name say of it: "il quotidiano turco Boğaz", "il premier Rovati"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.names import Name
from ultimora.types import Document, Token

_KINDS = frozenset({"outlet", "organization", "armed_group", "weapon", "place"})
_SURE = frozenset({"outlet", "weapon", "organization", "armed_group"})
_WEIGHT = 3
_LONGEST_NAME = 3
_FARTHEST = 3
_DATELINE = 8
_DASHES = ("-", "–", "—", "--")


def noun_before(document: Document, lexicon: Lexicon, name: Name, demonyms: frozenset[int]) -> tuple[Token, str] | None:
    """The noun that says what a name is the name of, and the kind that it means; "person" for an office."""
    sentence = document.sentences[document.tokens[name.first].sentence]
    for i in range(name.first - 1, max(sentence.first, name.first - _FARTHEST) - 1, -1):
        token = document.tokens[i]
        kind = lexicon.kind_of(document, token)
        if kind is not None and kind[1] in _SURE:
            return token, kind[1]
        if token.upos == "ADJ" or i in demonyms:
            continue
        if token.upos not in ("NOUN", "PROPN"):
            return None
        if lexicon.office_of(document, token) is not None:
            return (token, "person") if _is_joined(document, token, name) else None
        told = kind is not None and kind[1] in _KINDS and _is_joined(document, token, name)
        return (token, kind[1]) if kind is not None and told else None
    return None


def _is_joined(document: Document, noun: Token, name: Name) -> bool:
    """The name hangs on the noun, or the noun on the name, with no preposition between."""
    top = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if top is None or document.children(top, "case"):
        return False
    bare = ("appos", "flat", "nmod", "compound", "obj", "amod")
    above = top.head == noun.i and top.deprel.split(":")[0] in bare
    return above or (noun.head == top.i and noun.deprel.split(":")[0] in bare)


def labels(document: Document, lexicon: Lexicon, names: list[Name], leaders: Mapping[str, str]) -> dict[str, str]:
    """One label for one spelling: the model's most frequent, unless the words around it say otherwise."""
    votes: dict[str, Counter[str]] = {}
    demonyms = demonyms_of(names)
    for name in names:
        if name.known is None:
            count = votes.setdefault(name.text(document), Counter())
            count[name.label] += 1
            if name.text(document) in leaders:
                count["PER"] += _WEIGHT
            if _signs(document, name):
                count["outlet"] += _WEIGHT
            noun = noun_before(document, lexicon, name, demonyms)
            if noun is not None:
                count["PER" if noun[1] == "person" else noun[1]] += _WEIGHT
    return {text: count.most_common(1)[0][0] for text, count in votes.items()}


def demonyms_of(names: list[Name]) -> frozenset[int]:
    """The tokens that are demonyms."""
    people = [n for n in names if n.known is not None and n.known.sort == "people"]
    return frozenset(i for n in people for i in range(n.first, n.last))


def _signs(document: Document, name: Name) -> bool:
    """As in "KYIV, March 5 (Northgate) -": the agency in brackets before the text begins."""
    tokens = document.tokens
    if name.first < 1 or name.last + 1 >= len(tokens) or tokens[name.first - 1].text != "(":
        return False
    begins = name.first - document.sentences[tokens[name.first].sentence].first < _DATELINE
    return begins and tokens[name.last].text == ")" and tokens[name.last + 1].text in _DASHES


def titled(document: Document, lexicon: Lexicon, names: list[Name]) -> list[Name]:
    """Names of persons that the model missed after an office: "Secretary of State [Whitcombe]"."""
    taken = {i for name in names for i in range(name.first, name.last)}
    found: list[Name] = []
    for token in document.tokens:
        if token.i in taken or token.upos not in ("NOUN", "PROPN"):
            continue
        office, kind = lexicon.office_of(document, token), lexicon.kind_of(document, token)
        if office is None and (kind is None or kind[1] not in _SURE):
            continue
        first = _after_office(document, token, office[0] if office else token.lower)
        last = first
        while last < first + _LONGEST_NAME and _is_free(document, last, token.sentence, taken, lexicon):
            last += 1
        if last > first:
            found.append(Name(first, last, None, "PER" if office else "ORG"))
            taken.update(range(first, last))
    return found


def joined(names: list[Name], missed: list[Name]) -> list[Name]:
    """All names in text order; what was missed right before a person's name is part of it."""
    first_of = {n.first: n for n in names if n.known is None and n.label == "PER"}
    found = [m for m in missed if m.last not in first_of]
    wider = {m.last: m.first for m in missed if m.last in first_of}
    found += [replace(n, first=wider.get(n.first, n.first)) if n in first_of.values() else n for n in names]
    return sorted(found, key=lambda n: n.first)


def _after_office(document: Document, token: Token, phrase: str) -> int:
    words = phrase.split()
    at = token.i + (len(words) - words.index(token.lower) if token.lower in words else 1)
    if at < len(document.tokens) and document.tokens[at].upos == "ADJ" and not document.tokens[at].text[0].isupper():
        at += 1
    return at


def _is_free(document: Document, i: int, sentence: int, taken: set[int], lexicon: Lexicon) -> bool:
    if i >= len(document.tokens) or i in taken:
        return False
    token = document.tokens[i]
    capital = token.text[:1].isupper() and token.text[1:].islower()
    if token.sentence != sentence or token.upos != "PROPN" or not capital:
        return False
    return (
        token.lower not in lexicon.never
        and token.lower not in lexicon.offices
        and token.lower not in lexicon.portfolios
    )


def without_strangers(names: list[Name]) -> Iterator[Name]:
    """Names without those that stand only where their state is spoken of ("Congress")."""
    states = {n.country for n in names if n.known is not None and not n.known.local and n.country}
    for name in names:
        if name.known is None or not name.known.local or name.country in states:
            yield name
