"""Which words of a text of our own speak of events, and which stand for those who take part in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import events
from ultimora import ontology
from ultimora.types import Claim, Document, Entity, Token

Item = dict[str, Any]
ROLES = ("actor", "recipient")
OPEN = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})


@dataclass
class Labels:
    """The PLOVER type that each word of a document speaks of ("O" none, "?" unknown), and for words that speak of one
    what each word of the document is to it ("actor", "recipient", "O" or "?").
    """

    types: list[str]
    roles: list[tuple[int, list[str]]]


Mark = tuple[int, int, str]
MARK = re.compile(r"(.*?)(?:\{([A-Z0-9]+(?::[A-Z]+)?)\|(.*?)\}|$)")
PARTY = re.compile(r"([AR])(\d+)")


def plain(line: str) -> tuple[str, list[Mark]]:
    """A line without its marks, and those: `{A1|Nairobi} {E1:SUPPORT|threw its weight} behind {R1|Ethiopia}`."""
    text, marks = "", []
    for before, mark, words in MARK.findall(line):
        text += before
        if mark:
            marks.append((len(text), len(text) + len(words), mark))
            text += words
    return text, marks


def by_marks(document: Document, marks: Sequence[Mark]) -> Labels:
    """What the marks of a line say, and nothing else."""
    found = Labels(["O"] * len(document.tokens), [])
    words = [(mark, document.span_head(start, end)) for start, end, mark in marks]
    for mark, event in words:
        if not mark.startswith("E"):
            continue
        number, kind = mark[1:].split(":")
        found.types[event.i] = kind
        tags = ["O"] * len(document.tokens)
        for other, token in words:
            for side, of in PARTY.findall(other):
                if of == number and token.sentence == event.sentence and not other.startswith("E"):
                    tags[token.i] = _role(kind, ROLES[side == "R"])
        found.roles.append((event.i, tags))
    return found


def read(document: Document, claims: Sequence[Claim]) -> Labels:
    """By what is read."""
    found = Labels(["O"] * len(document.tokens), [])
    for claim in claims:
        if claim.event_type:
            token = document.span_head(claim.trigger.start, claim.trigger.end)
            found.types[token.i] = claim.event_type
            found.roles.append((token.i, _read_roles(document, token, claim)))
    return found


def marked(document: Document, claims: Sequence[Claim], item: Item, reached: Sequence[int]) -> Labels:
    """By the marks, "?" where they do not say; where no words are marked, by what is read of what is marked."""
    wanted = item.get("claims") or []
    kinds = {kind for want in wanted for kind in events.choices(want["event_type"])}
    told = all("trigger" in want for want in wanted)
    rest = "O" if told or all(reached) else "?"
    found = Labels([rest if token.upos in OPEN else "O" for token in document.tokens], [])
    for claim in claims:
        if claim.event_type:
            token = document.span_head(claim.trigger.start, claim.trigger.end)
            as_marked = claim.event_type in kinds
            found.types[token.i] = "?" if told == as_marked else "O" if told else claim.event_type
            same = [want for want in wanted if claim.event_type in events.choices(want["event_type"])]
            if len(same) == 1 and not told:
                found.roles.append((token.i, _marked_roles(document, token, same[0])))
    for want in wanted if told else []:
        at = item["text"].find(words := want["trigger"].split("...")[0].strip())
        if at >= 0:
            token = document.span_head(at, at + len(words))
            found.types[token.i] = events.choices(want["event_type"])[0]
            found.roles.append((token.i, _marked_roles(document, token, want)))
    return found


def _read_roles(document: Document, event: Token, claim: Claim) -> list[str]:
    tags = ["O"] * len(document.tokens)
    for role, ids in (("actor", claim.actors), ("recipient", claim.recipients)):
        for entity in document.entities:
            if entity.id in ids:
                _put(document, event, tags, _role(claim.event_type, role), _places(document, event, entity))
    return tags


def _marked_roles(document: Document, event: Token, want: Item) -> list[str]:
    complete = "trigger" in want or (bool(want["actors"]) and bool(want["recipients"]))
    tags = ["O" if complete else "?"] * len(document.tokens)
    for role in ROLES:
        for choice in (c for each in want[f"{role}s"] for c in events.choices(each) if c):
            meant = (e for e in document.entities if events.is_party(choice, (e.country, events.names(e))))
            places = [place for entity in meant for place in _places(document, event, entity)]
            places = places or list(_said(document, event, choice))
            _put(document, event, tags, _role(events.choices(want["event_type"])[0], role), places)
    return tags


def _role(kind: str | None, role: str) -> str:
    """What all do together, all do as actors."""
    return "actor" if kind and ontology.load()[kind].reciprocal else role


def _places(document: Document, event: Token, entity: Entity) -> list[Token]:
    """The words for somebody in the sentence of an event."""
    here = (m for m in entity.mentions if m.sentence == event.sentence)
    return list({t.i: t for t in (document.span_head(m.start, m.end) for m in here)}.values())


def _said(document: Document, event: Token, words: str) -> Iterator[Token]:
    sentence = document.sentences[event.sentence]
    at = document.text.find(words, sentence.start, sentence.end)
    if at >= 0:
        yield document.span_head(at, at + len(words))


def _put(document: Document, event: Token, tags: list[str], role: str, places: Iterable[Token]) -> None:
    """The word that stands closest in the tree takes part; that others are the same one says nothing of them."""
    near = sorted((t for t in places if t.i != event.i), key=lambda t: (_steps(document, event, t), t.i))
    for number, token in enumerate(near):
        tags[token.i] = role if number == 0 else "?" if tags[token.i] == "O" else tags[token.i]


def _steps(document: Document, one: Token, other: Token) -> int:
    """How many relations lie between two words of a sentence."""
    above = {t.i: n for n, t in enumerate([one, *document.ancestors(one)])}
    return next(n + above[t.i] for n, t in enumerate([other, *document.ancestors(other)]) if t.i in above)
