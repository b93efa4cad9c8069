"""Resolvers of times of day: by the clock, and by part of the day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from ultimora.documents.times.calendar import Interval
from ultimora.documents.times.context import Context, Found, Meaning, shift_days
from ultimora.documents.times.dates import calendar_date
from ultimora.documents.times.relative import relative_day

_UNKNOWN = "XXXX-XX-XX"
_AFTERNOON = {"AF", "EV", "NI"}


def clock_time(found: Found, context: Context, day: date | None = None, part: str | None = None) -> Meaning | None:
    """A time by the clock, on ``day`` or the day spoken of; ``part`` of the day tells morning from evening."""
    numbers = _numbers(found)
    if numbers is None:
        return None
    hour, minute, second = numbers
    hour = _half_day(hour, found.get("P") or part or context.part)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    base = day or context.near_day()
    if hour == 24:
        base, hour = shift_days(base, 1), 0
    if day is None and context.in_sentence is None and _still_to_come(base, hour, minute, context):
        base = shift_days(base, -1)
    stem = base.isoformat() if base else _UNKNOWN
    value = f"{stem}T{hour:02d}:{minute:02d}" + ("" if second is None else f":{second:02d}") + str(found.get("Z") or "")
    return Meaning("TIME", value, found.get("A"), "D")


def _still_to_come(base: date | None, hour: int, minute: int, context: Context) -> bool:
    """Whether a time told in the past would lie after publication: then it was the day before's."""
    now = context.now
    if base is None or now is None or (now.hour, now.minute) == (0, 0):
        return False
    late = datetime.combine(base, time(hour, minute)) > now.replace(tzinfo=None)
    return late and context.tense() < 0


def _numbers(found: Found) -> tuple[int, int, int | None] | None:
    raw = found.get("C")
    if raw is None:
        return None
    parts = [int(n) for n in re.split(r"[:.]", str(raw))] if isinstance(raw, str) else [int(raw)]
    if isinstance(raw, float):
        parts = [int(raw), round(raw % 1 * 100)]
    if found.get("military"):
        parts = [int(raw) // 100, int(raw) % 100]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else int(found.get("I", 0))
    if found.get("L") is not None:
        total = hour * 60 - int(found.get("L"))
        hour, minute = divmod(total % (24 * 60), 60)
    return hour, minute, parts[2] if len(parts) > 2 else None


def _half_day(hour: int, part: str | None) -> int:
    if part in _AFTERNOON and hour < 12:
        return hour if part == "NI" and hour < 6 else hour + 12
    if part == "MO" and hour == 12:
        return 0
    return hour


def part_of_day(found: Found, context: Context, day: date | None = None) -> Meaning | None:
    """A part of the day: on ``day``, so many days from now (``K``), or on the day spoken of."""
    part = str(found.get("P"))
    if day is None and found.get("K") is not None:
        day = shift_days(context.today, int(found.get("K")))
        if context.today is None:
            return Meaning("TIME", f"{_UNKNOWN}T{part}", found.get("E"), "D")
    explicit = day is not None
    base = day or context.near_day()
    if base is None:
        return Meaning("TIME", f"{_UNKNOWN}T{part}", found.get("E"), "D")
    return Meaning(
        "TIME", f"{base.isoformat()}T{part}", found.get("E"), "D", _span(part, base, found, context, explicit)
    )


def _at_night(context: Context) -> bool:
    return bool(context.now and 0 < context.now.hour * 60 + context.now.minute < 360)


def _span(part: str, base: date, found: Found, context: Context, explicit: bool) -> Interval | None:
    midnight = datetime.combine(base, time())
    if found.get("small"):
        return Interval(midnight, midnight + timedelta(hours=6), False)
    gone = part == "NI" and base == context.today and found.get("K") in (None, 0)
    gone = gone and (context.tense() < 0 or _at_night(context))
    if gone and (not explicit or found.get("K") == 0):
        return Interval(midnight - timedelta(hours=3), midnight + timedelta(hours=6), False)
    return None


def dated_part(found: Found, context: Context) -> Meaning | None:
    """A part of a day that is named with it: "venerdì sera", "that night"."""
    if found.get("anchored"):
        return part_of_day(found, context, shift_days(context.anchor("D"), int(found.get("days", 0))))
    named = relative_day(found, context) if found.get("K") is not None else calendar_date(found, context)
    covered = named.interval() if named else None
    if named is None or named.grain != "D":
        return None
    if covered is None:
        return Meaning("TIME", f"{named.value}T{found.get('P')}", None, None)
    own = Found({k: v for k, v in found.values.items() if k != "K"}, found.classes, found.args)
    return part_of_day(own, context, covered.start.date())


def night_between(found: Found, context: Context) -> Meaning | None:
    """The night between two days, by the first of them."""
    values = dict(found.values)
    month, after = values.get("M2"), values.get("M")
    if month:
        values["M"] = month
        if after and month > after and values.get("Y"):
            values["Y"] -= 1
    return dated_part(Found(values, found.classes, found.args), context)
