"""Joins what was read into a record, by the record's own code, in the order in which things became known."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

from ultimora.answers import Record
from ultimora.following.tables import archives, prepare
from ultimora.record.stories import lead
from ultimora.record.types import Added
from ultimora.record.vectors import vector
from ultimora.scale.manifest import Done, Manifest
from ultimora.scale.parts import Row, rows_of
from ultimora.serial import from_data
from ultimora.types import Reading

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
    """Gives the vector that a worker made for a lead; any other is made when asked for."""

    def __init__(self) -> None:
        """Know none yet."""
        self.prepared = ("", "")

    def __call__(self, text: str) -> str:
        """The vector of a text."""
        known, made = self.prepared
        return made if text == known else vector(text)


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
        position = 0
        for position, row in enumerate(rows_in_order(done, self.parts), start=1):
            if position > begin:
                self._take(key, position, row)
                self.told(position)
        return position

    def _take(self, key: str, position: int, row: Row) -> None:
        reading = from_data(Reading, json.loads(row.reading.decode("utf-8", "surrogatepass")))
        self.vectors.prepared = (lead(reading), row.vector)
        first = self.manifest.copy_of(position, row.bands.split(","), _ALIKE) if row.bands else None

        def also(db: sa.Connection, added: Added) -> None:
            # Before the commit: a place without its reading does no harm, and is written again with it.
            self.manifest.place(position, added.revision, first, row.path, row.place)
            _write(db, key, position)

        self.record.store.add(reading, seen=row.known_at, raw=row.raw, also=also)


def _write(db: sa.Connection, key: str, position: int) -> None:
    if not db.execute(archives.update().where(archives.c.key == key).values(position=position)).rowcount:
        db.execute(archives.insert(), [{"key": key, "name": "archive", "position": position}])
