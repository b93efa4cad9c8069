"""What the record keeps, as frozen types. Three times are never mixed up: happened, published, known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ultimora.types import Certainty, EntityKind, Polarity, Stance, Status

Fate = Literal["moved", "off"]


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an event or says so: a key that is the same in every article, and the name used here."""

    key: str
    name: str
    kind: EntityKind
    country: str | None = None
    office: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One link of an attribution chain."""

    party: Party
    stance: Stance
    medium: Party | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a claim."""

    text: str
    value: float
    comparison: str
    unit: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What one sentence of one article asserts, in words that hold outside the article.

    ``id`` is a hash of the article and all of this: the same sentence with the same reading in a later revision is the
    same claim. ``sentence`` and ``start`` place it in the revision it was first read in.
    """

    id: str
    sentence: int
    text: str
    trigger: str
    start: int
    predicate: str
    event_type: str | None
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Party | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    chains: tuple[tuple[Source, ...], ...]
    amounts: tuple[Amount, ...]
    rule: str
    time_from: str | None = None
    fate: Fate | None = None
    """What the sentence says became of a plan: that it was moved, or called off."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What one article says of one happening: its event, in words that hold outside the article."""

    id: str
    event_type: str | None
    mode: str | None
    predicate: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Party | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    claims: tuple[str, ...]
    amounts: tuple[Amount, ...] = ()
    told: str | None = None
    """The day on which the article told it."""
    first: str | None = None
    last: str | None = None
    """The days between which its claims place it, the last one exclusive."""
    beside: str | None = None
    """The report beside it in the article, of the same happening where nothing that is known says otherwise."""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Both sides."""
        return self.actors + self.recipients


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """An office that an article says somebody holds, held or is to hold, and the sentence that says so."""

    title: str
    of: str | None
    tense: Literal["former", "current", "elect", "acting"]
    sentence: str


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor as one article speaks of it: its key, its names, its offices."""

    party: Party
    names: tuple[str, ...]
    offices: tuple[OfficeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """A reading turned into what the record keeps."""

    claims: tuple[ClaimFacts, ...]
    reports: tuple[ReportFacts, ...]
    actors: tuple[ActorFacts, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an article. ``stated`` is when it says it was last changed, ``known_at`` when we met it."""

    id: str
    article: str
    content: str
    stated: str | None
    known_at: str
    seen: bool
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    language: str = "und"
    published: str | None = None
    modified: str | None = None
    state: str | None = None
    sketch: str | None = None
    """What tells whether another article is a copy of it (:func:`ultimora.record.prints.sketch`)."""
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, str]:
        """The canonical order in which the record takes revisions in, whatever order they arrived in."""
        return (self.known_at, self.stated or "", self.id)

    @property
    def age(self) -> tuple[str, str, str]:
        """Which of two revisions of an article is the newer: by what they state, else by when they were met."""
        return (self.stated or self.known_at, self.known_at, self.id)


@dataclass(frozen=True, slots=True)
class Span:
    """When a claim stood in its article as we knew it: ``[since, until)``, open while it stands."""

    claim: str
    since: str
    until: str | None
    opened_by: str
    closed_by: str | None


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim out of the record: what it asserts, where it stands, and since when (until when) we knew it to."""

    facts: ClaimFacts
    revision: Revision
    article: str
    event: str
    since: str
    until: str | None

    @property
    def standing(self) -> bool:
        """Whether its article still says so."""
        return self.until is None


@dataclass(frozen=True, slots=True)
class Stand:
    """How an event stood from an instant on."""

    known_at: str
    status: Status
    polarity: Polarity
    certainty: Certainty
    from_: str | None
    to: str | None
    amounts: tuple[Amount, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event out of the record: what its claims establish together, and how that came about."""

    id: str
    event_type: str | None
    mode: str | None
    predicate: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Party | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    disputed: bool
    withdrawn: bool
    claims: tuple[KeptClaim, ...]
    history: tuple[Stand, ...] = ()
    amounts: tuple[Amount, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """Both sides."""
        return self.actors + self.recipients


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a reading did."""

    article: str
    revision: str
    outcome: Literal["new article", "new revision", "known already"]
    known_at: str
    new_claims: int = 0
    withdrawn_claims: int = 0
    new_events: tuple[str, ...] = ()
    joined_events: tuple[str, ...] = ()
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Grown:
    """An event while reports are joined to it: all that matching needs, and nothing of what the claims establish."""

    id: str
    event_type: str | None
    predicates: tuple[str, ...]
    modes: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Party, ...]
    windows: tuple[tuple[str | None, str | None, Status], ...]
    articles: tuple[str, ...]
    order: tuple[str, ...] = field(default=())
    marks: tuple[str, ...] = field(default=())
    """Under which it is found when somebody asks for one of its parties."""
    first: str | None = None
    last: str | None = None
    numbers: tuple[tuple[str, float], ...] = ()
    """The number of each thing that it is known with."""
    denied: bool = False
    """Whether somebody denies it: who denies it again most likely means it too."""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Both sides."""
        return self.actors + self.recipients
