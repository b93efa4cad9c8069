"""A record as Parquet by the day on which things became known: readings, claims, events, stories."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ultimora.answers.present import found
from ultimora.formats.export._words import row as event_row
from ultimora.formats.export.parquet import schema as event_schema
from ultimora.formats.export.parquet import typed
from ultimora.record.load import LIGHT, Loader, plainly
from ultimora.record.origins import origins
from ultimora.record.registry import Registry
from ultimora.record.retelling import Shelf
from ultimora.record.schema import claims, events, gists, reports, revisions, stories
from ultimora.scale.driving import write_whole
from ultimora.scale.manifest import Manifest
from ultimora.scale.parts import arrow

_CHUNK, _AT_ONCE = 400, 50
_ONLY_ASKED = ("outcome", "moved_to")
"""Columns that an event has only at a present, which a table has not."""
Origins = dict[str, tuple[str, int, str | None]]


class Tables:
    """Writes a record's tables into a folder, a file a day. Written again they have the same bytes."""

    def __init__(self, loader: Loader, manifest: Manifest, folder: Path) -> None:
        """Get ready, with what the manifest knows of where readings stood."""
        self.loader, self.db, self.folder = loader, loader.db, folder
        self.origins: Origins = manifest.origins()
        self.pa, self.parquet = arrow()

    def days(self) -> list[str]:
        """The days on which anything became known."""
        day = sa.func.substr(revisions.c.known_at, 1, 10)
        return list(self.db.execute(sa.select(day).distinct().order_by(day)).scalars())

    def write(self, day: str) -> None:
        """Write what became known on a day.

        Raises:
            ArchiveError: a file cannot be written.
        """
        self._write("readings", day, self._readings(day), self._schema(_READING))
        self._write("claims", day, self._claims(day), self._schema(_CLAIM))
        self._write("events", day, self._events(day), self._event_schema())
        self._write("stories", day, self._stories(day), self._schema(_STORY))

    def _schema(self, columns: dict[str, str]) -> Any:
        kinds = {"text": self.pa.string(), "count": self.pa.int64(), "list": self.pa.list_(self.pa.string())}
        return self.pa.schema([(name, kinds[kind]) for name, kind in columns.items()])

    def _event_schema(self) -> Any:
        return self.pa.schema([field for field in event_schema(self.pa) if field.name not in _ONLY_ASKED])

    def _write(self, name: str, day: str, rows: list[dict[str, Any]], schema: Any) -> None:
        out = io.BytesIO()
        self.parquet.write_table(self.pa.Table.from_pylist(rows, schema=schema), out, compression="zstd")
        write_whole(self.folder / name / f"{day}.parquet", out.getvalue())

    def _on(self, column: sa.Column[Any], day: str) -> sa.ColumnElement[bool]:
        return sa.and_(column >= day, column < day + "~")

    def _readings(self, day: str) -> list[dict[str, Any]]:
        query = sa.select(*LIGHT, revisions.c.reading, gists.c.story).outerjoin(
            gists, gists.c.revision == revisions.c.id
        )
        query = query.where(self._on(revisions.c.known_at, day)).order_by(revisions.c.known_at, revisions.c.id)
        return [self._reading(each) for each in self.db.execute(query).mappings()]

    def _reading(self, kept: Any) -> dict[str, Any]:
        reading = plainly(kept["reading"])
        path, place, copy_of = self.origins.get(kept["id"], (None, None, None))
        told = {name: kept[name] for name in _READING if name in kept}
        told |= {"revision": kept["id"], "path": path, "place": place, "copy_of": copy_of, "text": reading["text"]}
        whole = json.dumps(reading, ensure_ascii=False, separators=(",", ":"))
        told |= {"sentences": len(reading["sentences"]), "claims": len(reading["claims"]), "reading": whole}
        return {k: v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for k, v in told.items()}

    def _claims(self, day: str) -> list[dict[str, Any]]:
        query = sa.select(*LIGHT, revisions.c.claims, revisions.c.reports)
        query = query.where(self._on(revisions.c.known_at, day)).order_by(revisions.c.known_at, revisions.c.id)
        rows = self.db.execute(query).mappings().all()
        return [row for at in range(0, len(rows), _AT_ONCE) for row in self._claims_of(rows[at : at + _AT_ONCE])]

    def _claims_of(self, some: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """The claims of some revisions, each with the event that the revision's own report of it was joined to."""
        facts = self._payloads(claims.c.payload, [i for kept in some for i in json.loads(kept["claims"])])
        said = self._payloads(reports.c.payload, [i for kept in some for i in json.loads(kept["reports"])])
        joined = self._payloads(reports.c.event, list(said))
        for kept in some:
            told = (r for r in json.loads(kept["reports"]) if r in said)
            event = {c: joined[r] for r in told for c in json.loads(said[r])["claims"]}
            for ident in (i for i in json.loads(kept["claims"]) if i in facts):
                yield _claim_row(json.loads(facts[ident]), ident, event.get(ident), kept)

    def _payloads(self, column: sa.Column[str], idents: Sequence[str]) -> dict[str, str]:
        """A column of a table by id."""
        rows: dict[str, str] = {}
        for at in range(0, len(idents), _CHUNK):
            some = sa.select(column.table.c.id, column).where(column.table.c.id.in_(idents[at : at + _CHUNK]))
            rows |= dict(self.db.execute(some).tuples().all())
        return rows

    def _events(self, day: str) -> list[dict[str, Any]]:
        query = sa.select(events.c.id).where(self._on(events.c.known_at, day)).order_by(events.c.position)
        idents = list(self.db.execute(query).scalars())
        made, registry = [], Registry(self.db, None)
        for at in range(0, len(idents), _CHUNK):
            # A loader of its own: one that keeps all events of an archive would grow with it.
            for kept in Loader(self.db, registry=registry).events(idents[at : at + _CHUNK]):
                row = typed(event_row(found(kept), len(origins(kept))))
                made.append({k: v for k, v in row.items() if k not in _ONLY_ASKED})
        return made

    def _stories(self, day: str) -> list[dict[str, Any]]:
        query = sa.select(stories.c.id).where(self._on(stories.c.known_at, day)).order_by(stories.c.position)
        made = []
        for kept in Shelf(self.db, None).stories(list(self.db.execute(query).scalars())):
            outlets = dict.fromkeys(a.outlet for a in kept.articles if a.outlet)
            told: dict[str, Any] = {
                "story": kept.id,
                "title": kept.title().title,
                "first": kept.first,
                "last": kept.last,
            }
            told |= {"branch_of": kept.branch_of, "articles": [a.article for a in kept.articles]}
            made.append(told | {"outlets": list(outlets), "languages": sorted({a.language for a in kept.articles})})
        return made


_READING = {
    "revision": "text", "article": "text", "path": "text", "place": "count", "copy_of": "text", "known_at": "text",
    "published": "text", "modified": "text", "outlet": "text", "url": "text", "title": "text", "language": "text",
    "story": "text", "sentences": "count", "claims": "count", "text": "text", "reading": "text",
}  # fmt: skip
_CLAIM = {
    "claim": "text", "event": "text", "article": "text", "revision": "text", "known_at": "text", "outlet": "text",
    "language": "text", "sentence": "text", "trigger": "text", "event_type": "text", "mode": "text",
    "predicate": "text", "actors": "list", "recipients": "list", "place": "text", "from": "text", "to": "text",
    "status": "text", "polarity": "text", "certainty": "text", "sources": "list", "numbers": "list", "rule": "text",
}  # fmt: skip
_STORY = {
    "story": "text", "title": "text", "first": "text", "last": "text", "branch_of": "text", "articles": "list",
    "outlets": "list", "languages": "list",
}  # fmt: skip


def _claim_row(facts: dict[str, Any], ident: str, event: str | None, kept: Any) -> dict[str, Any]:
    """A claim as a row, out of its facts as plain data."""
    told = {name: facts.get(name) for name in _CLAIM}
    told |= {"claim": ident, "event": event, "revision": kept["id"], "sentence": facts["text"]}
    told |= {name: kept[name] for name in ("article", "known_at", "outlet", "language")}
    told |= {side: [party["name"] for party in facts[side]] for side in ("actors", "recipients")}
    told |= {"place": facts["place"] and facts["place"]["name"], "numbers": [a["text"] for a in facts["amounts"]]}
    return told | {"sources": [_chain(chain) for chain in facts["chains"]]}


def _chain(chain: Sequence[dict[str, Any]]) -> str:
    """One chain of sources, nearest to the facts first."""
    return " < ".join(f"{s['party']['name']} ({s['stance']})" for s in chain)
