"""Who visits what: one watch that is alone with a file, or many workers that share a list on a server.

Workers take jobs under a lease that a heartbeat moves on. One that dies is not heard of any more, and what it held is
taken by others. A job is given back in the transaction that keeps what it made, and only by who holds it still.

A server that goes away leaves open whether the last thing it was told is so. A worker therefore moves on only what it
knows to hold: a lease that it never heard it had got, or could not give back, passes by itself.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Literal, Protocol, Self
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ultimora.errors import JobTakenOver, RecordBusy, RecordError
from ultimora.following.tables import entries, hosts, leases, prepare, sources
from ultimora.record.store import Store, instant

LEASE, BEAT = 20.0, 5.0
_BATCH, _LOOKED_AT = 2000, 300
_PAUSE = 0.2
What = Literal["source", "entry"]
Name = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be visited now, each with its row; ``waiting``: more is due, but others have it or its host."""

    rows: list[tuple[What, Row]]
    waiting: bool = False


class Jobs(Protocol):
    """What a watch asks of the list of jobs."""

    shared: bool
    worker: str

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def due(self, now: datetime, left_out: Collection[Name], held: int) -> Due:
        """What is due, without some, where so many are held already."""

    def left(self, host: str, seconds: float) -> None:
        """A host was visited; it wants to be left alone for some seconds."""

    def done(self, db: sa.Connection, job: Name) -> None:
        """A job is done, in the transaction that keeps what it made."""

    def task(self, name: str) -> AbstractContextManager[bool]:
        """Whether this worker may do what only one may do at once."""


def named(table: sa.Table) -> tuple[What, sa.Column[Any]]:
    """What a table's jobs are called, and the column that names one."""
    return ("source", table.c.url) if table is sources else ("entry", table.c.key)


def jobs_of(store: Store, ahead: int, stop: Event | None = None) -> Jobs:
    """The list of jobs of a record."""
    return Alone(store, store.path) if store.path is not None else Shared(store, ahead, stop or Event())


@dataclass(slots=True)
class Alone:
    """The only watch of a file: a lock that goes when its process goes, however it does."""

    store: Store
    path: Path
    shared: bool = False
    worker: str = ""
    _file: Any = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            RecordBusy: another process holds it.
        """
        try:
            import fcntl
        except ImportError:  # a system without such locks
            return self
        self._file = self.path.with_name(f"{self.path.name}.watch").open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise RecordBusy(
                f"{self.path}: another ultimora watch is running on this record; stop it first, or let several share a "
                "record in PostgreSQL"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it go."""
        if self._file is not None:
            self._file.close()

    def due(self, now: datetime, left_out: Collection[Name], held: int) -> Due:  # noqa: ARG002
        """All that is due, as far as one look goes."""
        found: list[tuple[What, Row]] = []
        with self.store.reading() as db:
            for table in (sources, entries):
                what, key = named(table)
                due = sa.select(table).where(table.c.next_at <= instant(now)).order_by(table.c.next_at).limit(_BATCH)
                rows = map(dict, db.execute(due).mappings())
                found += [(what, row) for row in rows if (what, row[key.name]) not in left_out]
        return Due(found)

    def left(self, host: str, seconds: float) -> None:
        """The watch itself remembers it."""

    def done(self, db: sa.Connection, job: Name) -> None:
        """Nobody else could have had it."""

    @contextmanager
    def task(self, name: str) -> Iterator[bool]:  # noqa: ARG002
        """Nobody else does it."""
        yield True


@dataclass(slots=True)
class Shared:
    """One of many workers on one list."""

    store: Store
    ahead: int
    stop: Event
    shared: bool = True
    worker: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}")
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None
    _held: set[Name] = field(default_factory=set)
    _guard: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        """Begin to be heard of."""
        with self.store.writing() as db:
            prepare(db)
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back what is held; where that cannot be said, the leases pass by themselves."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(BEAT)
        self._quietly(lambda db: db.execute(leases.delete().where(leases.c.worker == self.worker)))

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            self._quietly(self._renew)

    def _renew(self, db: sa.Connection) -> None:
        held = sorted(self._holding())
        mine = (leases.c.worker == self.worker) & sa.tuple_(leases.c.what, leases.c.key).in_(held)
        db.execute(leases.update().where(mine).values(until=_present(db) + LEASE))

    def _holding(self) -> set[Name]:
        with self._guard:
            return set(self._held)

    def _hold(self, *names: Name) -> None:
        with self._guard:
            self._held.update(names)

    def _drop(self, name: Name) -> None:
        with self._guard:
            self._held.discard(name)

    def _quietly(self, work: Callable[[sa.Connection], object]) -> bool:
        """Do something that need not be done, if it can be done now; whether it was."""
        try:
            with self.store.writing() as db:
                work(db)
        except (RecordError, sa.exc.SQLAlchemyError):
            return False
        return True

    def due(self, now: datetime, left_out: Collection[Name], held: int) -> Due:
        """Take what is due and nobody else has, one job a host, as many as there is room for."""
        room = self.ahead - held
        if room <= 0:
            return Due([], waiting=True)
        with self.store.writing() as db:
            moment, mine = _present(db), self._holding()
            rows, with_others = self._free(db, now, mine.union(left_out), moment)
            first: dict[str, tuple[What, Row]] = {}
            for what, row in rows:
                first.setdefault(row_host(row), (what, row))
            closed, paused = self._closed(db, list(first), now, moment)
            closed |= first.keys() & {key for what, key in mine if what == "host"}
            open_ = [host for host in first if host not in closed][:room]
            taken = [first[host] for host in sorted(open_) if self._take(db, "host", host, moment)]
            for what, row in taken:
                self._take(db, what, job_key(what, row), moment)
        # Only now, since it was kept: what was taken and never heard of is taken again by whoever comes.
        self._hold(*((what, job_key(what, row)) for what, row in taken), *(("host", row_host(r)) for _, r in taken))
        later = [row for _, row in rows if row_host(row) not in paused]
        return Due(taken, waiting=with_others or len(later) > len(taken))

    def _free(
        self, db: sa.Connection, now: datetime, left_out: Collection[Name], moment: float
    ) -> tuple[list[tuple[What, Row]], bool]:
        """What is due and free, locked so that nobody else takes it meanwhile; and whether others are at something."""
        found: list[tuple[What, Row]] = []
        others = False
        for table in (sources, entries):
            what, key = named(table)
            held = sa.select(leases.c.key).where(leases.c.what == what, leases.c.key == key, self._taken(moment))
            passed = sorted(k for w, k in left_out if w == what)
            due = sa.and_(table.c.next_at <= instant(now), key.not_in(passed))
            query = sa.select(table).where(due, ~held.exists()).order_by(table.c.next_at, key).limit(_LOOKED_AT)
            rows = db.execute(query.with_for_update(skip_locked=True)).mappings()
            found += [(what, dict(row)) for row in rows]
            others = others or db.execute(sa.select(key).where(due, held.exists()).limit(1)).first() is not None
        return found, others

    def _closed(self, db: sa.Connection, names: list[str], now: datetime, moment: float) -> tuple[set[str], set[str]]:
        """Of some hosts those that must be left alone for now; and of these those that asked for a pause."""
        paused = sa.select(hosts.c.host).where(hosts.c.host.in_(names), hosts.c.pause_until > instant(now))
        busy = sa.select(leases.c.key).where(leases.c.what == "host", leases.c.key.in_(names), self._taken(moment))
        resting: set[str] = set(db.execute(paused).scalars())
        return resting | set(db.execute(busy).scalars()), resting

    def _taken(self, moment: float) -> sa.ColumnElement[bool]:
        """Whether somebody else holds a lease; what is held here is known here."""
        return (leases.c.until > moment) & (leases.c.worker != self.worker)

    def _take(self, db: sa.Connection, what: str, key: str, moment: float) -> bool:
        row = {"what": what, "key": key, "worker": self.worker, "until": moment + LEASE}
        values = {k: row[k] for k in ("worker", "until")}
        query = insert(leases).values(row)
        query = query.on_conflict_do_update(index_elements=["what", "key"], set_=values, where=~self._taken(moment))
        return db.execute(query.returning(leases.c.key)).first() is not None

    def left(self, host: str, seconds: float) -> None:
        """Let the host go, but not before it has been left alone for some seconds.

        Where the server is away that is said when it is back, unless the lease has passed by then.
        """
        mine = (leases.c.what == "host") & (leases.c.key == host) & (leases.c.worker == self.worker)
        free = leases.update().where(mine)
        until = time.monotonic() + LEASE
        while not self._quietly(lambda db: db.execute(free.values(worker="", until=_present(db) + seconds))):
            if time.monotonic() > until or self.stop.wait(_PAUSE) or self._over.is_set():
                break
        self._drop(("host", host))

    def done(self, db: sa.Connection, job: Name) -> None:
        """Give a job back.

        Raises:
            JobTakenOver: another worker holds it by now.
        """
        mine = (leases.c.what == job[0]) & (leases.c.key == job[1]) & (leases.c.worker == self.worker)
        self._drop(job)
        if not db.execute(leases.delete().where(mine)).rowcount:
            raise JobTakenOver(f"{job[1]}: another worker has taken it over")

    @contextmanager
    def task(self, name: str) -> Iterator[bool]:
        """Whether this worker may do what only one may do at once."""
        with self.store.writing() as db:
            mine = self._take(db, "task", name, _present(db))
        if mine:
            self._hold(("task", name))
        try:
            yield mine
        finally:
            if mine:
                self._quietly(lambda db: self.done(db, ("task", name)))


def _present(db: sa.Connection) -> float:
    """The database's clock, which all workers share."""
    return float(db.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def job_key(what: What, row: Row) -> str:
    """What names a job among those of its kind."""
    return str(row["url"] if what == "source" else row["key"])


def row_host(row: Row) -> str:
    """The host and port of a job's address."""
    return urlsplit(row["url"]).netloc.lower()
