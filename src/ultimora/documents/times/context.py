"""What a resolver is given: the words found, and the moment, the anchors and the tense to read them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from ultimora.documents.times import calendar
from ultimora.types import TimexType

_FINENESS = ["D", "W", "WE", "M", "Q", "H", "SEASON", "Y", "10Y", "100Y"]
_LATELY = 7
"""So many days back a story goes on with the day that it named last."""
UNKNOWN_DAY = "XXXX-XX-XX"


@dataclass(frozen=True)
class Found:
    """What a rule found: what each group says, in which class, and the rule's own constants."""

    values: Mapping[str, Any]
    classes: Mapping[str, str]
    args: Mapping[str, Any]

    def get(self, letter: str, default: Any = None) -> Any:
        """What the group of that letter says, else the rule's constant of that name."""
        return self.values.get(letter, self.args.get(letter, default))

    def kind(self, letter: str) -> str | None:
        """The class in which the group was found."""
        return self.classes.get(letter)


@dataclass(frozen=True)
class Meaning:
    """A resolved expression. ``grain`` is the unit of a calendar value; ``span`` overrides what the value covers."""

    type: TimexType
    value: str
    mod: str | None = None
    grain: str | None = None
    span: calendar.Interval | None = None

    def moved(self, years: int) -> Meaning:
        """The same so many years on."""
        year = self.value[:4]
        return replace(self, value=f"{int(year) + years:04d}{self.value[4:]}") if year.isdigit() else self

    def interval(self) -> calendar.Interval | None:
        """What it covers, narrowed to the part of the unit that the modifier names."""
        whole = self.span or (calendar.interval(self.value) if self.type != "SET" else None)
        return _narrowed(whole, self.mod, self.grain) if whole and not self.span else whole


def _narrowed(whole: calendar.Interval, mod: str | None, grain: str | None) -> calendar.Interval:
    if mod in ("BEFORE", "AFTER") or grain == "D" or mod not in ("START", "MID", "END"):
        return whole
    middle = whole.start + (whole.end - whole.start) / 2
    quarter = (whole.end - whole.start) / 4
    start, end = {
        "START": (whole.start, middle),
        "MID": (whole.start + quarter, whole.end - quarter),
        "END": (middle, whole.end),
    }[mod]
    if whole.whole:
        start, end = _day(start), _day(end)
    return calendar.Interval(start, end, whole.whole, whole.zone)


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass
class Context:
    """The state of reading: the reference instant, the dates set so far, and how to learn the tense."""

    now: datetime | None
    settings: Mapping[str, Any]
    tense: Callable[[], int] = lambda: 0
    anchors: dict[str, date] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    frame: date | None = None
    frame_grain: str | None = None
    in_sentence: date | None = None
    carried: date | None = None
    told: date | None = None
    part: str | None = None
    beside: tuple[date, date] | None = None

    @property
    def today(self) -> date | None:
        """The day of publication."""
        return self.now.date() if self.now else None

    def remember(self, meaning: Meaning) -> None:
        """Makes a resolved calendar expression the anchor for what follows."""
        covered = calendar.interval(meaning.value)
        if meaning.type not in ("DATE", "TIME") or covered is None or meaning.grain not in _FINENESS:
            return
        if meaning.grain in self.order:
            self.order.remove(meaning.grain)
        self.order.append(meaning.grain)
        self.anchors[meaning.grain] = covered.start.date()
        if meaning.grain == "D":
            self.in_sentence = covered.start.date()

    def anchor(self, unit: str) -> date | None:
        """The last date set in the text that is fine enough to count such units from; else the day of publication."""
        _, letter = calendar.size_of(unit)
        limit = _FINENESS.index("D" if letter.startswith("T") else letter if letter in _FINENESS else "Y")
        for grain in reversed(self.order):
            if _FINENESS.index(grain) <= limit:
                return self.anchors[grain]
        return self.today

    def near_day(self) -> date | None:
        """The day that a bare time of day belongs to: one named in the same sentence, else that of publication.

        What is told in the past goes on with the day of the sentence before ("Martedì l'attentato. Alle 15 …").
        """
        if self.in_sentence or self.told is None or self.today is None:
            return self.in_sentence or self.today
        lately = 0 < (self.today - self.told).days <= _LATELY
        return self.told if lately and self.tense() < 0 else self.today


def shift_days(day: date | None, amount: int) -> date | None:
    """A day so many days on, None where it leaves the calendar."""
    try:
        return day + timedelta(days=amount) if day else None
    except OverflowError:
        return None
