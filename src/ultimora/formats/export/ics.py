"""Expectations as a calendar (RFC 5545): what was announced for a day, as it stands now.

``UID`` is the event's for ever, ``SEQUENCE`` counts how often it came to stand otherwise, ``STATUS`` is CONFIRMED for
what is certain, TENTATIVE for what is not, CANCELLED for what was called off, denied, withdrawn or moved. What has no
day is no entry.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ultimora.answers.exporting import Exported
from ultimora.answers.types import Found
from ultimora.formats.export._words import cited, known_at, title, urn, web

HELP = "what was announced for a day, for a calendar: TENTATIVE, CONFIRMED or CANCELLED as it stands"
SUFFIX = ".ics"
_FALLEN = ("called off", "denied", "moved")
_LONG = timedelta(days=3)
_MOST = 5


def render(exported: Exported) -> bytes:
    """A calendar with every expectation that has a day."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//ultimora//record//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in (e.event for e in exported.events):
        if event.outcome is not None and (event.from_ or event.to):
            calendar.add_component(_entry(event, exported.language))
    return bytes(calendar.to_ical())


def _entry(event: Found, language: str) -> Any:
    from icalendar import Event

    begin, end = _span(event)
    known = known_at(event)
    entry = Event()
    entry.add("uid", f"{event.event}@record.ultimora")
    entry.add("dtstart", begin)
    entry.add("dtend", end)
    entry.add("summary", title(event, language))
    entry.add("status", _status(event))
    entry.add("sequence", len(known) - 1 + (event.moved_to is not None))
    entry.add("dtstamp", _instant(known[-1]))
    entry.add("created", _instant(known[0]))
    entry.add("last-modified", _instant(known[-1]))
    entry.add("description", "\n".join(cited(r) for r in event.references[:_MOST]))
    entry.add("transp", "TRANSPARENT" if end - begin > _LONG else "OPAQUE")
    if event.place is not None:
        entry.add("location", event.place.name)
    if event.moved_to is not None:
        entry.add("related-to", f"{event.moved_to}@record.ultimora")
    address = next((web(r.url) for r in event.references if web(r.url)), None)
    entry.add("url", address or urn("event", event.event))
    return entry


def _status(event: Found) -> str:
    if event.outcome in _FALLEN or event.withdrawn or event.polarity == "negative":
        return "CANCELLED"
    return "CONFIRMED" if event.certainty == "certain" else "TENTATIVE"


def _span(event: Found) -> tuple[Any, Any]:
    """Begin and end, both days or both instants; an open end is a day after the begin, an open begin the day before."""
    begin, end = (_moment(value) for value in (event.from_, event.to))
    if begin is None or end is None:
        known = begin if begin is not None else end
        return (known, known + timedelta(days=1)) if begin is not None else (known - timedelta(days=1), known)
    if isinstance(begin, datetime) != isinstance(end, datetime):
        begin, end = _day(begin), _day(end) if _day(end) > _day(begin) else _day(begin) + timedelta(days=1)
    return (begin, end) if end > begin else (begin, begin + timedelta(days=1))


def _moment(value: str | None) -> Any:
    if value is None:
        return None
    if "T" not in value:
        return date.fromisoformat(value[:10])
    moment = datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)
