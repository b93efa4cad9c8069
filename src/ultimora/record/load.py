"""Reads events back out of the record as they stood at an instant: what the revisions known by then support."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Any

import sqlalchemy as sa

from ultimora.record.actors import Who
from ultimora.record.changes import Version
from ultimora.record.derive import event_of
from ultimora.record.marks import who_marks
from ultimora.record.registry import Registry
from ultimora.record.schema import (
    article_keys,
    articles,
    claims,
    event_parties,
    events,
    reports,
    revisions,
    spans,
)
from ultimora.record.types import ClaimFacts, KeptClaim, KeptEvent, ReportFacts, Revision
from ultimora.serial import from_data
from ultimora.types import Reading

Kept = dict[tuple[str, bool], KeptEvent | None]
_CHUNK = 400
_BATCHES = (3, 6, 12, 24)
LIGHT = [c for c in revisions.c if c.name not in ("reading", "raw", "claims", "reports", "age", "hash")]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a record holds."""

    articles: int
    revisions: int
    events: int
    first: str | None
    last: str | None


def revision_of(row: Mapping[Any, Any]) -> Revision:
    """A revision out of its row; the lists of claims and reports where the row has them."""
    lists: dict[str, Any] = {k: tuple(json.loads(row[k])) for k in ("claims", "reports") if k in row}
    plain: dict[str, Any] = {k: row[k] for k in _PLAIN}
    return Revision(**plain, **lists)


_PLAIN = [c.name for c in LIGHT]


def unzipped(packed: bytes) -> Reading:
    """A reading out of what is kept of it."""
    return from_data(Reading, plainly(packed))


def plainly(packed: bytes) -> dict[str, Any]:
    """What is kept of a reading, as plain data."""
    kept: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return kept


class Loader:
    """A record as it was known at an instant (``None``: as it is), within one transaction."""

    def __init__(self, connection: sa.Connection, as_of: str | None = None, registry: Registry | None = None) -> None:
        """Look at a record through a connection, as it was known at an instant; with whom another loader met."""
        self.db, self.as_of = connection, as_of
        self.registry = registry or Registry(connection, as_of)
        self._kept: Kept = {}
        self._known_marks: dict[str, tuple[str, ...]] = {}

    def share(self, kept: Kept) -> None:
        """Keep what is loaded where another loader of the same state of the record finds it."""
        self._kept = kept

    def _then(self, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
        return sa.true() if self.as_of is None else column <= self.as_of

    def find(
        self,
        parties: Sequence[Who] = (),
        event_type: str | None = None,
        low: str | None = None,
        high: str | None = None,
        planned: bool | None = None,
        undated: bool = False,
    ) -> list[str]:
        """The ids of events that may have everybody of ``parties``, and a day in ``[low, high]``.

        With ``undated`` those without any day are found too.
        """
        query = sa.select(events.c.id).where(self._then(events.c.known_at))
        if event_type is not None:
            query = query.where(events.c.event_type == event_type)
        for who in parties:
            query = query.where(events.c.id.in_(self._having(who, event_type)))
        if planned is not None:
            query = query.where(events.c.planned == planned)
        if low is not None:
            late = events.c.high >= low
            query = query.where(sa.or_(late, events.c.high.is_(None)) if undated else late)
        if high is not None:
            query = query.where(events.c.low <= high)
        return list(self.db.execute(query.order_by(events.c.position)).scalars())

    def _marks(self, who: Who) -> tuple[str, ...]:
        """The marks of whoever is asked about, made once."""
        if who.asked not in self._known_marks:
            self._known_marks[who.asked] = who_marks(who, self.registry)
        return self._known_marks[who.asked]

    def _having(self, who: Who, event_type: str | None) -> sa.Select[tuple[str]]:
        """The events that may have somebody as a party."""
        having = sa.select(event_parties.c.event).where(event_parties.c.mark.in_(self._marks(who)))
        return having if event_type is None else having.where(event_parties.c.event_type == event_type)

    def latest(
        self, parties: Sequence[Who], event_type: str, after: str | None = None
    ) -> Iterator[tuple[list[KeptEvent], str]]:
        """Events of a type that may have everybody of ``parties``, the latest first, loaded only as far as one looks.

        Args:
            parties: Who takes part, one at least.
            event_type: Of which type.
            after: Only those that may end after this day, and those without any day.

        Yields:
            Some events, and the day by which all those that are left end; empty where those that are left have no day.
        """
        found = event_parties.alias()
        query = (
            sa.select(found.c.high, found.c.event)
            .where(found.c.mark.in_(self._marks(parties[0])), found.c.event_type == event_type)
            .distinct()
        )
        for who in parties[1:]:
            query = query.where(found.c.event.in_(self._having(who, event_type)))
        if after is not None:
            query = query.where(sa.or_(found.c.high > after, found.c.high == ""))
        rows = self.db.execute(query.order_by(found.c.high.desc(), found.c.event)).tuples().all()
        at = 0
        for size in chain(_BATCHES, repeat(_BATCHES[-1])):  # the first few are mostly enough
            if at >= len(rows):
                return
            rest = rows[at + size][0] if at + size < len(rows) else ""
            yield self.events([event for _, event in rows[at : at + size]]), rest
            at += size

    def with_prefix(self, prefix: str) -> list[str]:
        """The ids of events that begin so."""
        query = sa.select(events.c.id).where(
            self._then(events.c.known_at), events.c.id.startswith(prefix, autoescape=True)
        )
        return list(self.db.execute(query.order_by(events.c.id).limit(20)).scalars())

    def events(self, idents: Sequence[str], *, history: bool = False) -> list[KeptEvent]:
        """Events by id, with their claims as they stood; one that nothing known by then supports is left out."""
        missing = [i for i in dict.fromkeys(idents) if (i, history) not in self._kept]
        for at in range(0, len(missing), _CHUNK):
            chunk = missing[at : at + _CHUNK]
            self._kept |= dict.fromkeys((i, history) for i in chunk)
            self._kept |= {(e.id, history): e for e in self._events(chunk, history)}
        return [e for i in idents if (e := self._kept[i, history]) is not None]

    def _events(self, idents: Sequence[str], history: bool) -> list[KeptEvent]:
        query = sa.select(reports.c.event, reports.c.payload).where(
            reports.c.event.in_(idents), self._then(reports.c.known_at)
        )
        by_event: dict[str, list[ReportFacts]] = defaultdict(list)
        for event, payload in self.db.execute(query.order_by(reports.c.position)).tuples():
            by_event[str(event)].append(from_data(ReportFacts, json.loads(payload)))
        kept = self._claims({c: e for e, said in by_event.items() for r in said for c in r.claims})
        made = []
        for ident in (i for i in idents if i in by_event):
            ever = kept[ident]
            latest = list({c.facts.id: c for c in sorted(ever, key=lambda c: c.since)}.values())
            if latest:
                made.append(self._known(event_of(ident, by_event[ident], latest, ever=ever if history else ())))
        return made

    def _known(self, event: KeptEvent) -> KeptEvent:
        """The event with its people as the whole record knows them."""
        actors, recipients = (tuple(self.registry.fuller(p) for p in side) for side in (event.actors, event.recipients))
        known = (actors, recipients) == (event.actors, event.recipients)
        return event if known else replace(event, actors=actors, recipients=recipients)

    def _claims(self, events_of: Mapping[str, str]) -> dict[str, list[KeptClaim]]:
        """Every span of some claims, by event."""
        rows: list[Mapping[Any, Any]] = []
        ids = list(events_of)
        for at in range(0, len(ids), _CHUNK):
            query = (
                sa.select(claims.c.payload, claims.c.article, spans)
                .join(spans, spans.c.claim == claims.c.id)
                .where(claims.c.id.in_(ids[at : at + _CHUNK]), self._then(spans.c.since))
            )
            rows += self.db.execute(query).mappings().all()
        known = self.revisions({row["opened_by"] for row in rows})
        found: dict[str, list[KeptClaim]] = defaultdict(list)
        for row in rows:
            event = events_of[row["claim"]]
            found[event].append(self._claim(row, known[row["opened_by"]], event))
        return found

    def _claim(self, row: Mapping[Any, Any], revision: Revision, event: str) -> KeptClaim:
        facts = from_data(ClaimFacts, json.loads(row["payload"]))
        until = row["until"]
        if until is not None and self.as_of is not None and until > self.as_of:
            until = None
        return KeptClaim(facts, revision, row["article"], event, row["since"], until)

    def revisions(self, idents: Iterable[str]) -> dict[str, Revision]:
        """Revisions by id, without their readings."""
        wanted = sorted(idents)
        found: dict[str, Revision] = {}
        for at in range(0, len(wanted), _CHUNK):
            query = sa.select(*LIGHT).where(revisions.c.id.in_(wanted[at : at + _CHUNK]))
            found |= {row["id"]: revision_of(row) for row in self.db.execute(query).mappings()}
        return found

    def articles(self, name: str | None = None, since: str | None = None) -> list[str]:
        """Articles by address, id, file or the beginning of their id.

        Where none is named, those with several revisions, one of them known from ``since`` on.
        """
        then = self._then(revisions.c.known_at)
        if name is None:
            several = sa.select(revisions.c.article).where(then).group_by(revisions.c.article)
            if since is not None:
                lately = sa.select(revisions.c.article).where(revisions.c.known_at >= since)
                several = several.where(revisions.c.article.in_(lately))
            return list(self.db.execute(several.having(sa.func.count() > 1).order_by(revisions.c.article)).scalars())
        keys = [f"{kind}:{name}" for kind in ("url", "id", "file")]
        query = sa.select(article_keys.c.article).where(article_keys.c.key.in_(keys))
        found: list[str] = list(self.db.execute(query.distinct().order_by(article_keys.c.article)).scalars())
        begins = sa.select(articles.c.id).where(articles.c.id.startswith(name, autoescape=True))
        return found or list(self.db.execute(begins.order_by(articles.c.id).limit(20)).scalars())

    def versions(self, article: str) -> list[Version]:
        """The revisions of an article as they became known, each with what it says of each event."""
        query = sa.select(*LIGHT, revisions.c.claims, revisions.c.reports).where(
            revisions.c.article == article, self._then(revisions.c.known_at)
        )
        found = sorted((revision_of(row) for row in self.db.execute(query).mappings()), key=lambda r: r.order)
        said = sa.select(reports.c.id, reports.c.event, reports.c.payload).where(reports.c.article == article)
        kept = {i: (str(e), from_data(ReportFacts, json.loads(p))) for i, e, p in self.db.execute(said).tuples()}
        rows: Iterable[str] = self.db.execute(sa.select(claims.c.payload).where(claims.c.article == article)).scalars()
        facts = {c.id: c for c in (from_data(ClaimFacts, json.loads(p)) for p in rows)}
        return [_version(revision, kept, facts) for revision in found]

    def saying(self, article: str, said: str) -> list[str]:
        """The ids of the events that a sentence of an article speaks of, by the hash of the sentence."""
        mine: set[str] = set(
            self.db.execute(
                sa.select(claims.c.id).where(claims.c.article == article, claims.c.text_hash == said)
            ).scalars()
        )
        if not mine:
            return []
        query = sa.select(reports.c.event, reports.c.payload).where(
            reports.c.article == article, self._then(reports.c.known_at), reports.c.event.is_not(None)
        )
        rows = self.db.execute(query.order_by(reports.c.position)).tuples()
        return list(dict.fromkeys(str(event) for event, p in rows if mine & set(json.loads(p)["claims"])))

    def reading(self, revision: str) -> Reading:
        """The reading of a revision, as it was added."""
        packed = self.db.execute(sa.select(revisions.c.reading).where(revisions.c.id == revision)).scalar_one()
        return unzipped(packed)

    def extent(self) -> Extent:
        """How much the record held by then, and of which days."""

        def one(what: sa.ColumnElement[Any], known: sa.Column[Any]) -> Any:
            return self.db.execute(sa.select(what).where(self._then(known))).scalar()

        at = revisions.c.known_at
        counts = (sa.func.count(sa.distinct(revisions.c.article)), sa.func.count(revisions.c.id))
        held, kept = (int(one(count, at) or 0) for count in counts)
        happened = int(one(sa.func.count(events.c.id), events.c.known_at) or 0)
        return Extent(held, kept, happened, one(sa.func.min(at), at), one(sa.func.max(at), at))

    def first_known(self) -> str | None:
        """When the first article became known; None for an empty record."""
        found: str | None = self.db.execute(sa.select(sa.func.min(revisions.c.known_at))).scalar()
        return found

    def latest_article(self) -> str | None:
        """The newest date that an article known by then states."""
        query = sa.select(revisions.c.stated).where(revisions.c.stated.is_not(None), self._then(revisions.c.known_at))
        found = self.db.execute(query.order_by(revisions.c.stated.desc()).limit(1)).scalar()
        return str(found) if found else None


def _version(
    revision: Revision, kept: Mapping[str, tuple[str, ReportFacts]], facts: Mapping[str, ClaimFacts]
) -> Version:
    by_event: dict[str, list[ReportFacts]] = {}
    for ident in revision.reports:
        event, report = kept[ident]
        by_event.setdefault(event, []).append(report)
    return Version(revision, by_event, {c: facts[c] for c in revision.claims})
