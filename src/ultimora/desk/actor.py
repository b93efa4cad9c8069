"""What the page of an actor shows beside the events: with whom there was contact, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.answers.types import Actor, Speaker
from ultimora.desk.lines import Line, Quote
from ultimora.record.actors import countries
from ultimora.record.names import plain, same_name, same_person

_CONTACT = "CONSULT"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody with whom an actor was, is or will be in contact, and the contacts, the newest first."""

    other: Actor
    lines: tuple[Line, ...]


def is_meant(name: str, actor: Actor) -> bool:
    """Whether an actor is who a page is about: of that name, or of that state where the name is a state's."""
    code = countries().get(plain(name))
    if code is not None:
        return actor.country == code
    return same_person(name, actor.name) if actor.kind == "person" else same_name(name, actor.name)


def contacts_of(name: str, events: Sequence[Line]) -> list[Contact]:
    """Contacts by the other side, those with most first."""
    found: dict[str, tuple[Actor, list[Line]]] = {}
    for line in events:
        if line.found.event_type != _CONTACT or line.mark in ("withdrawn", "negative"):
            continue
        for other in {a.key: a for a in (*line.actors, *line.recipients)}.values():
            if not is_meant(name, other) and not other.anonymous:
                found.setdefault(other.key, (other, []))[1].append(line)
    made = [Contact(other, tuple(reversed(mine))) for other, mine in found.values()]
    return sorted(made, key=lambda c: (-len(c.lines), c.other.name))


def said_by(name: str, events: Sequence[Line]) -> list[Quote]:
    """The sentences in which an actor itself says something of these events, the newest first."""
    mine = [q for e in events for q in e.quotes if any(_speaks(name, chain) for chain in q.sources)]
    newest = sorted(mine, key=lambda q: q.published or "", reverse=True)
    return list({(q.article, q.sentence): q for q in newest if q.withdrawn_at is None}.values())


def _speaks(name: str, chain: tuple[Speaker, ...]) -> bool:
    return (
        bool(chain) and not chain[0].anonymous and (same_person(name, chain[0].name) or same_name(name, chain[0].name))
    )
