"""Events over time as a drawing: a column for each day that has events, a mark for each event, a line for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ultimora.desk.lines import MARKS, Line
from ultimora.desk.words import Words
from ultimora.record.windows import window

_COLUMN, _GAP, _CELL, _HEAD, _FOOT, _MARGIN = 26, 18, 17, 8, 34, 10
_TALLEST = 14
_LONG = 3
_MONTH = 62


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the drawing, in pixels."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True, slots=True)
class Bar:
    """An event of several days."""

    x: float
    y: float
    width: float
    line: Line


@dataclass(frozen=True, slots=True)
class Column:
    """A day: where it stands, its number, its weekday, the month where one begins, and how many did not fit."""

    x: float
    day: str
    weekday: str
    month: str
    today: bool
    more: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing, in pixels."""

    width: float
    height: float
    base: float
    columns: tuple[Column, ...]
    gaps: tuple[tuple[float, int], ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    now: float | None
    undated: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """The marks that are drawn, for the legend."""
        drawn = {m.line.mark for m in self.marks} | {b.line.mark for b in self.bars}
        return tuple(name for name in MARKS if name in drawn)


def strip(lines: Sequence[Line], words: Words) -> Strip | None:
    """The drawing of some events; None where none has a day."""
    dated = [(line, *of) for line in lines if (of := _days(line)) is not None]
    if not dated:
        return None
    short = [(line, first) for line, first, last in dated if (last - first).days < _LONG]
    long = [(line, first, last) for line, first, last in dated if (last - first).days >= _LONG]
    days = sorted({first for _, first in short} | {first for _, first, _ in long})
    place, gaps, width = _places(days)
    rows: dict[date, list[Line]] = {day: [] for day in days}
    for line, first in short:
        rows[first].append(line)
    bars = _bars(long, place)
    top = _HEAD + len({b.y for b in bars}) * _CELL
    tall = min(max((len(r) for r in rows.values()), default=1), _TALLEST)
    base = top + max(tall, 1) * _CELL
    marks = tuple(
        Mark(place[day], base - _CELL * (i + 0.5), line)
        for day, row in rows.items()
        for i, line in enumerate(row[:_TALLEST])
    )
    columns = _columns(days, place, {d: max(len(r) - _TALLEST, 0) for d, r in rows.items()}, words)
    undated = len(lines) - len(dated)
    return Strip(width, base + _FOOT, base, columns, gaps, marks, bars, _now(place, words), undated)


def _days(line: Line) -> tuple[date, date] | None:
    span = window(line.found.from_, line.found.to)
    if span.low is None and span.high is None:
        return None
    first, after = span.days()
    if span.low is None or span.high is None:
        first = first if span.low is not None else after - timedelta(days=1)
        return first.date(), first.date()
    return first.date(), (after - timedelta(days=1)).date()


def _places(days: Sequence[date]) -> tuple[dict[date, float], tuple[tuple[float, int], ...], float]:
    """The middle of each day's column, the gaps between columns (how many days are left out), and the width."""
    place: dict[date, float] = {}
    gaps: list[tuple[float, int]] = []
    x, free = float(_MARGIN), 0.0
    for i, day in enumerate(days):
        left = (day - days[i - 1]).days - 1 if i else 0
        begins = i == 0 or (day.year, day.month) != (days[i - 1].year, days[i - 1].month)
        if begins:
            x = max(x, free)
            free = x + _MONTH
        if left > 0:
            gaps.append((x + _GAP / 2, left))
            x += _GAP
        place[day] = x + _COLUMN / 2
        x += _COLUMN
    return place, tuple(gaps), x + _MARGIN


def _bars(long: Sequence[tuple[Line, date, date]], place: dict[date, float]) -> tuple[Bar, ...]:
    """Each of several days on the first row where it has room, as far as there are columns; three rows at most."""
    free: list[float] = []
    made = []
    for line, first, last in sorted(long, key=lambda each: each[1]):
        end = max(x for day, x in place.items() if day <= last)
        left, right = place[first] - _COLUMN / 2 + 2, end + _COLUMN / 2 - 2
        row = next((i for i, x in enumerate(free) if x <= left), len(free))
        if row == len(free):
            free.append(right)
        free[row] = right
        made.append(Bar(left, _HEAD + row * _CELL + 3, right - left, line))
    return tuple(made)


def _columns(days: Sequence[date], place: dict[date, float], more: dict[date, int], words: Words) -> tuple[Column, ...]:
    made: list[Column] = []
    month: tuple[int, int] | None = None
    for day in days:
        begins = (day.year, day.month) != month
        month = (day.year, day.month)
        today = day == words.now.date()
        label = words.month(day) if begins else ""
        made.append(Column(place[day], str(day.day), words.weekdays[day.weekday()], label, today, more[day]))
    return tuple(made)


def _now(place: dict[date, float], words: Words) -> float | None:
    """Where the present is: in today's column, else between the days before and after."""
    now: datetime = words.now
    before = [x for day, x in place.items() if day < now.date()]
    after = [x for day, x in place.items() if day > now.date()]
    if now.date() in place:
        return place[now.date()] + (now.hour / 24 - 0.5) * _COLUMN
    if not before or not after:
        return None
    return (max(before) + min(after)) / 2
