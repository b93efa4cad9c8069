"""Resolvers of expressions that count from somewhere: days and units ago, ahead, before and after; durations; sets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ultimora.documents.times import calendar
from ultimora.documents.times.calendar import Interval
from ultimora.documents.times.context import UNKNOWN_DAY, Context, Found, Meaning, shift_days
from ultimora.documents.times.dates import weekday_near
from ultimora.types import TimexType

_CLOCK_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}


def relative_day(found: Found, context: Context) -> Meaning | None:
    """Yesterday, today, tomorrow: so many days from publication."""
    if not context.today:
        return Meaning("DATE", UNKNOWN_DAY, found.get("E"), "D")
    day = shift_days(context.today, int(found.get("K")) + 7 * int(found.get("weeks", 0)))
    return Meaning("DATE", day.isoformat(), found.get("E"), "D") if day else None


def this_unit(found: Found, context: Context) -> Meaning | None:
    """Last, this or next week, month, …; with ``anchored``, counted from the date set before."""
    unit, shift = str(found.get("U")), int(found.get("S", 0))
    base = context.anchor(unit) if found.get("anchored") else context.today
    if unit.startswith("T"):
        return _vague(shift, context)
    if not base:
        return _unknown(unit, found)
    if unit == "WE":
        return _weekend(base, shift, found, context)
    try:
        day = calendar.shifted(_first(base, unit), unit, shift)
    except (ValueError, OverflowError):
        return None
    return Meaning("DATE", calendar.grain_value(day, unit), found.get("E"), unit)


def _first(day: date, unit: str) -> date:
    """A day of the same unit from which shifting by months and years is safe."""
    return day if calendar.size_of(unit)[1] in ("D", "W") else day.replace(day=1)


def _unknown(unit: str, found: Found) -> Meaning | None:
    values = {"D": UNKNOWN_DAY, "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
    value = values.get(unit)
    return Meaning("DATE", value, found.get("E"), unit) if value else None


def _weekend(base: date, shift: int, found: Found, context: Context) -> Meaning:
    inside = base.isoweekday() >= 6
    if shift == 0:
        past = (int(found.get("dir", 0)) or context.tense()) < 0
        weeks = -1 if past and not inside and base.isoweekday() <= 4 else 0
    else:
        weeks = -1 if shift < 0 else int(base.isoweekday() >= 5)
    return Meaning("DATE", calendar.weekend(base, weeks), found.get("E"), "WE")


def counted(found: Found, context: Context) -> Meaning | None:
    """So many units before or after now (``sign``), or with ``anchored`` before or after the date set before."""
    unit, number = str(found.get("U")), found.get("N", found.get("count"))
    sign = int(found.get("sign"))
    if number is None or number == "X":
        return None if found.get("anchored") and number is None else _vague(sign, context)
    mod = found.get("A") or found.get("A2")
    amount, unit = _whole_amount(float(number) + (0.5 if found.get("half") else 0), unit)
    if unit.startswith("T"):
        return _clock_count(sign * amount, unit, found, context, mod)
    base = context.anchor(unit) if found.get("anchored") else context.today
    if not base:
        return _unknown("D" if unit == "W" else unit, found)
    try:
        day = calendar.shifted(base, unit, sign * amount)
        day = _second_count(day, sign, found)
    except (ValueError, OverflowError):
        return None
    fine = str(found.get("U2") or unit)
    fine = unit if fine.startswith("T") else fine
    grain = "D" if fine in ("D", "W", "2W", "WE") else fine
    return Meaning("DATE", calendar.grain_value(day, grain), mod, grain)


def ahead(found: Found, context: Context) -> Meaning | None:
    """In so many units: that day where the sentence looks ahead, else a length."""
    if context.tense() > 0:
        return counted(Found(found.values, found.classes, {**found.args, "sign": 1}), context)
    return duration(found, context)


def _second_count(day: date, sign: int, found: Found) -> date:
    if found.get("U2") is None or str(found.get("U2")).startswith("T"):
        return day
    return calendar.shifted(day, str(found.get("U2")), sign * int(found.get("N2", 1)))


def _whole_amount(number: float, unit: str) -> tuple[int, str]:
    """An amount without fraction, in a smaller unit where it must be."""
    if number == int(number) or calendar.size_of(unit)[0] > 1:
        return round(number), unit
    smaller = {"Y": ("M", 12), "TH": ("TM", 60), "TM": ("TS", 60), "W": ("D", 7), "M": ("D", 30), "D": ("TH", 24)}
    finer, factor = smaller.get(unit, (unit, 1))
    return round(number * factor), finer


def _clock_count(amount: int, unit: str, found: Found, context: Context, mod: str | None) -> Meaning | None:
    seconds = _CLOCK_SECONDS[unit] * amount
    if found.get("U2") in _CLOCK_SECONDS:
        seconds += _CLOCK_SECONDS[found.get("U2")] * int(found.get("N2", 1)) * (1 if amount > 0 else -1)
    later = found.get("anchored") and context.order
    if later or not context.now or not _has_clock(context.now):
        whole = abs(amount)
        return Meaning("DURATION", f"PT{whole}{unit[1]}", mod)
    moment = context.now + timedelta(seconds=seconds)
    return Meaning("TIME", moment.strftime("%Y-%m-%dT%H:%M"), mod, "D")


def _has_clock(now: datetime) -> bool:
    return (now.hour, now.minute, now.second) != (0, 0, 0)


def day_from(found: Found, context: Context) -> Meaning | None:
    """So many units from a day that is named: "a week from Friday", "two weeks from tomorrow"."""
    if not context.today:
        return None
    start = context.today
    if found.get("W"):
        start = weekday_near(
            context.today, int(found.get("W")), Found(found.values, found.classes, {"dir": 1}), context
        )
    elif found.get("K") is not None:
        start += timedelta(days=int(found.get("K")))
    day = calendar.shifted(start, str(found.get("U")), int(found.get("sign", 1)) * int(found.get("N", 1)))
    return Meaning("DATE", day.isoformat(), None, "D")


def same_unit(found: Found, context: Context) -> Meaning | None:
    """That day, the same week, the day: the one last spoken of."""
    unit = str(found.get("U"))
    base = context.anchor(unit)
    if not base:
        return _unknown(unit, found)
    return Meaning("DATE", calendar.grain_value(base, unit), found.get("E"), unit)


def duration(found: Found, _context: Context) -> Meaning | None:
    """A length of time: so many units, and perhaps so many smaller ones."""
    value = period(found)
    return Meaning("DURATION", value, found.get("A") or found.get("A2")) if value else None


def period(found: Found) -> str | None:
    """A length as a TIMEX3 value; a number that is not told is X."""
    number, unit = found.get("N", found.get("count")), str(found.get("U"))
    size, letters = calendar.size_of(unit)
    letters = {"WE": "WE", "H": "M"}.get(letters, letters)
    size = size * 6 if unit == "H" else size
    if found.get("half") and number not in (None, "X") and size > 1:
        return f"P{_figure((float(number) + 0.5) * size)}{letters}"
    amount = "X" if number in (None, "X") else _figure(float(number) * size)
    head = f"P{amount}{letters}" if not letters.startswith("T") else f"PT{amount}{letters[1]}"
    halves = {"Y": "6M", "TH": "30M", "M": "15D", "TM": "30S", "D": "T12H"}
    if found.get("half") and letters in halves:
        return head + halves[letters]
    return head + _second_part(head, found)


def _second_part(head: str, found: Found) -> str:
    if found.get("U2") is None:
        return ""
    more = ""
    for number, unit in (("N2", "U2"), ("N3", "U3")):
        if found.get(unit) is not None:
            letters = calendar.size_of(str(found.get(unit)))[1]
            clock = letters.startswith("T")
            more += (
                ("T" if clock and "T" not in head + more else "") + _figure(float(found.get(number, 1))) + letters[-1]
            )
    return more


def _figure(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


def last_units(found: Found, context: Context) -> Meaning | None:
    """The last or next so many units: a length that ends or begins now."""
    value, sign = period(found), int(found.get("S", found.get("sign", -1)))
    number, unit = found.get("N", found.get("count")), str(found.get("U"))
    if value is None:
        return None
    if number in (None, "X"):
        return _vague(sign, context)
    stretch = _stretch(context, sign, float(number), unit)
    return Meaning("DURATION", value, found.get("A"), None, stretch)


def _stretch(context: Context, sign: int, number: float, unit: str) -> Interval | None:
    amount, unit = _whole_amount(number, unit)
    if not context.now or not context.today:
        return None
    now = context.now.replace(tzinfo=None, microsecond=0)
    if unit.startswith("T"):
        other = now + timedelta(seconds=sign * amount * _CLOCK_SECONDS[unit])
        return Interval(min(now, other), max(now, other), False)
    today = context.today if sign < 0 else context.today + timedelta(days=1)
    try:
        other_day = calendar.shifted(today, {"WE": "W"}.get(unit, unit), sign * amount)
    except (ValueError, OverflowError):
        return None
    first, last = sorted((today, other_day))
    return Interval(datetime.combine(first, time()), datetime.combine(last, time()), True)


def _vague(sign: int, context: Context) -> Meaning:
    value = "PAST_REF" if sign < 0 else "FUTURE_REF" if sign > 0 else "PRESENT_REF"
    return vague(Found({}, {}, {"value": value}), context)


def vague(found: Found, _context: Context) -> Meaning:
    """An expression that points without naming: now, recently, soon."""
    value = str(found.get("Q", found.get("value")))
    kind: TimexType = found.get("type", "DATE")
    return Meaning(kind, value, None, None)


def repeated(found: Found, _context: Context) -> Meaning | None:
    """What recurs: every Monday, weekly, twice a month."""
    if found.get("F"):
        return Meaning("SET", str(found.get("F")))
    if found.get("W"):
        return Meaning("SET", f"XXXX-WXX-{found.get('W')}{_part_of(found)}")
    if found.get("P"):
        return Meaning("SET", f"XXXX-XX-XX{_part_of(found)}")
    if found.get("V"):
        return Meaning("SET", f"XXXX-{found.get('V')}")
    if found.get("M"):
        day = f"-{int(found.get('D')):02d}" if found.get("D") else ""
        return Meaning("SET", f"XXXX-{found.get('M'):02d}{day}")
    value = period(Found({**found.values, "N": found.get("N", 1)}, found.classes, found.args))
    return Meaning("SET", value) if value else None


def _part_of(found: Found) -> str:
    return f"T{found.get('P')}" if found.get("P") else ""
