"""Events as the desk shows them: the mark of their state, words for what, who and when, the sentences they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ultimora.answers.present import distinct
from ultimora.answers.types import Actor, Found, Number, Reference, Speaker
from ultimora.desk.words import Words
from ultimora.record.windows import ended, window

MARKS = ("occurred", "ongoing", "planned", "overdue", "hypothetical", "negative", "called_off", "withdrawn")


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
    place: Actor | None
    numbers: tuple[str, ...]
    disputed: bool
    outlets: int
    quotes: tuple[Quote, ...]
    new: bool
    found: Found


def mark_of(event: Found, now: datetime) -> str:
    """Which mark an event bears: its status, unless it fell through or its time passed unreported."""
    if event.withdrawn:
        return "withdrawn"
    if event.polarity == "negative":
        return "called_off" if event.status == "planned" else "negative"
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
        actors=event.actors,
        recipients=event.recipients,
        place=event.place,
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


def state_of(mark: str, certainty: str, words: Words) -> str:
    """A mark in words, with how certain it is where it is not."""
    said = words.one("mark", mark)
    return said if certainty == "certain" or mark in MARKS[5:] else f"{said}, {words.one('certainty', certainty)}"


def numbers(found: Sequence[Number]) -> tuple[str, ...]:
    """The numbers of something."""
    return tuple(dict.fromkeys(" ".join(n.text.split()) for n in found if n.of or n.unit))


def quote(reference: Reference, words: Words) -> Quote:
    """A reference as the desk shows it."""
    mark = "withdrawn" if reference.withdrawn_at else reference.status
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
