"""Joins reports to events in the canonical order, and re-joins what an article that arrives late puts in doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ultimora.record import decide, locks
from ultimora.record.again import reach
from ultimora.record.matching import WIDE, blocks, placed
from ultimora.record.schema import event_parties, event_weeks, events, reports
from ultimora.record.types import Grown, ReportFacts, Revision
from ultimora.record.windows import days, window
from ultimora.serial import from_data, to_data

_CHUNK = 400
_SIBLINGS = 200


class Joiner:
    """Gives each report of a revision its event, inside the transaction that adds the revision."""

    def __init__(self, connection: sa.Connection) -> None:
        self.db = connection
        self.first: str | None = None
        """The first place from which reports were joined anew."""

    def take_in(self, revision: Revision, facts: Sequence[ReportFacts]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Store a revision's reports and join them; the events that are new, and those that were joined."""
        locks.hold(self.db, "events", {r.event_type or "" for r in facts})
        known = self._known([r.id for r in facts])
        queue = [r for i, r in enumerate(facts) if self._enter(r, revision, i, known.get(r.id))]
        if not queue:
            return (), ()
        first = min(position(revision, 0), position(revision, len(facts)))
        later = self._undo({r.event_type or "" for r in queue}, first)
        for row in sorted(later, key=lambda each: str(each["position"])):
            self._join(row)
        mine = {r.id for r in queue}
        rows = self.db.execute(sa.select(reports.c.id, reports.c.event).where(reports.c.id.in_(mine))).tuples()
        found = {report: str(event) for report, event in rows}
        made = [found[r.id] for r in queue if found[r.id] == event_id(r.id)]
        joined = [found[r.id] for r in queue if found[r.id] not in made]
        return tuple(dict.fromkeys(made)), tuple(dict.fromkeys(joined))

    def _known(self, ids: Sequence[str]) -> dict[str, str]:
        rows = self.db.execute(sa.select(reports.c.id, reports.c.position).where(reports.c.id.in_(ids))).tuples()
        return dict(rows.all())

    def _enter(self, report: ReportFacts, revision: Revision, ordinal: int, known: str | None) -> bool:
        """Store a report, or move it to an earlier place; False if nothing changes."""
        place = position(revision, ordinal)
        if known is not None and known <= place:
            return False
        values = {
            "revision": revision.id,
            "known_at": revision.known_at,
            "position": place,
            "payload": json.dumps(to_data(report), ensure_ascii=False),
        }
        if known is not None:
            self._undo({report.event_type or ""}, min(known, place), keep=True)
            self.db.execute(reports.update().where(reports.c.id == report.id).values(**values))
            return True
        row = {"id": report.id, "article": revision.article, "event_type": report.event_type or "", "event": None}
        self.db.execute(reports.insert(), [row | values])
        return True

    def _undo(self, types: set[str], first: str, *, keep: bool = False) -> list[dict[str, Any]]:
        """Take the reports of some types from a place on out of their events; the reports that must be joined anew."""
        self.first = min(first, self.first or first)
        after = sa.and_(reports.c.event_type.in_(sorted(types)), reports.c.position >= first)
        rows = [dict(row) for row in self.db.execute(sa.select(reports).where(after)).mappings()]
        touched = sorted({row["event"] for row in rows if row["event"]})
        if touched:
            self.db.execute(reports.update().where(after).values(event=None))
            self._regrow(touched)
        return [] if keep else rows

    def _regrow(self, idents: Sequence[str]) -> None:
        """Make events anew out of the reports that are left to them; an event without any is no more."""
        for ident in idents:
            query = sa.select(reports).where(reports.c.event == ident).order_by(reports.c.position)
            rows = self.db.execute(query).mappings().all()
            for table in (event_parties, event_weeks):
                self.db.execute(table.delete().where(table.c.event == ident))
            self.db.execute(events.delete().where(events.c.id == ident))
            grown: Grown | None = None
            for row in rows:
                grown = decide.grow(grown, ident, report_of(row["payload"]), row["article"])
            if grown is not None:
                self._save(grown, rows[0]["position"], rows[0]["known_at"], new=True)

    def _join(self, row: dict[str, Any]) -> None:
        report, article = report_of(row["payload"]), row["article"]
        siblings = self._siblings(article, report.event_type)
        candidates = self._candidates(report, {event for _, event in siblings})
        mine = [sibling for sibling, event in siblings if any(event == c.id for c in candidates)]
        found = decide.join(report, article, candidates, mine)
        event = next((c for c in candidates if c.id == found), None)
        ident = event.id if event else event_id(report.id)
        grown = decide.grow(event, ident, report, article)
        self.db.execute(reports.update().where(reports.c.id == report.id).values(event=ident))
        self._save(grown, row["position"], row["known_at"], new=event is None, old=event)

    def _siblings(self, article: str, event_type: str | None) -> list[tuple[ReportFacts, str]]:
        """The last reports of the same article and type before this one, the oldest first."""
        query = sa.select(reports.c.payload, reports.c.event).where(
            reports.c.article == article, reports.c.event_type == (event_type or ""), reports.c.event.is_not(None)
        )
        rows = self.db.execute(query.order_by(reports.c.position.desc()).limit(_SIBLINGS)).tuples().all()
        return [(report_of(payload), str(event)) for payload, event in reversed(rows)]

    def _candidates(self, report: ReportFacts, near: set[str]) -> list[Grown]:
        """Events with a party and a day in common, and those of the same article, the first founded first."""
        ids = set(near)
        keys = blocks(report.parties + ((report.place,) if report.place else ()))
        when = weeks(*(reach(report) or placed(report)))
        if keys and when:
            query = sa.select(event_weeks.c.event).where(
                event_weeks.c.key.in_(keys),
                event_weeks.c.event_type == (report.event_type or ""),
                event_weeks.c.week.in_(when),
            )
            ids.update(self.db.execute(query).scalars())
        found = sorted(ids)
        rows: list[tuple[str, str]] = []
        for at in range(0, len(found), _CHUNK):
            chosen = events.c.id.in_(found[at : at + _CHUNK])
            rows += [
                (p, q)
                for p, q in self.db.execute(sa.select(events.c.position, events.c.payload).where(chosen)).tuples()
            ]
        return [from_data(Grown, json.loads(payload)) for _, payload in sorted(rows)]

    def _save(self, grown: Grown, place: str, known_at: str, *, new: bool, old: Grown | None = None) -> None:
        low, high = _days(grown)
        values = {
            "payload": json.dumps(to_data(grown), ensure_ascii=False),
            "low": low,
            "high": high,
            "planned": any(status == "planned" for _, _, status in grown.windows),
        }
        kind = grown.event_type or ""
        if new:
            row = values | {"id": grown.id, "event_type": kind, "position": place, "known_at": known_at}
            self.db.execute(events.insert(), [row])
        else:
            self.db.execute(events.update().where(events.c.id == grown.id).values(**values))
        self._index(grown, old)

    def _index(self, grown: Grown, old: Grown | None) -> None:
        """Note the marks, keys and weeks under which the event is found, those that are new."""
        kind = grown.event_type or ""
        self._mark(grown, old)
        keys, had = _keys(grown), _keys(old) if old else []
        known = {(k, w) for k in had for w in _weeks(old)} if old else set()
        rows = [(k, w) for k in keys for w in _weeks(grown) if (k, w) not in known]
        if rows:
            found = [{"key": k, "event_type": kind, "week": w, "event": grown.id} for k, w in rows]
            self.db.execute(event_weeks.insert(), found)

    def _mark(self, grown: Grown, old: Grown | None) -> None:
        """Note under which marks and day the event is found by those who ask."""
        had: tuple[str, ...] = ()
        if old is not None and _days(old) == _days(grown):
            had = old.marks
        elif old is not None:
            self.db.execute(event_parties.delete().where(event_parties.c.event == grown.id))
        about = {"event_type": grown.event_type or "", "high": _days(grown)[1] or "", "event": grown.id}
        rows = [{"mark": mark, **about} for mark in grown.marks if mark not in had]
        if rows:
            self.db.execute(event_parties.insert(), rows)


def _days(grown: Grown) -> tuple[str | None, str | None]:
    """The first and the last day on which the event may be, the latter exclusive."""
    ends = [days(low, high) for low, high, _ in grown.windows] + [(grown.first, grown.last)]
    lows, highs = [low for low, _ in ends if low], [high for _, high in ends if high]
    return min(lows, default=None), max(highs, default=None)


def _keys(grown: Grown) -> list[str]:
    return list(blocks(grown.parties + grown.places))


def _weeks(grown: Grown) -> list[int]:
    return list(dict.fromkeys(w for low, high, _ in grown.windows for w in weeks(low, high)))


def event_id(report: str) -> str:
    """The id of the event that a report founds."""
    return report[:12]


def position(revision: Revision, ordinal: int) -> str:
    """The place of a report in the canonical order, as text that sorts."""
    return "|".join((*revision.order, f"{ordinal:06d}"))


def weeks(low: str | None, high: str | None) -> list[int]:
    """The weeks of a window, and of the day before and after it; none for one that is too wide to be joined by."""
    found = window(low, high)
    if not found.known or found.width > WIDE:
        return []
    first, after = found.days()
    return list(range((first.toordinal() - 1) // 7, after.toordinal() // 7 + 1))


def report_of(payload: str) -> ReportFacts:
    """A report out of its payload."""
    return from_data(ReportFacts, json.loads(payload))
