"""Keeps readings: opens the record, takes articles in, one transaction each, and asks `decide` what each means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ultimora.errors import NotARecord, RecordReadOnly, RecordTooNew
from ultimora.record import sqlite, upkeep
from ultimora.record.adding import Adding, canonical_url
from ultimora.record.correcting import Corrector
from ultimora.record.instants import instant
from ultimora.record.load import Loader
from ultimora.record.schema import VERSION, meta, metadata
from ultimora.record.types import Added
from ultimora.record.vectors import Vectors, vector
from ultimora.types import Reading

__all__ = ["Clock", "Store", "canonical_url", "instant", "now"]
Clock = Callable[[], datetime]
Also = Callable[[sa.Connection, Added], None]


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class Store:
    """A record on disk. Every article is added in one transaction: it is there wholly or not at all."""

    def __init__(
        self,
        path: str | Path,
        *,
        clock: Clock = now,
        timeout: float = 30.0,
        create: bool = True,
        vectors: Vectors = vector,
    ) -> None:
        """Open a record.

        Args:
            path: The file.
            clock: Gives the time at which what is added becomes known.
            timeout: How many seconds to wait for another process that is writing.
            create: Make the record if there is none.
            vectors: Gives the vector of a text, which helps to tell what is one story.

        Raises:
            NotARecord: there is none to open, or the file is something else.
            RecordTooNew: it was made by a newer version.
        """
        self.path = Path(path)
        self.clock = clock
        self.vectors = vectors
        with sqlite.our_errors(self.path):
            self.engine = sqlite.connect(self.path, timeout, create=create)
            if not self.path.exists() or self.path.stat().st_size == 0:
                self._create()
            elif sqlite.logs_ahead(self.path) and sqlite.writable(self.path) and not sqlite.wal_is_safe():
                sqlite.set_journal(self.engine)
            self._check_version()

    def close(self) -> None:
        """Let the file go."""
        self.engine.dispose()

    def _create(self) -> None:
        with self._writing() as connection:
            if not sa.inspect(connection).has_table("meta"):
                sqlite.prepare(connection)
                metadata.create_all(connection)
                connection.execute(meta.insert(), [{"key": "version", "value": str(VERSION)}])
                upkeep.stamp(connection)
        sqlite.set_journal(self.engine)

    def _check_version(self) -> None:
        with self.reading() as connection:
            if not sa.inspect(connection).has_table("meta"):
                raise NotARecord(f"{self.path}: is no ultimora record; name another file with --record")
            version = connection.execute(sa.select(meta.c.value).where(meta.c.key == "version")).scalar()
        if int(version or 0) > VERSION:
            raise RecordTooNew(f"{self.path}: made by a newer ultimora (record version {version}); upgrade ultimora")
        if int(version or 0) < VERSION:
            self._migrate()

    def _migrate(self) -> None:
        """Bring an older record to the present layout, in one transaction: wholly or not at all."""
        if not sqlite.writable(self.path):
            raise RecordReadOnly(
                f"{self.path}: made by an older ultimora; make it writable once, to be brought up to date"
            )
        with self._writing() as connection:
            version = connection.execute(sa.select(meta.c.value).where(meta.c.key == "version")).scalar()
            if int(version or 0) < VERSION:
                upkeep.migrate(connection, int(version or 0), self.vectors)

    def rebuild(self) -> int:
        """Make everything that is derived anew out of the readings that are kept; how many revisions there are."""
        with self._writing() as connection:
            return upkeep.rebuild(connection, self.vectors)

    def examine(self) -> list[upkeep.Check]:
        """What is as it should be in the record, and what is not."""
        with self.reading() as connection:
            return list(upkeep.examine(connection))

    def backup(self, target: str | Path, *, force: bool = False) -> None:
        """Copy the record to another file while others may be adding to it.

        Raises:
            RecordError: the file is there already, or cannot be written.
        """
        upkeep.copy(self.path, Path(target), force=force)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with sqlite.our_errors(self.path), self.engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the record throughout."""
        with sqlite.our_errors(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    def add(
        self,
        reading: Reading,
        *,
        seen: str | datetime | None = None,
        keys: Sequence[str] = (),
        raw: bytes | None = None,
        also: Also | None = None,
    ) -> Added:
        """Take a reading in.

        Args:
            reading: What one revision of an article says.
            seen: When it became known, where that was not now.
            keys: Further names of the article, as the file that it is kept in.
            raw: The bytes that it was read from.
            also: What is to be kept together with it: called with the connection and the outcome, in the same
                transaction.

        Raises:
            RecordError: it cannot be written; nothing of the article was kept.
        """
        if self.path.exists() and not sqlite.writable(self.path):
            raise RecordReadOnly(
                f"{self.path}: the record cannot be written; check the permissions of the file, or use --record"
            )
        with self._writing() as connection:
            known_at = instant(seen if seen is not None else self.clock(), "seen")
            added = Adding(connection, reading, known_at, seen is not None, keys, raw, self.vectors).done()
            if also is not None:
                also(connection, added)
            return added

    @contextmanager
    def correcting(self) -> Iterator[Corrector]:
        """A transaction in which actors are corrected: all of it is kept, or nothing."""
        with self._writing() as connection:
            yield Corrector(connection, instant(self.clock(), "now"))

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A connection that writes in one transaction, for tables that others keep beside the record's own."""
        return self._writing()

    @contextmanager
    def loader(self, as_of: str | None = None) -> Iterator[Loader]:
        """What was known at an instant (or is known now), to be asked."""
        with self.reading() as connection:
            yield Loader(connection, as_of)
