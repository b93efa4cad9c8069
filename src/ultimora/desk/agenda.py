"""Plans by day, by week, and as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from ultimora import __version__
from ultimora.answers.types import Answer, Found
from ultimora.api.guard import CALENDAR, SESSION
from ultimora.desk.lines import Line, line
from ultimora.desk.site import Visit
from ultimora.desk.words import Words
from ultimora.record.windows import window

_WEEKS = 5


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or no day, and what is planned for it."""

    day: date | None
    label: str
    today: bool
    events: tuple[Line, ...]


def by_day(events: Sequence[Line], words: Words) -> list[Day]:
    """Events by the day on which they begin; what is under way stands under today, what has no day at the end."""
    rows: dict[date | None, list[Line]] = {}
    for each in events:
        rows.setdefault(_begins(each, words), []).append(each)
    today = words.now.date()
    ordered = sorted(rows, key=lambda d: (d is None, d or today))
    return [Day(d, words.long_day(d) if d else words("undated"), d == today, tuple(rows[d])) for d in ordered]


def soonest(events: Sequence[Line], words: Words, most: int) -> list[Line]:
    """The first ``most`` by the day on which they begin, what has no day last; of those that look alike only one."""
    alike = {(e.what, e.actors, e.recipients, e.place, e.when, e.numbers): e for e in reversed(events)}
    return [e for d in by_day(list(reversed(alike.values())), words) for e in d.events][:most]


def _begins(each: Line, words: Words) -> date | None:
    span, today = window(each.found.from_, each.found.to), words.now.date()
    if span.low is None:
        return None if span.high is None else max(today, (span.high - timedelta(seconds=1)).date())
    if span.high is None:  # announced for some day from then on: once that is past, it has no day
        return span.low.date() if span.low.date() >= today else None
    return max(span.low.date(), today)


def weeks(events: Sequence[Line], words: Words) -> list[list[Day]]:
    """This week and the following, each of seven days from Monday, with what begins on each."""
    monday = words.now.date() - timedelta(days=words.now.weekday())
    days = {d.day: d for d in by_day(events, words)}

    def one(day: date) -> Day:
        known = days.get(day)
        return Day(day, words.day(day, weekday=False), day == words.now.date(), known.events if known else ())

    made = [[one(monday + timedelta(days=7 * w + i)) for i in range(7)] for w in range(_WEEKS)]
    last = max((i for i, week in enumerate(made) if any(d.events for d in week)), default=0)
    return made[: max(last + 1, 2)]


def address(visit: Visit) -> str:
    """Where calendars get the agenda; with a key where tokens are asked for, since they can send nothing else."""
    access = visit.request.app.state.access
    session = visit.request.cookies.get(SESSION, "")
    mine = [t for t in access.tokens if t.derived(SESSION) == session]
    return visit.link("/agenda.ics", key=mine[0].derived(CALENDAR) if mine else None)


def calendar(planned: Answer | None, words: Words, base: str) -> bytes:
    """The agenda as iCalendar; ``base`` is where the desk is reached."""
    made = Calendar()
    made.add("prodid", f"-//ultimora {__version__}//{words.tag}")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"ultimora: {words('agenda')}")
    for event in planned.events if planned else ():
        if event.from_ or event.to:
            made.add_component(_entry(event, words, base))
    for note in planned.notes if planned else ():
        if note.event is not None and (note.event.from_ or note.event.to):
            made.add_component(_entry(note.event, words, base, off=True))
    return bytes(made.to_ical())


def _entry(event: Found, words: Words, base: str, *, off: bool = False) -> Event:
    shown, entry = line(event, words), Event()
    who = " – ".join(a.name for a in (*event.actors, *event.recipients))
    entry.add("uid", f"{event.event}@ultimora")
    entry.add("summary", ": ".join(x for x in (shown.what, who) if x))
    entry.add("dtstamp", datetime.fromisoformat(max(r.known_at for r in event.references)).replace(microsecond=0))
    _times(entry, event)
    if event.place is not None:
        entry.add("location", event.place.name)
    said = [f"“{q.sentence}” ({q.outlet})" for q in shown.quotes[:3]]
    entry.add("description", "\n".join([shown.state, *said]))
    entry.add("url", f"{base}event/{event.event}")
    entry.add("sequence", max(len(event.history) - 1, 0))
    off = off or shown.mark in ("called_off", "withdrawn")
    entry.add("status", "CANCELLED" if off else "CONFIRMED" if event.certainty == "certain" else "TENTATIVE")
    return entry


def _times(entry: Event, event: Found) -> None:
    """Days stay days, instants become UTC; an end alone is the day before it."""
    span = window(event.from_, event.to)
    low = span.low or (span.high - timedelta(days=1) if span.high else None)
    if low is None:
        return
    if low.tzinfo is not None:
        entry.add("dtstart", low.astimezone(UTC))
        if span.high is not None and span.high.tzinfo is not None and span.high > low:
            entry.add("dtend", span.high.astimezone(UTC))
        return
    first, after = window(low.isoformat(), event.to).days()
    entry.add("dtstart", first.date())
    if span.high is not None:
        entry.add("dtend", after.date())
