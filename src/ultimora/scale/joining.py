"""Joins what was read into a record, by the record's own code, in the order in which things became known."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from ultimora.answers import Record
from ultimora.following.tables import archives, prepare
from ultimora.record.adding import Incoming, Kept, Prints
from ultimora.record.instants import instant
from ultimora.record.load import unzipped
from ultimora.record.stories import lead
from ultimora.record.types import Added
from ultimora.record.vectors import vector
from ultimora.scale.manifest import Done, Manifest
from ultimora.scale.parts import Row, rows_of

AT_ONCE = 32
"""How many readings are taken in by one transaction: fewer commits, and nobody else waits for long."""
_ALIKE = 6
"""How many of the twelve bands of two fingerprints are the same in copies of one text; some 85 % of it is then."""


def order_of(done: list[Done]) -> str:
    """What tells one set of parts from every other: the same readings in the same order have the same."""
    told = [[d.chunk.path, d.chunk.start, d.chunk.skip, d.hash] for d in done]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def rows_in_order(done: list[Done], parts: Path) -> Iterator[Row]:
    """All readings day by day, within a day by the instant at which they became known, then as they stand."""
    days: dict[str, list[tuple[Done, int]]] = {}
    for each in done:
        for group, day in enumerate(each.days):
            days.setdefault(day, []).append((each, group))
    for day in sorted(days):
        groups = [rows_of(parts / each.part, group) for each, group in days[day]]
        yield from heapq.merge(*groups, key=lambda row: (row.known_at, row.path, row.place, row.number))


class Vectors:
    """Gives the vectors that workers made for leads; any other is made when asked for."""

    def __init__(self) -> None:
        """Know none yet."""
        self.prepared: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The vector of a text."""
        known = self.prepared.get(text)
        return vector(text) if known is None else known


class Join:
    """Takes the parts of a manifest into a record; what was taken in before is passed over."""

    def __init__(
        self, manifest: Manifest, record: Record, parts: Path, told: Callable[[int], None], vectors: Vectors
    ) -> None:
        """Get ready; ``told`` hears how many readings are in, ``vectors`` are those that the record asks."""
        self.manifest, self.record, self.parts, self.told, self.vectors = manifest, record, parts, told, vectors

    def run(self) -> int:
        """Take everything in; how many readings that were.

        Raises:
            RecordError: the record cannot be written; all before that is in it.
        """
        done = self.manifest.parts()
        key = f"order:{order_of(done)}"
        with self.record.store.writing() as db:
            prepare(db)
            begin = int(db.execute(sa.select(archives.c.position).where(archives.c.key == key)).scalar() or 0)
        if begin == 0:
            self.manifest.begin_order()
        position = begin
        placed = islice(enumerate(rows_in_order(done, self.parts), start=1), begin, None)
        while some := list(islice(placed, AT_ONCE)):
            self._take(key, some)
            position = some[-1][0]
            self.told(position)
        return position

    def _take(self, key: str, some: Sequence[tuple[int, Row]]) -> None:
        """Take some readings in, in one transaction."""
        incoming = [_incoming(row) for _, row in some]
        self.vectors.prepared = {lead(i.reading): row.vector for i, (_, row) in zip(incoming, some, strict=True)}

        def also(db: sa.Connection, added: Sequence[Added]) -> None:
            # Before the commit: a place without its reading does no harm, and is written again with it.
            with self.manifest.together():
                for (position, row), each in zip(some, added, strict=True):
                    first = self.manifest.copy_of(position, row.bands.split(","), _ALIKE) if row.bands else None
                    self.manifest.place(position, each.revision, first, row.path, row.place)
            _write(db, key, some[-1][0])

        self.record.store.add_all(incoming, also=also)


def _incoming(row: Row) -> Incoming:
    bands = tuple(row.bands.split(",")) if row.bands else ()
    kept = Kept(row.reading, row.raw, row.hash)
    known_at = instant(row.known_at, "seen")
    return Incoming(unzipped(row.reading), known_at, kept=kept, prints=Prints(bands, row.sketch))


def _write(db: sa.Connection, key: str, position: int) -> None:
    if not db.execute(archives.update().where(archives.c.key == key).values(position=position)).rowcount:
        db.execute(archives.insert(), [{"key": key, "name": "archive", "position": position}])
