"""The time that an event is placed at: half-open windows out of ISO dates and instants, compared with care.

A date is a day on the calendar of whoever wrote it, an instant has an offset. Two instants are compared as instants;
as soon as one end is a mere date, all are compared by the wall clock, since 23:30 in Rome belongs to that day in Rome.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache

_EARLIEST, _LATEST = datetime(1, 1, 2), datetime(9999, 12, 30)
_REMEMBERED = 8192


def moment(value: str) -> datetime | None:
    """The wall-clock or aware time of an ISO string; None for what is no calendar value."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def utc(value: str) -> datetime:
    """An aware instant; a date or a time without offset is taken as UTC.

    Raises:
        ValueError: it is not ISO 8601.
    """
    found = datetime.fromisoformat(value)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Window:
    """``[low, high)``; an end that is not known is open."""

    low: datetime | None
    high: datetime | None

    @property
    def known(self) -> bool:
        """Whether it has an end at all."""
        return self.low is not None or self.high is not None

    @cached_property
    def aware(self) -> bool:
        """Whether its ends are instants with an offset."""
        return all(end is None or end.tzinfo is not None for end in (self.low, self.high))

    @cached_property
    def width(self) -> timedelta:
        """How wide it is; an open window is as wide as time."""
        wall = self.wall()
        return wall[1] - wall[0]

    def wall(self) -> tuple[datetime, datetime]:
        """Its ends by the clock on the wall."""
        return self._wall

    @cached_property
    def _wall(self) -> tuple[datetime, datetime]:
        low = self.low.replace(tzinfo=None) if self.low else _EARLIEST
        high = self.high.replace(tzinfo=None) if self.high else _LATEST
        return low, max(low + timedelta(minutes=1), high)

    def exact(self) -> tuple[datetime, datetime]:
        """Its ends as instants in UTC, where they are."""
        low = self.low.astimezone(UTC).replace(tzinfo=None) if self.low and self.low.tzinfo else self.wall()[0]
        high = self.high.astimezone(UTC).replace(tzinfo=None) if self.high and self.high.tzinfo else self.wall()[1]
        return low, max(low + timedelta(minutes=1), high)

    def days(self) -> tuple[datetime, datetime]:
        """The window widened to whole days by the wall clock."""
        return self._days

    @cached_property
    def _days(self) -> tuple[datetime, datetime]:
        low, high = self.wall()
        start = low.replace(hour=0, minute=0, second=0, microsecond=0)
        last = (high - timedelta(microseconds=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return start, last + timedelta(days=1)


@lru_cache(maxsize=_REMEMBERED)
def window(low: str | None, high: str | None) -> Window:
    """The window of a claim's ``from`` and ``to``."""
    return Window(moment(low) if low else None, moment(high) if high else None)


def overlap(a: Window, b: Window) -> bool:
    """Whether two windows share a moment (as instants if both are, else by the wall clock)."""
    first, second = (a.exact(), b.exact()) if a.aware and b.aware else (a.wall(), b.wall())
    return first[0] < second[1] and second[0] < first[1]


def same_days(a: Window, b: Window) -> bool:
    """Whether two windows share a calendar day."""
    first, second = a.days(), b.days()
    return first[0] < second[1] and second[0] < first[1]


def ended(win: Window, now: datetime) -> bool:
    """Whether a window lies wholly in the past; one without an end never does."""
    return win.high is not None and _at(win.high, now) <= now


def begun(win: Window, now: datetime) -> bool:
    """Whether a window has begun; one without a beginning has."""
    return win.low is None or _at(win.low, now) <= now


def _at(end: datetime, now: datetime) -> datetime:
    return end if end.tzinfo else end.replace(tzinfo=now.tzinfo)


@lru_cache(maxsize=_REMEMBERED)
def days(low: str | None, high: str | None) -> tuple[str | None, str | None]:
    """The days of a window, the last one exclusive; nothing for one that is wholly open."""
    found = window(low, high)
    if not found.known:
        return None, None
    first, after = found.days()
    return first.date().isoformat(), after.date().isoformat()
