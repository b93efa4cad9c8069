"""A record as Parquet by the day on which things became known: readings, claims, events, stories."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ultimora.answers import provenance
from ultimora.answers.asking import Asking
from ultimora.answers.exporting import ExportedEvent
from ultimora.answers.present import found
from ultimora.formats.export._words import row as event_row
from ultimora.formats.export.parquet import schema as event_schema
from ultimora.formats.export.parquet import typed
from ultimora.record.load import LIGHT, Loader, plainly
from ultimora.record.retelling import Shelf
from ultimora.record.schema import claims, events, gists, reports, revisions, stories
from ultimora.record.types import ClaimFacts, Party, Source
from ultimora.scale.driving import write_whole
from ultimora.scale.manifest import Manifest
from ultimora.scale.parts import arrow
from ultimora.serial import from_data

_CHUNK = 400
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
        made = []
        query = sa.select(*LIGHT, revisions.c.claims, revisions.c.reports)
        query = query.where(self._on(revisions.c.known_at, day)).order_by(revisions.c.known_at, revisions.c.id)
        for kept in self.db.execute(query).mappings().all():
            said = json.loads(kept["reports"])
            where = sa.select(reports.c.event, reports.c.payload).where(reports.c.id.in_(said))
            event = {c: e for e, p in self.db.execute(where).tuples() for c in json.loads(p)["claims"]}
            for ident, payload in self._facts(json.loads(kept["claims"])):
                made.append(_claim_row(from_data(ClaimFacts, json.loads(payload)), ident, event.get(ident), kept))
        return made

    def _facts(self, idents: Sequence[str]) -> Iterator[tuple[str, str]]:
        rows: dict[str, str] = {}
        for at in range(0, len(idents), _CHUNK):
            some = sa.select(claims.c.id, claims.c.payload).where(claims.c.id.in_(idents[at : at + _CHUNK]))
            rows |= dict(self.db.execute(some).tuples().all())
        return ((i, rows[i]) for i in idents if i in rows)

    def _events(self, day: str) -> list[dict[str, Any]]:
        query = sa.select(events.c.id).where(self._on(events.c.known_at, day)).order_by(events.c.position)
        idents = list(self.db.execute(query).scalars())
        made = []
        for at in range(0, len(idents), _CHUNK):
            # A loader of its own: one that keeps all events of an archive would grow with it.
            asking = Asking(Loader(self.db), datetime.fromisoformat(f"{day}T23:59:59Z"))
            for kept in asking.loader.events(idents[at : at + _CHUNK]):
                row = typed(event_row(ExportedEvent(found(kept), provenance.origins_of(asking, kept))))
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


def _claim_row(facts: ClaimFacts, ident: str, event: str | None, kept: Any) -> dict[str, Any]:
    told = {name: getattr(facts, name, None) for name in _CLAIM}
    told |= {"claim": ident, "event": event, "revision": kept["id"], "sentence": facts.text, "from": facts.from_}
    told |= {name: kept[name] for name in ("article", "known_at", "outlet", "language")}
    told |= {"actors": _names(facts.actors), "recipients": _names(facts.recipients)}
    told |= {"place": facts.place.name if facts.place else None, "numbers": [a.text for a in facts.amounts]}
    return told | {"sources": [_chain(chain) for chain in facts.chains]}


def _names(parties: Sequence[Party]) -> list[str]:
    return [p.name for p in parties]


def _chain(chain: Sequence[Source]) -> str:
    """One chain of sources, nearest to the facts first."""
    return " < ".join(f"{s.party.name} ({s.stance})" for s in chain)
