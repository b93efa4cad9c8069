"""Articles out of the record: their revisions as they became known, the readings of them, and what is new."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ultimora.record.load import Loader, revision_of
from ultimora.record.schema import events, gists, reports, revisions
from ultimora.record.types import Revision
from ultimora.serial import from_data
from ultimora.types import Reading

_LIGHT = [c for c in revisions.c if c.name not in ("reading", "raw", "claims", "reports")]


@dataclass(frozen=True, slots=True)
class Pulse:
    """Changes whenever the record does: when the latest became known, and how many revisions there are."""

    known_at: str | None
    revisions: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A revision that became known, whether it is its article's first, and the events that it speaks of.

    ``began`` are those of which nothing was known before; ``story`` is what it tells.
    """

    revision: Revision
    story: str | None
    first: bool
    events: tuple[str, ...]
    began: tuple[str, ...]


def pulse(loader: Loader) -> Pulse:
    """Whether anything was added, cheaply."""
    query = sa.select(sa.func.max(revisions.c.known_at), sa.func.count(revisions.c.known_at))
    latest, count = loader.db.execute(query).tuples().one()
    return Pulse(latest, int(count))


def reading_of(loader: Loader, revision: str) -> Reading:
    """The reading of a revision."""
    packed = loader.db.execute(sa.select(revisions.c.reading).where(revisions.c.id == revision)).scalar_one()
    return from_data(Reading, json.loads(zlib.decompress(packed)))


@dataclass(frozen=True, slots=True)
class Around:
    """The sentences before and after one, empty at the ends of a text."""

    before: str
    after: str


def around(loader: Loader, revision: str, sentences: Sequence[int]) -> list[Around]:
    """What stands around some sentences of a revision."""
    packed = loader.db.execute(sa.select(revisions.c.reading).where(revisions.c.id == revision)).scalar_one()
    data = json.loads(zlib.decompress(packed))
    said = [" ".join(data["text"][s["start"] : s["end"]].split()) for s in data["sentences"]]
    parts = [s["part"] in ("section", "title", "standfirst") for s in data["sentences"]]

    def near(one: int, other: int) -> str:
        inside = 0 <= other < len(said) and parts[other] == parts[one]
        return said[other] if inside else ""

    return [Around(near(i, i - 1), near(i, i + 1)) for i in sentences]


def events_of_claims(loader: Loader, revision: Revision, ids: Mapping[str, str]) -> dict[str, str]:
    """For each claim of a reading of a revision, by its id there (``ids``: to its id in the record), its event."""
    said = sa.select(reports.c.payload, reports.c.event).where(reports.c.article == revision.article)
    kept = {
        claim: str(event)
        for payload, event in loader.db.execute(said.order_by(reports.c.position)).tuples()
        if event
        for claim in json.loads(payload)["claims"]
    }
    return {local: kept[ident] for local, ident in ids.items() if ident in kept}


def arrivals(loader: Loader, since: str | None, limit: int) -> list[Arrival]:
    """The revisions that became known after an instant, the newest first, ``limit`` at most."""
    query = sa.select(*_LIGHT, revisions.c.reports).where(revisions.c.known_at > (since or ""))
    if loader.as_of is not None:
        query = query.where(revisions.c.known_at <= loader.as_of)
    query = query.order_by(revisions.c.known_at.desc(), revisions.c.id.desc()).limit(limit)
    rows = loader.db.execute(query).mappings().all()
    said = [tuple(json.loads(row["reports"])) for row in rows]
    found = [revision_of({k: v for k, v in row.items() if k != "reports"}) for row in rows]
    told = sa.select(gists.c.revision, gists.c.story).where(gists.c.revision.in_([r.id for r in found]))
    stories = dict(loader.db.execute(told).tuples().all())
    firsts, joined = _firsts(loader, found), _events(loader, [r for each in said for r in each])
    made = []
    for revision, ids in zip(found, said, strict=True):
        mine = dict(joined[i] for i in ids if i in joined)
        began = tuple(e for e, known in mine.items() if known == revision.known_at)
        made.append(
            Arrival(
                revision, stories.get(revision.id), firsts[revision.article] == revision.known_at, tuple(mine), began
            )
        )
    return made


def _firsts(loader: Loader, found: Sequence[Revision]) -> dict[str, str]:
    articles = sorted({r.article for r in found})
    query = sa.select(revisions.c.article, sa.func.min(revisions.c.known_at))
    query = query.where(revisions.c.article.in_(articles)).group_by(revisions.c.article)
    return dict(loader.db.execute(query).tuples().all())


def _events(loader: Loader, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """For each of some reports its event, and since when that is known."""
    found: dict[str, tuple[str, str]] = defaultdict()
    for at in range(0, len(ids), 400):
        query = sa.select(reports.c.id, events.c.id, events.c.known_at).join(events, events.c.id == reports.c.event)
        query = query.where(reports.c.id.in_(ids[at : at + 400]))
        found |= {report: (event, known) for report, event, known in loader.db.execute(query).tuples()}
    return found
