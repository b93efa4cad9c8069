"""Keeps readings: opens the record, takes articles in, one transaction each, and asks `decide` what each means."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from ultimora.collecting import undisturbed
from ultimora.errors import NotARecord, RecordChanged, RecordError, RecordReadOnly, RecordTooNew, RecordUnreachable
from ultimora.record import locks, upkeep
from ultimora.record.adding import Incoming, canonical_url, take_in
from ultimora.record.correcting import Corrector
from ultimora.record.database import Check, database_of
from ultimora.record.instants import instant
from ultimora.record.load import Loader
from ultimora.record.schema import COPYING, VERSION, meta, metadata
from ultimora.record.types import Added
from ultimora.record.vectors import Vectors, vector
from ultimora.types import Reading

__all__ = ["Clock", "Store", "canonical_url", "instant", "now"]
Clock = Callable[[], datetime]
Also = Callable[[sa.Connection, Added], None]
AlsoAll = Callable[[sa.Connection, Sequence[Added]], None]
T = TypeVar("T")
_PAUSE, _LONGEST = 0.05, 2.0


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class Store:
    """A record on disk or on a server. Every article is added in one transaction: it is there wholly or not at all."""

    def __init__(
        self,
        path: str | Path,
        *,
        clock: Clock = now,
        timeout: float = 30.0,
        create: bool = True,
        vectors: Vectors = vector,
        unfinished: bool = False,
    ) -> None:
        """Open a record.

        Args:
            path: The file, or the address of a database: ``postgresql://USER@HOST/DATABASE``.
            clock: Gives the time at which what is added becomes known.
            timeout: How many seconds to wait for another process that is writing, or for a server that is away.
            create: Make the record if there is none.
            vectors: Gives the vector of a text, which helps to tell what is one story.
            unfinished: Open it even if it is a copy that was not finished, to go on with it.

        Raises:
            NotARecord: there is none to open, or the file is something else.
            RecordTooNew: it was made by a newer version.
            RecordUnreachable: the server does not answer.
        """
        self.clock, self.vectors, self.timeout, self._unfinished = clock, vectors, timeout, unfinished
        self.database = database_of(path, timeout, create=create)
        self.name, self.engine = self.database.name, self.database.engine
        try:
            with self.database.errors():
                if self.database.is_new():
                    self._create()
                self._check_version()
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path | None:
        """The file of the record, None where it is on a server."""
        return self.database.path

    def close(self) -> None:
        """Let the file or the server go."""
        self.engine.dispose()

    def _create(self) -> None:
        with self._writing() as connection:
            self.database.prepare(connection)
            if not sa.inspect(connection).has_table("meta"):
                metadata.create_all(connection)
                connection.execute(meta.insert(), [{"key": "version", "value": str(VERSION)}])
                upkeep.stamp(connection)
        self.database.made()

    def _check_version(self) -> None:
        with self.reading() as connection:
            if not sa.inspect(connection).has_table("meta"):
                raise NotARecord(f"{self.name}: is no ultimora record; name another file with --record")
            kept: dict[str, str] = dict(connection.execute(sa.select(meta.c.key, meta.c.value)).tuples().all())
        version = int(kept.get("version") or 0)
        if version > VERSION:
            raise RecordTooNew(f"{self.name}: made by a newer ultimora (record version {version}); upgrade ultimora")
        if COPYING in kept and not self._unfinished:
            raise RecordError(f"{self.name}: is a copy that was not finished; go on with: ultimora copy FROM TO")
        if version < VERSION:
            self._migrate()

    def _migrate(self) -> None:
        """Bring an older record to the present layout, in one transaction: wholly or not at all."""
        if not self.database.writable():
            raise RecordReadOnly(
                f"{self.name}: made by an older ultimora; make it writable once, to be brought up to date"
            )
        with self._writing() as connection:
            locks.hold(connection, "record")
            version = connection.execute(sa.select(meta.c.value).where(meta.c.key == "version")).scalar()
            if int(version or 0) < VERSION:
                upkeep.migrate(self.database, connection, int(version or 0), self.vectors)

    def rebuild(self) -> int:
        """Make everything that is derived anew out of the readings that are kept; how many revisions there are."""
        with self._writing() as connection:
            locks.alone(connection)
            return upkeep.rebuild(connection, self.vectors)

    def examine(self) -> list[Check]:
        """What is as it should be in the record, and what is not."""
        with self.reading() as connection:
            return list(upkeep.examine(self.database, connection))

    def backup(self, target: str | Path, *, force: bool = False) -> None:
        """Copy the record to another file while others may be adding to it.

        Raises:
            RecordError: the file is there already, or cannot be written; or the record is on a server.
        """
        self.database.backup(Path(target), force=force)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self.database.errors(), self.engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the record throughout."""
        with self.database.errors(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @undisturbed
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

        def incoming() -> list[Incoming]:
            known_at = instant(seen if seen is not None else self.clock(), "seen")
            return [Incoming(reading, known_at, seen is not None, keys, raw)]

        def kept(db: sa.Connection, added: Sequence[Added]) -> None:
            if also is not None:
                also(db, added[0])

        return self._add(incoming, kept)[0]

    @undisturbed
    def add_all(self, incoming: Sequence[Incoming], *, also: AlsoAll | None = None) -> list[Added]:
        """Take articles in, one after the other, in one transaction: all of them, or none.

        Args:
            incoming: What comes.
            also: What is to be kept together with them, as for one.

        Raises:
            RecordError: they cannot be written; nothing of them was kept.
        """
        return self._add(lambda: incoming, also or (lambda _db, _added: None))

    def _add(self, incoming: Callable[[], Sequence[Incoming]], also: AlsoAll) -> list[Added]:
        if not self.database.writable():
            raise RecordReadOnly(
                f"{self.name}: the record cannot be written; check the permissions of the file, or use --record"
            )

        def once() -> list[Added]:
            with self._writing() as connection:
                added = take_in(connection, incoming(), self.vectors)
                also(connection, added)
                return added

        return self.again(once)

    def again(self, work: Callable[[], T]) -> T:
        """Do some work of one transaction; again where others were faster, or where the server is away for a moment.

        Raises:
            RecordUnreachable: the server is away for longer than the timeout.
            RecordChanged: others were faster for as long.
        """
        until, pause = time.monotonic() + self.timeout, _PAUSE
        while True:
            try:
                return work()
            except (RecordChanged, RecordUnreachable):
                if time.monotonic() + pause > until:
                    raise
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST)

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
