"""The events that one transaction works on: fetched together, grown in memory, written once at its end.

All articles of a transaction share them, since news of one day speaks of the same happenings.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from ultimora.record import statements as say
from ultimora.record.again import reach
from ultimora.record.bulk import enter, run
from ultimora.record.happenings import happening
from ultimora.record.matching import WIDE, blocks, placed
from ultimora.record.schema import event_parties, event_weeks, events
from ultimora.record.types import Grown, ReportFacts
from ultimora.record.windows import days, window
from ultimora.serial import from_data, written

_CHUNK, _REMEMBERED = 400, 2048
Spot = tuple[str, str, int]
"""Where an event is found by what may join it: its type, a key of one of its parties, a week."""


@dataclass(slots=True)
class _Open:
    """An event as it stands in memory, and as it is stored (None: it is not)."""

    grown: Grown
    place: str
    known_at: str
    stored: Grown | None
    changed: bool = False
    spots: set[Spot] = field(default_factory=set)
    """Where it is found, as far as this transaction made it so."""
    happenings: set[str] = field(default_factory=set)
    """What its predicates are words for."""

    def __post_init__(self) -> None:
        self.happenings = set(map(happening, self.grown.predicates))

    def grow(self, grown: Grown) -> None:
        """Let it be as it is now."""
        self.grown, self.changed, self.happenings = grown, True, set(map(happening, grown.predicates))


class Underway:
    """Events by id and by spot, as far as they were fetched or made."""

    def __init__(self, connection: sa.Connection) -> None:
        """Nothing is underway."""
        self.db = connection
        self._open: dict[str, _Open] = {}
        self._spots: dict[Spot, dict[str, None]] = defaultdict(dict)
        self._asked: set[Spot] = set()

    def fetch(self, reports: Sequence[ReportFacts]) -> None:
        """Fetch at once what any of some reports may join."""
        wanted = [spots(report) for report in reports]
        spot = {each for found in wanted for each in found}
        self._ask(spot - self._asked)
        self._load(event for each in spot for event in self._spots.get(each, ()))

    def _ask(self, spot: set[Spot]) -> None:
        """Ask which events are found at some spots that were not asked for yet."""
        if not spot:
            return
        self._asked |= spot
        for kind in sorted({kind for kind, _, _ in spot}):
            keys, weeks = (sorted(set(column)) for column in zip(*(s[1:] for s in spot if s[0] == kind), strict=True))
            asked = {"kind": kind, "keys": keys, "weeks": weeks}
            for key, week, event in self.db.execute(say.NEAR, asked).tuples().all():
                if (kind, key, week) in spot:
                    self._spots[kind, key, week][event] = None

    def near(self, report: ReportFacts, others: set[str], meant: set[str]) -> list[Grown]:
        """Events with a party and a day in common with a report, and some others, the first founded first.

        What no type names is near only to what is called the same, and to what is ``meant`` whatever it is called.
        """
        ids = others.union(*(self._spots.get(spot, ()) for spot in spots(report)))
        self._load(ids)
        found = [self._open[i] for i in ids if i in self._open]
        if report.event_type is None:
            what = happening(report.predicate)
            found = [each for each in found if what in each.happenings or each.grown.id in meant]
        return [each.grown for each in sorted(found, key=_place)]

    def _load(self, idents: Iterable[str]) -> None:
        missing = sorted({i for i in idents if i not in self._open})
        for at in range(0, len(missing), _CHUNK):
            rows = self.db.execute(say.EVENTS, {"ids": missing[at : at + _CHUNK]}).tuples()
            for place, known_at, payload in rows:
                grown = event_of(payload)
                self._open[grown.id] = _Open(grown, place, known_at, grown)

    def put(self, grown: Grown, place: str, known_at: str) -> None:
        """An event as it is now; where it is new, with its place and when it became known."""
        known = self._open.get(grown.id)
        if known is None:
            known = self._open[grown.id] = _Open(grown, place, known_at, None)
        known.grow(grown)
        fresh = _spots_of(grown) - known.spots
        known.spots |= fresh
        for spot in fresh:
            self._spots[spot][grown.id] = None

    def forget(self, ident: str) -> None:
        """Take an event out of the record."""
        known = self._open.pop(ident, None)
        if known is not None:
            for spot in _spots_of(known.grown):
                self._spots[spot].pop(ident, None)
        for forgetting in (say.FORGET_PARTIES, say.FORGET_WEEKS, say.FORGET_EVENT):
            self.db.execute(forgetting, {"ident": ident})

    def write(self) -> None:
        """Write what has changed."""
        changed = [each for each in self._open.values() if each.changed]
        fresh = [
            _row(e) | {"id": e.grown.id, "position": e.place, "known_at": e.known_at} for e in changed if not e.stored
        ]
        enter(self.db, events, fresh)
        grown = [_row(e) | {"ident": e.grown.id} for e in changed if e.stored]
        if grown:
            run(self.db, say.GROW, grown)
        self._write_spots(changed)
        self._write_marks(changed)
        for each in changed:
            each.stored, each.changed = each.grown, False

    def _write_spots(self, changed: Sequence[_Open]) -> None:
        rows = [
            {"event_type": kind, "key": key, "week": week, "event": each.grown.id}
            for each in changed
            for kind, key, week in sorted(_spots_of(each.grown) - (_spots_of(each.stored) if each.stored else set()))
        ]
        enter(self.db, event_weeks, rows)

    def _write_marks(self, changed: Sequence[_Open]) -> None:
        """Note under which marks and day events are found by those who ask."""
        moved = [e for e in changed if e.stored and extent(e.stored) != extent(e.grown)]
        if moved:
            self.db.execute(say.FORGET_PARTIES, [{"ident": e.grown.id} for e in moved])
        rows = []
        for each in changed:
            had = set(each.stored.marks) if each.stored and extent(each.stored) == extent(each.grown) else set()
            kind, high = each.grown.event_type or "", extent(each.grown)[1] or ""
            about = {"event_type": kind, "high": high, "event": each.grown.id}
            rows += [{"mark": mark, **about} for mark in each.grown.marks if mark not in had]
        enter(self.db, event_parties, rows)


def _place(each: _Open) -> str:
    return each.place


def _row(each: _Open) -> dict[str, Any]:
    grown = each.grown
    low, high = extent(grown)
    planned = any(status == "planned" for _, _, status in grown.windows)
    row = {"payload": written(grown), "low": low, "high": high, "planned": planned}
    return row if each.stored else row | {"event_type": grown.event_type or ""}


@lru_cache(maxsize=_REMEMBERED)
def event_of(payload: str) -> Grown:
    """An event, as matching sees it, out of its payload."""
    return from_data(Grown, json.loads(payload))


def extent(grown: Grown) -> tuple[str | None, str | None]:
    """The first and the last day on which the event may be, the latter exclusive."""
    ends = [days(low, high) for low, high, _ in grown.windows] + [(grown.first, grown.last)]
    lows, highs = [low for low, _ in ends if low], [high for _, high in ends if high]
    return min(lows, default=None), max(highs, default=None)


def spots(report: ReportFacts) -> set[Spot]:
    """Where the events are found that a report may join."""
    keys = blocks(report.parties + ((report.place,) if report.place else ()))
    return {(report.event_type or "", key, week) for key in keys for week in weeks(*(reach(report) or placed(report)))}


def _spots_of(grown: Grown) -> set[Spot]:
    kind, when = grown.event_type or "", {w for low, high, _ in grown.windows for w in weeks(low, high)}
    return {(kind, key, week) for key in blocks(grown.parties + grown.places) for week in when} if when else set()


@lru_cache(maxsize=_REMEMBERED)
def weeks(low: str | None, high: str | None) -> tuple[int, ...]:
    """The weeks of a window, and of the day before and after it; none for one that is too wide to be joined by."""
    found = window(low, high)
    if not found.known or found.width > WIDE:
        return ()
    first, after = found.days()
    return tuple(range((first.toordinal() - 1) // 7, after.toordinal() // 7 + 1))
