"""Resolvers of calendar expressions: dates full and partial, numeric dates, holidays, seasons, quarters, decades."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from ultimora.documents.times import calendar
from ultimora.documents.times.context import UNKNOWN_DAY, Context, Found, Meaning

_NEAR, _FAR = 21, 240


def calendar_date(found: Found, context: Context) -> Meaning | None:
    """A date of which any part may be missing: weekday, day, month, year, and a word of direction."""
    year, month, day = year_of(found, context), found.get("M"), _number(found.get("D"))
    if not calendar.valid(year, month, day):
        return None
    if month and day:
        return _day_and_month(found, context, year, month, day)
    if month:
        return _month(found, context, year, month)
    if day:
        return _bare_day(found, context, day)
    if found.get("W"):
        return _weekday(found, context)
    return None if year is None else Meaning("DATE", f"{year:04d}", found.get("E"), "Y")


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def year_of(found: Found, context: Context) -> int | None:
    """The year that an expression names: in full, in two digits, or as last, this or next year."""
    if found.get("Y") is not None:
        return int(found.get("Y"))
    if found.get("YY") is not None:
        return full_year(int(found.get("YY")), context.today)
    if found.get("YS") is not None and context.today:
        return context.today.year + int(found.get("YS"))
    return None


def full_year(short: int, today: date | None) -> int:
    """A year of two digits in full: at most ten years ahead of the reference, else in the past.

    >>> full_year(82, date(2025, 1, 1))
    1982
    """
    if today is None:
        return 2000 + short if short < 40 else 1900 + short
    year = today.year // 100 * 100 + short
    return year - 100 if year > today.year + 10 else year


def _day_and_month(found: Found, context: Context, year: int | None, month: int, day: int) -> Meaning | None:
    if year is None and context.today is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", found.get("E"), "D")
    if year is None:
        return _day_of(_best_year(found, context, month, day), found)
    return Meaning("DATE", f"{year:04d}-{month:02d}-{day:02d}", found.get("E"), "D")


def _day_of(day: date | None, found: Found) -> Meaning | None:
    return Meaning("DATE", day.isoformat(), found.get("E"), "D") if day else None


def _best_year(found: Found, context: Context, month: int, day: int) -> date | None:
    today = _frame_or_today(context)
    span = 8 if (month, day) == (2, 29) else 1
    years = range(today.year - span, today.year + span + 1)
    days = [date(y, month, day) for y in years if calendar.valid(y, month, day)]
    if context.beside:
        return _within(days, context.beside)
    weekday = found.get("W")
    fitting = [d for d in days if weekday and d.isoweekday() == weekday]
    if fitting:
        return nearest(fitting, today)
    if context.frame and context.frame_grain == "Y" and _framed(context):
        return next((d for d in days if d.year == context.frame.year), None)
    return _directed(days, today, _direction(found, context), sure=_told(found))


def _frame_or_today(context: Context) -> date:
    base = context.frame if context.frame and _framed(context) else context.today
    return base or date(2000, 1, 1)


def _framed(context: Context) -> bool:
    """Whether a date set at the head of an earlier sentence still frames the passage: told in the past, years ago."""
    if not context.frame or not context.today:
        return False
    return context.today.year - context.frame.year >= 2 and context.tense() < 0


def _direction(found: Found, context: Context) -> int:
    shift = found.get("S")
    if shift in (-1, 1):
        return int(shift)
    told = int(found.get("dir", 0)) or context.tense()
    return told if abs(told) == 1 else 0


def _within(days: list[date], beside: tuple[date, date]) -> date | None:
    """The day that lies in a stretch, else the one nearest to its middle."""
    inside = [day for day in days if beside[0] <= day < beside[1]]
    return inside[0] if inside else nearest(days, beside[0] + (beside[1] - beside[0]) / 2)


def _told(found: Found) -> bool:
    """Whether a word of direction stands with the date."""
    return found.get("S") in (-1, 1) or found.get("dir") is not None


def nearest(days: Iterable[date], today: date) -> date | None:
    """The day nearest to another, the earlier of two."""
    return min(days, key=lambda d: (abs((d - today).days), d), default=None)


def _directed(days: list[date], today: date, direction: int, *, sure: bool = False) -> date | None:
    """The day that fits the tense, unless it is most of a year off and another is near: tense may be another verb's."""
    close = nearest(days, today)
    if direction == 0 or close is None:
        return close
    fitting = [d for d in days if (d <= today if direction < 0 else d >= today)]
    chosen = nearest(fitting, today)
    near = abs((close - today).days) <= _NEAR and not sure
    return close if near and (chosen is None or abs((chosen - today).days) >= _FAR) else chosen


def _month(found: Found, context: Context, year: int | None, month: int) -> Meaning:
    mod = found.get("E")
    if year is None and context.today:
        year = _year_of_month(found, context, month)
    stem = "XXXX" if year is None else f"{year:04d}"
    return Meaning("DATE", f"{stem}-{month:02d}", mod, "M")


def _year_of_month(found: Found, context: Context, month: int) -> int:
    today = _frame_or_today(context)
    if context.frame and context.frame_grain == "Y" and _framed(context):
        return context.frame.year
    shift = found.get("S")
    if shift == 0:
        return today.year
    months = [date(y, month, 1) for y in (today.year - 1, today.year, today.year + 1)]
    current = today.replace(day=1)
    if shift in (-1, 1):
        months = [m for m in months if m != current]
    chosen = _directed(months, current, _direction(found, context), sure=_told(found))
    return chosen.year if chosen else today.year


def _bare_day(found: Found, context: Context, day: int) -> Meaning | None:
    if not context.today:
        return Meaning("DATE", f"XXXX-XX-{day:02d}", found.get("E"), "D")
    today = context.today
    starts = [calendar.add_months(today.replace(day=1), k) for k in range(-13, 14)]
    days = [s.replace(day=day) for s in starts if calendar.valid(s.year, s.month, day)]
    if found.get("MS") is not None:
        month = calendar.add_months(today.replace(day=1), int(found.get("MS")))
        return _day_of(next((d for d in days if (d.year, d.month) == (month.year, month.month)), None), found)
    fitting = [d for d in days if found.get("W") in (None, d.isoweekday())]
    if found.get("W"):
        return _day_of(nearest(fitting, today), found)
    return _day_of(_directed(fitting, today, _direction(found, context)), found)


def _weekday(found: Found, context: Context) -> Meaning | None:
    weekday = int(found.get("W"))
    if not context.today:
        return Meaning("DATE", f"XXXX-WXX-{weekday}", found.get("E"), "D")
    return _day_of(weekday_near(context.today, weekday, found, context), found)


def weekday_near(today: date, weekday: int, found: Found, context: Context) -> date:
    """Which day of that name is meant: the last or next by a word of direction or the tense, else the last."""
    shift, back = found.get("S"), (today.isoweekday() - weekday) % 7
    if found.get("weeks") is not None or found.get("US") is not None:
        weeks = int(found.get("weeks", found.get("US")))
        return today + timedelta(days=weekday - today.isoweekday() + 7 * weeks)
    if shift == 0:
        return today + timedelta(days=weekday - today.isoweekday())
    if shift in (-1, 1):
        return today - timedelta(days=back or 7) if shift < 0 else today + timedelta(days=7 - back)
    direction = int(found.get("dir", 0)) or context.tense()
    return today + timedelta(days=(7 - back) % 7) if direction > 0 else today - timedelta(days=back)


def numeric_date(found: Found, context: Context) -> Meaning | None:
    """A date in figures: ISO 8601, or day, month and year in the order of the language."""
    raw = str(found.get("D"))
    if found.kind("D") == "isodate":
        return _iso(raw)
    parts = re.split(r"[/.-]", raw)
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        return _ymd(*numbers)
    if len(parts) == 2 and len(parts[1]) == 4:
        return _month(found, context, numbers[1], numbers[0])
    first, second = numbers[:2]
    day_first = bool(context.settings.get("day_first")) if "." not in raw else True
    day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
    if len(numbers) == 2:
        return calendar_date(Found({"D": day, "M": month}, {}, found.args), context) if 1 <= month <= 12 else None
    year = numbers[2] if len(parts[2]) == 4 else full_year(numbers[2], context.today)
    return _ymd(year, month, day)


def _ymd(year: int, month: int, day: int) -> Meaning | None:
    exists = calendar.valid(year, month, day) and year >= 1000
    return Meaning("DATE", f"{year:04d}-{month:02d}-{day:02d}", None, "D") if exists else None


def _iso(raw: str) -> Meaning | None:
    day, _, clock = raw.partition("T")
    if calendar.interval(raw) is None:
        return None
    return Meaning("TIME" if clock else "DATE", raw, None, "D") if day else None


def holiday(found: Found, context: Context) -> Meaning | None:
    """A holiday by name, of a year or the nearest that fits the tense; ``days`` counts from it (its eve is -1)."""
    rule, year, offset = str(found.get("H")), year_of(found, context), int(found.get("days", 0))
    if re.match(r"\d{4}-", rule):
        return Meaning("DATE", rule, None, "D")
    if year is None and not context.today:
        fixed = re.fullmatch(r"\d\d-\d\d", rule)
        return Meaning("DATE", f"XXXX-{rule}" if fixed and not offset else UNKNOWN_DAY, None, "D")
    years = [year] if year is not None else [y + (context.today.year if context.today else 0) for y in (-1, 0, 1)]
    found_days = [calendar.holiday(rule, y) for y in years if 1 < y < 9998]
    days = [d + timedelta(days=offset) for d in found_days if d]
    if not context.today or year is not None:
        return _day_of(days[0] if days else None, found)
    if found.get("S") in (-1, 1):
        days = [d for d in days if d != context.today]
    return _day_of(_directed(days, context.today, _direction(found, context), sure=True), found)


def before_christ(found: Found, _context: Context) -> Meaning | None:
    """A year or century before Christ, as TimeML writes it."""
    year, number = found.get("Y", found.get("N")), found.get("O")
    if number is not None:
        return Meaning("DATE", f"BC{int(number) - 1:02d}", found.get("E"), None)
    return Meaning("DATE", f"BC{int(year):04d}", found.get("E"), None) if year and int(year) < 10000 else None


def fiscal_year(found: Found, context: Context) -> Meaning | None:
    """A fiscal year, whose bounds differ from country to country."""
    year = year_of(found, context)
    return Meaning("DATE", f"FY{year:04d}", found.get("E"), None) if year is not None else None


def holiday_weekend(found: Found, context: Context) -> Meaning | None:
    """The weekend of a holiday: the one that a Monday's or Friday's holiday makes longer."""
    day = holiday(found, context)
    covered = day.interval() if day else None
    if not covered:
        return None
    start = covered.start.date() - timedelta(days=2 if covered.start.isoweekday() < 4 else 0)
    return Meaning("DATE", calendar.weekend(start), None, "WE")


def season(found: Found, context: Context) -> Meaning:
    """A season, of a year or the nearest that fits."""
    name, year = str(found.get("V")), year_of(found, context)
    if year is None and context.today:
        year = _season_year(name, found, context, context.today)
    return Meaning("DATE", f"XXXX-{name}" if year is None else f"{year:04d}-{name}", found.get("E"), "SEASON")


def _season_year(name: str, found: Found, context: Context, today: date) -> int:
    starts = [date(y, calendar.SEASONS[name], 1) for y in range(today.year - 2, today.year + 2)]
    ends = {s: calendar.add_months(s, 3) for s in starts}
    running = [s for s in starts if s <= today < ends[s]]
    shift = found.get("S")
    if shift == 0:
        return running[0].year if running else today.year
    if shift in (-1, 1):
        starts = [s for s in starts if s not in running]
    elif running:
        return running[0].year
    chosen = _directed(starts, today, _direction(found, context))
    return chosen.year if chosen else today.year


def quarter(found: Found, context: Context) -> Meaning | None:
    """A quarter or half of a year (``letter`` Q or H), of a year or the last one before the reference."""
    number, letter, year = int(found.get("O")), str(found.get("letter", "Q")), year_of(found, context)
    if not 1 <= number <= (4 if letter == "Q" else 2):
        return None
    if year is None and context.today:
        size = 3 if letter == "Q" else 6
        starts = [date(y, (number - 1) * size + 1, 1) for y in range(context.today.year - 1, context.today.year + 2)]
        chosen = _directed(starts, context.today, _direction(found, context) or -1)
        year = chosen.year if chosen else None
    return Meaning("DATE", f"{'XXXX' if year is None else f'{year:04d}'}-{letter}{number}", found.get("E"), letter)


def decade(found: Found, context: Context) -> Meaning | None:
    """A decade: "the 1990s", or by its tens alone ("anni Novanta"), which is the last one of that name."""
    tens = int(found.get("N"))
    if tens % 10:
        return None
    if tens >= 100:
        return Meaning("DATE", f"{tens // 10:03d}", found.get("E"), "10Y") if tens >= 1000 else None
    today = context.today or date(2020, 1, 1)
    year = today.year // 100 * 100 + tens
    year = year - 100 if year > today.year else year
    return Meaning("DATE", f"{year // 10:03d}", found.get("E"), "10Y")


def century(found: Found, context: Context) -> Meaning | None:
    """A century by its number, by its hundreds ("il Novecento"), or last, this or next."""
    if found.get("S") is not None:
        number = context.today.year // 100 + int(found.get("S")) if context.today else None
        return Meaning("DATE", f"{number:02d}", None, "100Y") if number is not None else None
    number = int(found.get("O", 0)) - 1 if found.get("O") else int(found.get("N", 0)) // 100
    return Meaning("DATE", f"{number:02d}", found.get("E"), "100Y") if 0 < number <= 29 else None


def nth_weekday(found: Found, context: Context) -> Meaning | None:
    """A weekday by its number in a month: "the first Monday of May", "the last Friday of the month"."""
    base = container(found, context)
    if not base:
        return None
    day = calendar.weekday_of_month(base.year, base.month, int(found.get("W")), int(found.get("O", 1)))
    return _day_of(day, found)


def unit_of(found: Found, context: Context) -> Meaning | None:
    """The week or month of a date that is named."""
    named = calendar_date(found, context)
    covered = named.interval() if named else None
    unit = str(found.get("U"))
    return Meaning("DATE", calendar.grain_value(covered.start.date(), unit), None, unit) if covered else None


def container(found: Found, context: Context) -> date | None:
    """The first day of the month (or of the year) that an expression lies in."""
    if found.get("M"):
        part = calendar_date(Found({k: v for k, v in found.values.items() if k in ("M", "Y", "YS")}, {}, {}), context)
        covered = part.interval() if part else None
        return covered.start.date() if covered else None
    year = year_of(found, context)
    if year is not None:
        return date(year, 1, 1)
    today = context.today
    if not today:
        return None
    if found.get("US") is not None:
        unit = str(found.get("U", "M"))
        moved = calendar.shifted(today, unit, int(found.get("US")))
        return moved.replace(day=1) if unit == "M" else moved.replace(month=1, day=1)
    return today.replace(day=1)


def nth_unit(found: Found, context: Context) -> Meaning | None:
    """The first, second, … or last day or week of a month or year."""
    base, number, unit = container(found, context), int(found.get("O", 1)), str(found.get("V"))
    if not base:
        return None
    yearly = not found.get("M") and found.get("U", "Y") != "M"
    if unit == "M":
        month = number if number > 0 else 13 + number
        return Meaning("DATE", f"{base.year:04d}-{month:02d}", found.get("E"), "M") if 1 <= month <= 12 else None
    day = _nth(base, number, unit, yearly)
    return Meaning("DATE", calendar.grain_value(day, unit), found.get("E"), unit)


def _nth(base: date, number: int, unit: str, yearly: bool) -> date:
    size = 7 if unit in ("W", "WE") else 1
    if number < 0:
        end = calendar.add_months(base, 12 if yearly else 1) - timedelta(days=1)
        end -= timedelta(days=(end.isoweekday() - 4) % 7 if size == 7 else 0)
        return end + timedelta(days=(number + 1) * size)
    first = base + timedelta(days=(4 - base.isoweekday()) % 7 if size == 7 else 0)
    return first + timedelta(days=(number - 1) * size)
