"""Two actors over time: how much they co-operate and how much they are in conflict, week by week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ultimora import ontology
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.contacts import both_of
from ultimora.answers.types import SCHEMA
from ultimora.record.types import KeptEvent
from ultimora.record.windows import window

By = Literal["day", "week", "month"]
_WIDE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some events: how many of each PLOVER type, how many of co-operation and of conflict, and their mean score.

    ``score`` is PLOVER's, from -10 (conflict) to +10 (co-operation); None where there is no event.
    """

    events: int
    types: Mapping[str, int]
    cooperation: int
    conflict: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month ``[from_, to)``: what certainly happened, and what is merely claimed."""

    from_: str
    to: str
    certain: Tally
    claimed: Tally


@dataclass(frozen=True, slots=True)
class Dyad:
    """The events of two actors by period; periods without any stand between the first and the last."""

    schema: str
    question: Literal["dyad"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    a: str
    b: str
    by: By
    periods: tuple[Period, ...]
    undated: int
    events: tuple[str, ...]


def dyad(asking: Asking, a: str, b: str, by: By = "week", since: str | None = None, until: str | None = None) -> Dyad:
    """Co-operation and conflict of two actors over time.

    Planned, supposed, denied and withdrawn events do not count.

    Raises:
        NoAnswer: nothing between them is known.
    """
    first, second = asking.who(a), asking.who(b)
    low, high = (since or "")[:10] or None, (until or "")[:10] or None
    ids = asking.loader.find([first, second], None, low, high)
    events = [e for e in asking.loader.events(ids) if _counts(e) and both_of(first, second, e)]
    dated = [e for e in events if _day(e) is not None and _between(e, low, high)]
    if not dated:
        raise nothing(asking, f"no event of {a} and {b} with a date is known to have happened")
    periods = tuple(_periods(sorted(dated, key=in_time), by))
    asked = tuple(x for x in (a, b, by, since, until) if x)
    kept = tuple(e.id for e in sorted(dated, key=in_time))
    left = len([e for e in events if _day(e) is None])
    return Dyad(SCHEMA, "dyad", asked, asking.as_of, asking.present, first.label, second.label, by, periods, left, kept)


def _counts(event: KeptEvent) -> bool:
    happened = event.status in ("occurred", "ongoing") and event.polarity == "positive"
    return event.event_type is not None and happened and not event.withdrawn


def _day(event: KeptEvent) -> date | None:
    span = window(event.from_, event.to)
    if span.low is None or span.width > _WIDE:
        return None
    return span.low.date()


def _between(event: KeptEvent, low: str | None, high: str | None) -> bool:
    day = str(_day(event))
    return (low is None or day >= low) and (high is None or day < high)


def _periods(events: Sequence[KeptEvent], by: By) -> Iterable[Period]:
    by_start: dict[date, list[KeptEvent]] = {}
    for event in events:
        by_start.setdefault(_start(_day(event) or date.min, by), []).append(event)
    start, last = min(by_start), max(by_start)
    while start <= last:
        found = by_start.get(start, [])
        sure = [e for e in found if e.certainty == "certain" and not e.disputed]
        after = _next(start, by)
        yield Period(str(start), str(after), _tally(sure), _tally([e for e in found if e not in sure]))
        start = after


def _start(day: date, by: By) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def _next(start: date, by: By) -> date:
    if by == "month":
        return (start + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=7 if by == "week" else 1)


def _tally(events: Sequence[KeptEvent]) -> Tally:
    types: dict[str, int] = {}
    for event in events:
        types[str(event.event_type)] = types.get(str(event.event_type), 0) + 1
    quads = [ontology.load()[str(e.event_type)].quad for e in events]
    scores = [ontology.score(str(e.event_type), e.mode) for e in events]
    mean = round(sum(scores) / len(scores), 2) if scores else None
    together = sum("cooperation" in q for q in quads)
    return Tally(len(events), dict(sorted(types.items())), together, len(events) - together, mean)
