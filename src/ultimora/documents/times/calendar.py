"""Calendar arithmetic and what a TIMEX3 value stands for. Knows no language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Bounds = tuple[datetime, datetime]

PARTS_OF_DAY = {"MO": (6, 12), "MI": (12, 14), "AF": (12, 18), "EV": (18, 24), "NI": (21, 30), "DT": (6, 18)}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<clock>T.+)?)?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?$"
)
_CLOCK = re.compile(
    r"T(?:(?P<part>MO|MI|AF|EV|NI|DT)|(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?)"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?$"
)


@dataclass(frozen=True)
class Interval:
    """A half-open interval; ``whole`` where both ends are midnights that stand for whole days; ``zone`` as written."""

    start: datetime
    end: datetime
    whole: bool
    zone: str | None = None


@lru_cache(maxsize=8192)
def interval(value: str) -> Interval | None:
    """What a fully specified TIMEX3 value covers, None for any other value.

    >>> interval("2025-Q3").end
    datetime.datetime(2025, 10, 1, 0, 0)
    """
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> Interval | None:
    if re.fullmatch(r"\d{2,3}", value):
        size = 10 ** (4 - len(value))
        return _whole(_midnight(int(value) * size or 1), _midnight((int(value) + 1) * size))
    found = _VALUE.match(value)
    if not found:
        return None
    if found["clock"]:
        return _clock(date(int(found["year"]), int(found["month"]), int(found["day"])), found["clock"])
    start, end = _days(found)
    return _whole(start, end)


def _whole(start: datetime, end: datetime) -> Interval:
    return Interval(start, end, True)


def _midnight(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day)


def _days(found: re.Match[str]) -> Bounds:
    year = int(found["year"])
    if found["day"]:
        start = _midnight(year, int(found["month"]), int(found["day"]))
        return start, start + timedelta(days=1)
    if found["week"]:
        start = datetime.fromisocalendar(year, int(found["week"]), 6 if found["weekend"] else 1)
        return start, start + timedelta(days=2 if found["weekend"] else 7)
    if found["month"]:
        return _months(year, int(found["month"]), 1)
    if found["quarter"]:
        return _months(year, int(found["quarter"]) * 3 - 2, 3)
    if found["half"]:
        return _months(year, int(found["half"]) * 6 - 5, 6)
    if found["season"]:
        return _months(year, SEASONS[found["season"]], 3)
    return _months(year, 1, 12)


def _months(year: int, month: int, size: int) -> Bounds:
    start = _midnight(year, month)
    if (year, month + size) == (9999, 13):
        return start, datetime(9999, 12, 31)
    return start, datetime.combine(add_months(start.date(), size), time())


def _clock(day: date, clock: str) -> Interval | None:
    found = _CLOCK.match(clock)
    if not found:
        return None
    midnight = datetime.combine(day, time())
    if found["part"]:
        first, last = PARTS_OF_DAY[found["part"]]
        return Interval(midnight + timedelta(hours=first), midnight + timedelta(hours=last), False, found["zone"])
    size = timedelta(seconds=1) if found["second"] else timedelta(minutes=1) if found["minute"] else timedelta(hours=1)
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 59:
        return None
    start = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    return Interval(start, start + size, False, found["zone"])


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether such a date exists; what is not given is taken as any."""
    if year is not None and not 1 <= year <= 9998:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    longest = days_in(2000 if year is None else year, month) if month else 31
    return 1 <= day <= longest


def week(day: date) -> str:
    """The ISO week of a day as a value."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def quarter(day: date) -> str:
    """The quarter of a day as a value."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def weekend(day: date, shift: int = 0) -> str:
    """The weekend of the day's week, or so many weeks on."""
    return week(day + timedelta(weeks=shift)) + "-WE"


def shifted(day: date, unit: str, amount: int) -> date:
    """The day so many calendar units on; units are ``D W M Q Y`` and multiples in front (``10Y``)."""
    size, letter = size_of(unit)
    amount *= size
    if letter in ("D", "W", "WE"):  # a weekend ago is a week ago
        return day + timedelta(days=amount * (1 if letter == "D" else 7))
    return add_months(day, amount * {"M": 1, "Q": 3, "H": 6, "Y": 12}[letter])


def size_of(unit: str) -> tuple[int, str]:
    """A unit's multiple and letters.

    >>> size_of("10Y")
    (10, 'Y')
    """
    digits = re.match(r"\d*", unit)
    size = digits.group() if digits else ""
    return int(size or 1), unit[len(size) :]


def grain_value(day: date, unit: str) -> str:
    """The calendar unit that a day lies in, as a value."""
    size, letter = size_of(unit)
    makers: dict[str, Callable[[date], str]] = {
        "D": lambda d: d.isoformat(),
        "W": week,
        "WE": weekend,
        "M": lambda d: f"{d.year:04d}-{d.month:02d}",
        "Q": quarter,
        "H": lambda d: f"{d.year:04d}-H{(d.month + 5) // 6}",
    }
    if letter == "Y":
        digits = f"{day.year:04d}"
        return digits[:3] if size == 10 else digits[:2] if size == 100 else digits
    return makers[letter](day)


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date | None:
    """The first, second, … (or with -1 the last) such weekday (1 to 7) of a month."""
    if number < 0:
        last = date(year, month, days_in(year, month))
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (number - 1)
    return date(year, month, day) if day <= days_in(year, month) else None


def holiday(rule: str, year: int) -> date | None:
    """A holiday's day in a year: ``12-25``, ``E+1`` (days from Easter), ``11-4#4`` (fourth Thursday of November)."""
    if rule.startswith("E"):
        return easter(year) + timedelta(days=int(rule[1:] or 0))
    month, rest = rule.split("-", 1)
    if "#" in rest:
        weekday, number = rest.split("#")
        return weekday_of_month(year, int(month), int(weekday), int(number))
    return date(year, int(month), int(rest)) if valid(year, int(month), int(rest)) else None
