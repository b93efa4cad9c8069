"""What the desk says, in one language: labels, counts, days and instants, all out of ``languages/xx/desk.toml``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from ultimora import languages, ontology
from ultimora.answers.types import Actor
from ultimora.record.actors import countries, label_of
from ultimora.record.names import plain

P = ParamSpec("P")
T = TypeVar("T")
_Said = Callable[Concatenate["Words", P], T]


def _once(say: _Said[P, T]) -> _Said[P, T]:
    """What is said again and again on a page, as days and names are, is put into words once."""

    @wraps(say)
    def said(words: Words, *asked: P.args, **how: P.kwargs) -> T:
        kept: dict[object, T] = vars(words).setdefault(f"_{say.__name__}", {})
        key = (asked, *how.items())
        if key not in kept:
            kept[key] = say(words, *asked, **how)
        return kept[key]

    return cast("_Said[P, T]", said)


def spoken() -> tuple[str, ...]:
    """The languages that the desk speaks: those with a ``desk.toml``."""
    return tuple(tag for tag in languages.available() if languages.load(tag).table("desk"))


def preferred(accepted: str) -> str:
    """The first of a browser's languages that the desk speaks (an ``Accept-Language`` header), else English."""
    ranked: list[tuple[float, int, str]] = []
    for order, part in enumerate(accepted.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), order, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(ranked) if tag in spoken()), "en")


@dataclass(frozen=True)
class Words:
    """One language, at a present and in a time zone."""

    tag: str
    now: datetime
    zone: tzinfo = UTC

    @classmethod
    def of(cls, tag: str, now: datetime, zone: str | None = None) -> Words:
        """The words of a language; without a time zone that of its outlets."""
        name = zone or str(languages.load(tag).settings.get("time_zone", "UTC"))
        return cls(tag, now.astimezone(ZoneInfo(name)), ZoneInfo(name))

    @cached_property
    def _said(self) -> dict[str, Any]:
        return languages.load(self.tag).table("desk")

    @cached_property
    def _labels(self) -> dict[str, Any]:
        return languages.load(self.tag).table("labels")

    @property
    def _calendar(self) -> dict[str, Any]:
        found: dict[str, Any] = self._said["calendar_words"]
        return found

    def __call__(self, key: str, **values: Any) -> str:
        """A label, filled in."""
        return str(self._said[key]).format(**values)

    def one(self, table: str, key: str | None) -> str:
        """An entry of a table, by a value of the record; the value itself where there is none."""
        found = self._said.get(table) or self._labels.get(table) or {}
        return str(found.get(key, key))

    def stance(self, key: str) -> str:
        """What a source does: reports, confirms, denies …"""
        return self.one("stance", key)

    def count(self, what: str, n: int) -> str:
        """A number of things."""
        forms = self._said["count"][what]
        return str(forms["one" if n == 1 else "other"]).format(n=n)

    @_once
    def kind(self, event_type: str | None, mode: str | None, predicate: str) -> str:
        """What an event is."""
        kind = self.one("event_type", event_type) if event_type else predicate
        return f"{kind} ({self.one('mode', mode)})" if mode else kind

    @_once
    def actor(self, name: str, key: str = "", country: str | None = None) -> str:
        """What the reader's language calls an actor: states by their name there, all others as they were met."""
        if key.startswith("state:") and country:
            return label_of(country, self.tag)
        code = countries().get(plain(name))
        return label_of(code, self.tag) if code else name

    @_once
    def named(self, actor: Actor) -> Actor:
        """An actor, called as the reader's language does."""
        return replace(actor, name=self.actor(actor.name, actor.key, actor.country))

    def told(self, what: str) -> str:
        """A change's subject in words: its type and mode, where it begins with them."""
        kind, _, rest = what.partition(" ")
        known = ontology.load().get(kind)
        if known is None:
            return what
        mode, _, after = rest.partition(" ")
        return (
            f"{self.kind(kind, mode, kind)} {after}" if mode in known.modes else f"{self.kind(kind, None, kind)} {rest}"
        )

    def stood(self, state: str) -> str:
        """A state of the record ("planned, certain") in words; numbers, days and names stay as they are."""
        parts = [self._part(part) for part in state.split(", ")]
        return ", ".join(p for p in parts if p)

    def _part(self, part: str) -> str:
        who, bracket, stance = part.removesuffix(")").rpartition(" (")
        if bracket and part.endswith(")") and self.stance(stance) != stance:
            return f"{who} ({self.stance(stance)})"
        if part in ("denied", "certain"):
            return self.one("mark", "negative") if part == "denied" else ""
        for table in ("mark", "certainty"):
            if self.one(table, part) != part:
                return self.one(table, part)
        low, dash, high = part.partition(" – ")
        if dash and _is_date(low) and _is_date(high):
            return self.when(low if low != "…" else None, high if high != "…" else None)
        return part

    def types(self) -> list[tuple[str, str]]:
        """Every event type with its name."""
        return sorted(((t, self.one("event_type", t)) for t in ontology.load()), key=lambda each: each[1])

    # --- time -------------------------------------------------------------------------------------------------------

    def day(self, when: date, *, weekday: bool = True) -> str:
        """A day; with its year where that is not the present one."""
        year = when.year != self.now.year
        form = ("day_year" if year else "day") if weekday else ("plain_day_year" if year else "plain_day")
        return str(self._calendar[form]).format(
            weekday=self._calendar["weekdays"][when.weekday()],
            day=when.day,
            month=self._calendar["months"][when.month - 1],
            year=when.year,
        )

    def long_day(self, when: date) -> str:
        """A day in full."""
        return str(self._calendar["long_day"]).format(
            weekday_long=self._calendar["weekdays_long"][when.weekday()],
            day=when.day,
            month=self._calendar["months"][when.month - 1],
            year=when.year,
        )

    def month(self, when: date) -> str:
        """A month and its year."""
        name = self._calendar["months"][when.month - 1]
        return str(self._calendar["month_year"]).format(month=name, year=when.year)

    @property
    def weekdays(self) -> Sequence[str]:
        """The names of the days, Monday first."""
        found: Sequence[str] = self._calendar["weekdays"]
        return found

    @_once
    def instant(self, value: str | None) -> str:
        """A date or an instant of an article or of the record, in the reader's time zone."""
        if not value:
            return self("undated")
        if len(value) == len("2025-03-05"):
            return self.day(date.fromisoformat(value))
        then = self.local(value)
        day, time = self.day(then.date(), weekday=False), then.strftime("%H:%M")
        return str(self._calendar["instant"]).format(day=day, time=time)

    def clock(self, value: str) -> str:
        """The time of day of an instant."""
        return self.local(value).strftime("%H:%M")

    def local(self, value: str) -> datetime:
        """An instant in the reader's time zone."""
        then = datetime.fromisoformat(value)
        return (then if then.tzinfo else then.replace(tzinfo=UTC)).astimezone(self.zone)

    @_once
    def when(self, low: str | None, high: str | None) -> str:
        """The time of an event: a day, an hour of it, or from – to (the last day that it holds)."""
        if low is None:
            return self("until", when=self._end(high)) if high else self("undated")
        first = self._start(low)
        if high is None:
            return self("from_then", when=self.day(first))
        last = self._last(high)
        if last > first:
            return self("span", first=self.day(first, weekday=False), last=self.day(last, weekday=False))
        return self("at_time", day=self.day(first), time=_time(low)) if len(low) > 10 else self.day(first)

    def hour(self, low: str | None) -> str:
        """The hour at which an event begins, empty where only its day is known."""
        return _time(low) if low and len(low) > 10 else ""

    def _start(self, low: str) -> date:
        return datetime.fromisoformat(low).date()

    def _end(self, high: str) -> str:
        return self.day(self._last(high))

    def _last(self, high: str) -> date:
        end = datetime.fromisoformat(high)
        return end.date() if len(high) > 10 else (end - timedelta(days=1)).date()


def _is_date(value: str) -> bool:
    return value == "…" or (value[:4].isdigit() and value[4:5] == "-")


def _time(low: str) -> str:
    return datetime.fromisoformat(low).strftime("%H:%M")
