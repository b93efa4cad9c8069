"""What is between two actors, over time: co-operation above the line, conflict below; what is merely claimed hollow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ultimora.answers.dyads import By, Dyad, Period
from ultimora.desk.words import Words

_LEFT, _TOP, _FOOT, _STEP, _UNIT, _LABEL = 34, 10, 24, 22, 12, 96
_TALLEST, _DAYS, _WEEKS = 9, 45, 400


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing, in pixels."""

    x: float
    y: float
    height: float
    kind: str
    certain: bool
    title: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The drawing, in pixels: bars, the line, dates along it, and the mean score of each period as points."""

    width: float
    height: float
    zero: float
    bars: tuple[Bar, ...]
    dates: tuple[tuple[float, str], ...]
    score: str
    periods: tuple[Period, ...]


def period(first: str | None, last: str | None) -> By:
    """By what to count, so that the drawing has a width to look at."""
    if not first or not last:
        return "day"
    days = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
    return "day" if days <= _DAYS else "week" if days <= _WEEKS else "month"


def curve(dyad: Dyad, words: Words) -> Curve | None:
    """The drawing of a dyad; None where nothing has a day."""
    if not dyad.periods:
        return None
    up = max(p.certain.cooperation + p.claimed.cooperation for p in dyad.periods)
    down = max(p.certain.conflict + p.claimed.conflict for p in dyad.periods)
    unit = _UNIT * min(1.0, _TALLEST / max(up, down, 1))
    zero = _TOP + max(up * unit, 2 * _UNIT)
    bars = [bar for i, p in enumerate(dyad.periods) for bar in _bars(p, _LEFT + i * _STEP, zero, unit, words)]
    every = max(1, _LABEL // _STEP)
    dates = [
        (_LEFT + i * _STEP + _STEP / 2, words.day(date.fromisoformat(p.from_), weekday=False))
        for i, p in enumerate(dyad.periods)
        if i % every == 0
    ]
    points = [
        f"{_LEFT + i * _STEP + _STEP / 2:.1f},{zero - _mean(p) * 2 * _UNIT / 10:.1f}"
        for i, p in enumerate(dyad.periods)
        if p.certain.events + p.claimed.events
    ]
    width = _LEFT + len(dyad.periods) * _STEP + _LABEL
    height = zero + max(down * unit, 2 * _UNIT) + _FOOT
    return Curve(width, height, zero, tuple(bars), tuple(dates), " ".join(points), dyad.periods)


def _mean(period: Period) -> float:
    """The mean PLOVER score of a period's events, from -10 to +10."""
    tallies = [t for t in (period.certain, period.claimed) if t.events and t.score is not None]
    events = sum(t.events for t in tallies)
    return sum(t.events * float(t.score or 0) for t in tallies) / events if events else 0.0


def _bars(period: Period, x: float, zero: float, unit: float, words: Words) -> list[Bar]:
    made = []
    when = words.when(period.from_, period.to)
    for kind, sign in (("cooperation", -1), ("conflict", 1)):
        at = zero
        for tally, certain in ((period.certain, True), (period.claimed, False)):
            height = getattr(tally, kind) * unit
            if height:
                title = (
                    f"{when}: {words(kind)} {getattr(tally, kind)}, {words('certain_only' if certain else 'claimed')}"
                )
                made.append(Bar(x + 3, at - height if sign < 0 else at, height, kind, certain, title))
                at += sign * height
    return made
