"""Joins reports to events in the canonical order, and re-joins what an article that arrives late puts in doubt."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from ultimora.record import decide, locks
from ultimora.record import statements as say
from ultimora.record.bulk import enter, run
from ultimora.record.schema import reports
from ultimora.record.types import Grown, ReportFacts, Revision
from ultimora.record.underway import Underway
from ultimora.serial import from_data, written

_AT_ONCE, _REMEMBERED = 50, 2048


class Joiner:
    """Gives each report of a revision its event, inside the transaction that adds the revision."""

    def __init__(self, connection: sa.Connection, events: Underway, *, fresh: str | None = None) -> None:
        """Get ready; ``events`` are the transaction's, ``fresh`` an article of which nothing was known before."""
        self.db, self._fresh = connection, fresh
        self._events, self._joined = events, dict[str, str]()
        self._told: dict[tuple[str, str], deque[tuple[ReportFacts, str]]] = {}
        self.first: str | None = None
        """The first place from which reports were joined anew."""

    def take_in(self, revision: Revision, facts: Sequence[ReportFacts]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Store a revision's reports and join them; the events that are new, and those that were joined."""
        locks.hold(self.db, "events", {r.event_type or "" for r in facts})
        queue = self._enter_all(facts, revision, self._known(revision.article, [r.id for r in facts]))
        if not queue:
            return (), ()
        first = min(position(revision, 0), position(revision, len(facts)))
        later = self._undo({r.event_type or "" for r in queue}, first)
        self._join_all(sorted(later, key=lambda each: str(each["position"])), {r.id: r for r in queue})
        found = [self._joined[r.id] for r in queue]
        made = [event for r, event in zip(queue, found, strict=True) if event == event_id(r.id)]
        joined = [event for event in found if event not in made]
        return tuple(dict.fromkeys(made)), tuple(dict.fromkeys(joined))

    def _known(self, article: str, ids: Sequence[str]) -> dict[str, str]:
        if article == self._fresh or not ids:
            return {}
        return dict(self.db.execute(say.PLACES, {"ids": ids}).tuples().all())

    def _enter_all(
        self, facts: Sequence[ReportFacts], revision: Revision, known: Mapping[str, str]
    ) -> list[ReportFacts]:
        """Store reports, or move them to an earlier place; those of which anything changes."""
        queue: list[ReportFacts] = []
        rows: list[dict[str, Any]] = []
        for ordinal, report in enumerate(facts):
            place = position(revision, ordinal)
            if report.id in known and known[report.id] <= place:
                continue
            queue.append(report)
            values = {
                "revision": revision.id,
                "known_at": revision.known_at,
                "position": place,
                "payload": written(report),
            }
            if report.id in known:
                self._undo({report.event_type or ""}, min(known[report.id], place), keep=True)
                self.db.execute(say.MOVE_REPORT, values | {"ident": report.id})
            else:
                kind = report.event_type or ""
                row = {"id": report.id, "article": revision.article, "event_type": kind, "event": None}
                rows.append(row | values)
        enter(self.db, reports, rows)
        return queue

    def _undo(self, types: set[str], first: str, *, keep: bool = False) -> list[dict[str, Any]]:
        """Take the reports of some types from a place on out of their events; the reports that must be joined anew."""
        self.first = min(first, self.first or first)
        after = {"types": sorted(types), "first": first}
        rows = [dict(row) for row in self.db.execute(say.REPORTS_FROM, after).mappings()]
        touched = sorted({row["event"] for row in rows if row["event"]})
        if touched:
            self.db.execute(say.PART_FROM, after)
            self._regrow(touched)
        return [] if keep else rows

    def _regrow(self, idents: Sequence[str]) -> None:
        """Make events anew out of the reports that are left to them; an event without any is no more."""
        for ident in idents:
            rows = self.db.execute(say.REPORTS_OF, {"event": ident}).mappings().all()
            self._events.forget(ident)
            grown: Grown | None = None
            for row in rows:
                grown = decide.grow(grown, ident, report_of(row["payload"]), row["article"])
            if grown is not None:
                self._events.put(grown, rows[0]["position"], rows[0]["known_at"])

    def _join_all(self, rows: Sequence[dict[str, Any]], new: Mapping[str, ReportFacts]) -> None:
        """Join reports in their order; those that are new need not be read out of their payloads."""
        for at in range(0, len(rows), _AT_ONCE):
            some = [(row, new.get(row["id"]) or report_of(row["payload"])) for row in rows[at : at + _AT_ONCE]]
            self._events.fetch([report for _, report in some])
            for row, report in some:
                self._join(row, report)
        if rows:
            run(self.db, say.JOIN, [{"ident": row["id"], "to": self._joined[row["id"]]} for row in rows])

    def _join(self, row: dict[str, Any], report: ReportFacts) -> None:
        article, claims = row["article"], set(report.claims)
        siblings = self._siblings(article, row["event_type"])
        meant = {event for sibling, event in siblings if not claims.isdisjoint(sibling.claims)}
        candidates = self._events.near(report, {event for _, event in siblings}, meant)
        ids = {c.id for c in candidates}
        mine = [sibling for sibling, event in siblings if event in ids]
        found = decide.join(report, article, candidates, mine)
        event = next((c for c in candidates if c.id == found), None)
        ident = self._joined[report.id] = event.id if event else event_id(report.id)
        self._events.put(decide.grow(event, ident, report, article), row["position"], row["known_at"])
        siblings.append((report, ident))

    def _siblings(self, article: str, kind: str) -> deque[tuple[ReportFacts, str]]:
        """The last reports of the same article and type before this one, the oldest first."""
        known = self._told.get((article, kind))
        if known is None:
            rows: Sequence[tuple[str, str | None]] = ()
            if article != self._fresh:
                rows = self.db.execute(say.SIBLINGS, {"article": article, "kind": kind}).tuples().all()
            known = deque(((report_of(p), str(event)) for p, event in reversed(rows)), maxlen=say.MOST_SIBLINGS)
            self._told[article, kind] = known
        return known


def event_id(report: str) -> str:
    """The id of the event that a report founds."""
    return report[:12]


def position(revision: Revision, ordinal: int) -> str:
    """The place of a report in the canonical order, as text that sorts."""
    return "|".join((*revision.order, f"{ordinal:06d}"))


@lru_cache(maxsize=_REMEMBERED)
def report_of(payload: str) -> ReportFacts:
    """A report out of its payload."""
    return from_data(ReportFacts, json.loads(payload))
