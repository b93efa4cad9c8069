"""The resolvers by the names that ``rules/times.toml`` gives them."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.times import clock, dates, relative
from ultimora.documents.times.context import Context, Found, Meaning

Resolver = Callable[[Found, Context], Meaning | None]

TIMED = {"clock": clock.clock_time, "part": clock.part_of_day}
"""Resolvers of a time of day: they join with a date beside them."""

DATED = frozenset({"date", "relative_day", "numeric", "same_unit", "holiday", "nth_weekday", "repeated", "counted"})
"""Resolvers whose day a time of day beside them belongs to."""

RESOLVERS: dict[str, Resolver] = {
    **TIMED,
    "dated_part": clock.dated_part,
    "night": clock.night_between,
    "before_christ": dates.before_christ,
    "fiscal": dates.fiscal_year,
    "date": dates.calendar_date,
    "numeric": dates.numeric_date,
    "holiday": dates.holiday,
    "season": dates.season,
    "quarter": dates.quarter,
    "decade": dates.decade,
    "century": dates.century,
    "unit_of": dates.unit_of,
    "nth_weekday": dates.nth_weekday,
    "nth_unit": dates.nth_unit,
    "relative_day": relative.relative_day,
    "this_unit": relative.this_unit,
    "ahead": relative.ahead,
    "holiday_weekend": dates.holiday_weekend,
    "counted": relative.counted,
    "day_from": relative.day_from,
    "same_unit": relative.same_unit,
    "duration": relative.duration,
    "last_units": relative.last_units,
    "vague": relative.vague,
    "repeated": relative.repeated,
}
SKIP = "skip"
"""A rule that only keeps others from matching: a title, a name, a score."""
