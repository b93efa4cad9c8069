"""Events as the desk shows them: the mark of their state, words for what, who and when, the sentences they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ultimora import ontology
from ultimora.answers.present import distinct
from ultimora.answers.types import Actor, Found, IndependentOrigin, Number, Reference, Relay, Speaker, Stood
from ultimora.desk.words import Words
from ultimora.record.windows import ended, window

_MARKS = '«»“”„"‘’'
MARKS = ("occurred", "ongoing", "planned", "overdue", "hypothetical", "negative", "called_off", "withdrawn", "moved")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that an event rests on, and where it was read."""

    sentence: str
    outlet: str
    published: str | None
    article: str
    revision: str
    claim: str
    url: str | None
    title: str | None
    language: str
    withdrawn_at: str | None
    known_at: str
    sources: tuple[tuple[Speaker, ...], ...]
    state: str
    mark: str
    rule: str

    @property
    def bare(self) -> bool:
        """Whether the sentence brings quotation marks of its own at its ends."""
        return self.sentence[:1] in _MARKS or self.sentence[-1:] in _MARKS


@dataclass(frozen=True, slots=True)
class Line:
    """An event, ready to be shown."""

    id: str
    mark: str
    state: str
    when: str
    low: str | None
    what: str
    typed: bool
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    mutual: bool
    place: str | None
    hour: str
    numbers: tuple[str, ...]
    disputed: bool
    outlets: int
    quotes: tuple[Quote, ...]
    new: bool
    found: Found

    @property
    def spans(self) -> bool:
        """Whether it takes more than the day under which it stands."""
        return not window(self.found.from_, self.found.to).low or window(self.found.from_, self.found.to).width.days > 1


def mark_of(event: Found, now: datetime) -> str:
    """Which mark an event bears: its status, unless it fell through or its time passed unreported."""
    if event.withdrawn:
        return "withdrawn"
    if event.polarity == "negative":
        return "called_off" if event.status == "planned" else "negative"
    if event.outcome == "moved":
        return "moved"
    if event.status == "planned" and ended(window(event.from_, event.to), now):
        return "overdue"
    return event.status


def line(event: Found, words: Words, *, since: str | None = None) -> Line:
    """An event in the reader's words; ``since`` tells what counts as new."""
    mark = mark_of(event, words.now)
    shown = distinct(event.references)
    first = min((r.known_at for r in event.references), default="")
    return Line(
        id=event.event,
        mark=mark,
        state=state_of(mark, event.certainty, words),
        when=words.when(event.from_, event.to),
        low=event.from_,
        what=words.kind(event.event_type, event.mode, event.predicate),
        typed=event.event_type is not None,
        actors=_named(event.actors, words),
        recipients=_named(event.recipients, words),
        mutual=bool(event.event_type) and ontology.load()[str(event.event_type)].reciprocal,
        place=_place(event, words),
        hour=words.hour(event.from_),
        numbers=numbers(event.numbers),
        disputed=event.disputed,
        outlets=len({r.outlet or r.article for r in event.references if r.withdrawn_at is None}),
        quotes=tuple(quote(r, words) for r in shown),
        new=since is not None and first > since,
        found=event,
    )


def lines(events: Iterable[Found], words: Words, *, since: str | None = None) -> list[Line]:
    """Several events."""
    return [line(e, words, since=since) for e in events]


def _named(actors: Iterable[Actor], words: Words) -> tuple[Actor, ...]:
    return tuple(words.named(a) for a in actors)


def _place(event: Found, words: Words) -> str | None:
    """The place, unless it is one of the parties."""
    if event.place is None:
        return None
    parties = {a.name for a in (*event.actors, *event.recipients)}
    return None if event.place.name in parties else words.actor(event.place.name)


def state_of(mark: str, certainty: str, words: Words) -> str:
    """A mark in words, with how certain it is where it is not."""
    said = words.one("mark", mark)
    return said if certainty == "certain" or mark in MARKS[5:] else f"{said}, {words.one('certainty', certainty)}"


def numbers(found: Sequence[Number]) -> tuple[str, ...]:
    """The numbers of something."""
    return tuple(dict.fromkeys(" ".join(n.text.split()) for n in found if n.of or n.unit))


def quote(reference: Reference, words: Words) -> Quote:
    """A reference as the desk shows it."""
    mark: str = "withdrawn" if reference.withdrawn_at else reference.status
    if reference.polarity == "negative" and not reference.withdrawn_at:
        mark = "called_off" if reference.status == "planned" else "negative"
    return Quote(
        sentence=reference.sentence,
        outlet=reference.outlet or host(reference.url) or reference.article[:8],
        published=reference.published or reference.known_at,
        article=reference.article,
        revision=reference.revision,
        claim=reference.claim,
        url=safe(reference.url),
        title=reference.title,
        language=reference.language,
        withdrawn_at=reference.withdrawn_at,
        known_at=reference.known_at,
        sources=reference.sources,
        state=state_of(mark, reference.certainty, words),
        mark=mark,
        rule=reference.rule,
    )


def differing(history: Sequence[Stood]) -> list[Stood]:
    """How an event stood, without what reads as the step before it but for capital letters."""
    kept: list[Stood] = []
    for stood in history:
        if not kept or _read(kept[-1]) != _read(stood):
            kept.append(stood)
    return kept


def _read(stood: Stood) -> tuple[object, ...]:
    said = tuple(n.text.casefold() for n in stood.numbers)
    return stood.status, stood.polarity, stood.certainty, stood.withdrawn, stood.from_, stood.to, said


def relays(origin: IndependentOrigin) -> list[tuple[Relay, int]]:
    """How an origin's word reached us: each way once, with the number of sentences that came by it."""
    found: dict[tuple[object, ...], list[Relay]] = {}
    for relay in origin.relays:
        said = relay.reference
        found.setdefault((relay.chain, said.article, said.published), []).append(relay)
    return [(same[0], len(same)) for same in found.values()]


def safe(url: str | None) -> str | None:
    """An address that may be linked to: of the web, and nothing else."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def host(url: str | None) -> str | None:
    """The name of the server of an address."""
    good = safe(url)
    return urlsplit(good).hostname if good else None
