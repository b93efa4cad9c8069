"""What a world is made of: happenings that unfold, what can be said of them, and the articles that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from benchmarks.simulator.words import Body, City, Person, State, Value

Party = Person | State | Body
Status = Literal["occurred", "ongoing", "planned", "hypothetical"]
Outcome = Literal["happened", "moved", "called off", "denied", "unreported"]


@dataclass(frozen=True)
class Happening:
    """One happening: who does what to whom, and which story it belongs to. ``kind`` names its wordings."""

    id: str
    story: str
    kind: str
    event_type: str | None
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Source:
    """Who says so: the party that is named, and the origin that it counts as."""

    value: Value
    origin: str
    stance: str = "announces"
    anonymous: bool = False


@dataclass(frozen=True)
class Fact:
    """What a message says of one happening."""

    event: str
    status: Status = "occurred"
    positive: bool = True
    certainty: str = "certain"
    day: date | None = None
    place: City | None = None
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Message:
    """One thing that can be told: its wording, the values in it, what it says, who says so.

    A later message with the same slot takes the place of an earlier one when an article is brought up to date.
    ``whole`` messages name their source in their own wording.
    """

    key: str
    slot: str
    fields: Mapping[str, Value]
    facts: tuple[Fact, ...]
    source: Source | None = None
    whole: bool = False


@dataclass(frozen=True)
class Beat:
    """What becomes known of a story at one time: the first message leads; ``fresh`` replaces what was told before."""

    at: datetime
    story: str
    messages: tuple[Message, ...]
    fresh: tuple[Message, ...] = ()
    ends: tuple[str, ...] = ()
    """Slots that nobody may tell any more."""


@dataclass(frozen=True)
class Told:
    """A fact as one sentence asserts it: with the chain of sources, nearest first, and the origin that they make."""

    fact: Fact
    chain: tuple[Source, ...]
    origin: str
    used: tuple[str, ...] = ()
    """The fields that its wording has: who and what is named in it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article and what it says; ``slot`` None for what says nothing of the record."""

    text: str
    told: tuple[Told, ...] = ()
    slot: str | None = None
    message: Message | None = None
    short: frozenset[str] = frozenset()
    """Who was introduced before it, and goes by the last name in it."""


@dataclass(frozen=True)
class Telling:
    """One revision of one article."""

    url: str
    outlet: str
    language: str
    published: datetime
    modified: datetime | None
    story: str
    title: Sentence
    body: tuple[Sentence, ...]
    copied_from: str | None = None
    number: int = 0
    lead: Message | None = None

    @property
    def at(self) -> datetime:
        """When it came out."""
        return self.modified or self.published

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The headline and the body."""
        return (self.title, *self.body)

    @property
    def text(self) -> str:
        """The article as a news page's text: headline, blank line, paragraphs."""
        return f"{self.title.text}\n\n" + "\n\n".join(s.text for s in self.body) + "\n"

    def told(self, event: str) -> list[Told]:
        """What it says of a happening."""
        return [t for s in self.sentences for t in s.told if t.fact.event == event]


@dataclass
class World:
    """A seeded world with its true record."""

    seed: int
    start: date
    happenings: dict[str, Happening] = field(default_factory=dict)
    beats: list[Beat] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    disputes: set[tuple[str, str]] = field(default_factory=set)
    """Happening and what is disputed: ``number`` or ``denied``."""
    expectations: dict[tuple[str, date | None], Outcome] = field(default_factory=dict)
    """What became of a plan for a day."""

    def latest(self) -> dict[str, Telling]:
        """The revision of each article that stands in the end."""
        return {t.url: t for t in sorted(self.tellings, key=lambda t: t.at)}


def moved(fact: Fact, day: date) -> Fact:
    """The fact on another day."""
    return replace(fact, day=day)
