"""What a question gets for an answer: frozen, with the sentences, outlets and dates that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ultimora.record.alignment import SentenceEdit
from ultimora.record.plans import Outcome
from ultimora.types import Certainty, Comparison, EntityKind, Polarity, Stance, Status

SCHEMA = "ultimora.answer/1"

Question = Literal["last", "next", "timeline", "agenda", "show"]
Kind = Literal["any", "call", "visit", "meeting"]
NoteKind = Literal[
    "denied",
    "planned",
    "moved",
    "called off",
    "withdrawn",
    "loosely",
    "several people",
    "later than the record",
    "left out",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes part, or says so. ``key`` is the same wherever the record speaks of it."""

    key: str
    name: str
    kind: EntityKind
    country: str | None
    office: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of an attribution chain, the one nearest the facts first."""

    name: str
    stance: Stance
    anonymous: bool = False
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the event's claims give, the newest of its kind."""

    text: str
    value: float
    comparison: Comparison
    unit: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence that an answer rests on: where it stands, what it asserts, since when we knew, who says so.

    ``sources`` has one chain for each independent origin; the article's own voice is an empty chain. ``withdrawn_at``
    is when its article no longer said so.
    """

    claim: str
    sentence: str
    outlet: str | None
    title: str | None
    url: str | None
    language: str
    published: str | None
    known_at: str
    withdrawn_at: str | None
    article: str
    revision: str
    status: Status
    polarity: Polarity
    certainty: Certainty
    from_: str | None
    to: str | None
    sources: tuple[tuple[Speaker, ...], ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Stood:
    """How an event stood from ``known_at`` on."""

    known_at: str
    status: Status
    polarity: Polarity
    certainty: Certainty
    from_: str | None
    to: str | None
    numbers: tuple[Number, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An event in an answer."""

    event: str
    event_type: str | None
    mode: str | None
    predicate: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Actor | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    disputed: bool
    withdrawn: bool
    numbers: tuple[Number, ...]
    references: tuple[Reference, ...]
    outcome: Outcome | None = None
    history: tuple[Stood, ...] = ()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What should be known beside the answer; ``event`` where it is about one."""

    kind: NoteKind
    text: str
    event: Found | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: the events that it names, best first, and notes.

    ``as_of`` is the instant whose knowledge it draws on, None for all that is known; ``now`` is what counted as the
    present.
    """

    schema: str
    question: Question
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    events: tuple[Found, ...]
    notes: tuple[Note, ...] = ()

    def _repr_html_(self) -> str:
        """The answer for a notebook, escaped."""
        from ultimora.answers.html import table

        return table(self)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of an article that changed from one revision to the next; an edited quotation has no event."""

    kind: str
    event: str
    what: str
    old: str | None
    new: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One revision of an article beside the one before it: what changed in facts, and beneath it in sentences."""

    article: str
    title: str | None
    outlet: str | None
    url: str | None
    known_at: str
    published: str | None
    changes: tuple[Change, ...]
    sentences: tuple[SentenceEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in articles: their revisions, oldest first, each with its changes of fact."""

    schema: str
    question: Literal["changes"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """How an origin's word reached us: the chain from nearest the facts to the outlet that printed it."""

    chain: tuple[Speaker, ...]
    reference: Reference


@dataclass(frozen=True, slots=True)
class IndependentOrigin:
    """One independent origin of an event and everybody who passes it on."""

    name: str
    anonymous: bool
    outlets: tuple[str, ...]
    relays: tuple[Relay, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who says that an event happened, and through whom we know."""

    schema: str
    question: Literal["sources"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    event: Found
    origins: tuple[IndependentOrigin, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it says, the independent origins behind it, and its sentences, the newest first."""

    says: str
    origins: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims about one event that cannot both be true. ``about`` is what is counted, where numbers are disputed."""

    dispute: str
    kind: Literal["number", "denial", "place", "time"]
    about: str | None
    event: Found
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Disputes:
    """What is disputed, by event in order of time."""

    schema: str
    question: Literal["disputes"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    disputes: tuple[Dispute, ...]
