"""Opening a SQLite file as a record, safely, and its errors in our words."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import NullPool

from ultimora.errors import NotARecord, RecordBusy, RecordError, RecordFull, RecordReadOnly, RecordTooNew
from ultimora.record.database import Check
from ultimora.record.schema import APPLICATION_ID, VERSION

_HEADER = b"SQLite format 3\x00"


def wal_is_safe(version: tuple[int, int, int] | None = None) -> bool:
    """Whether this SQLite may use write-ahead logging with several connections.

    Versions 3.7.0 to 3.51.2 can lose committed pages when one connection resets the log while another checkpoints (the
    "WAL-reset bug"); 3.51.3 fixed it, with backports in 3.50.7 and 3.44.6. Any number of processes may add to a record
    at once, so where SQLite is affected the record keeps a rollback journal instead: readers then wait for a writer's
    commit, which takes milliseconds, and nothing is lost.
    """
    found = version or sqlite3.sqlite_version_info
    if found >= (3, 51, 3):
        return True
    return any(found[:2] == fixed[:2] and found >= fixed for fixed in ((3, 50, 7), (3, 44, 6)))


def connect(path: Path, timeout: float, *, create: bool) -> sa.Engine:
    """An engine for a record file; one that does not exist is made on first use where ``create`` says so.

    Raises:
        NotARecord: there is none, or the file is something else.
        RecordTooNew: a newer version made it.
    """
    _check(path, create=create)
    address = f"file:{quote(str(path.absolute()))}?mode={_mode(path, create=create)}"

    def creator() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    engine = sa.create_engine("sqlite://", creator=creator, poolclass=NullPool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _mode(path: Path, *, create: bool) -> str:
    if path.exists() and not writable(path):
        # A log that somebody else still writes to must be read; without one nothing can change under us.
        return "ro" if path.with_name(path.name + "-wal").exists() else "ro&immutable=1"
    return "rwc" if create else "rw"


def _begin(connection: sa.Connection) -> None:
    """Writers take the write lock at once, so that what they decide on is still so when they store."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def writable(path: Path) -> bool:
    """Whether somebody may write to the file; a file without any write permission is kept as it is even by root."""
    return bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)) and os.access(path, os.W_OK)


def _check(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise NotARecord(f"{path}: is a folder; name the record's file in it")
    if not path.exists():
        if not create:
            raise NotARecord(f"{path}: there is no record yet; make it with: ultimora add FILE --record {path}")
        if not path.absolute().parent.is_dir():
            raise RecordError(f"{path}: there is no folder {path.absolute().parent}; make it first")
        return
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error.strerror}); check who may read it") from error
    _check_header(path, head, create=create)


def _check_header(path: Path, head: bytes, *, create: bool) -> None:
    """The first bytes of a SQLite file say what it is, without opening it as a database."""
    if not head:
        if not create:
            raise NotARecord(f"{path}: the file is empty; make a record with: ultimora add FILE --record {path}")
        return
    if not head.startswith(_HEADER) or len(head) < 100:
        raise NotARecord(f"{path}: is no ultimora record; name another file with --record")
    version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application != APPLICATION_ID:
        raise NotARecord(f"{path}: is a database, but no ultimora record; name another file with --record")
    if version > VERSION:
        raise RecordTooNew(
            f"{path}: made by a newer ultimora (record version {version}, this one reads up to {VERSION}); "
            "upgrade with: pip install --upgrade ultimora"
        )


def logs_ahead(path: Path) -> bool:
    """Whether a SQLite file was left with a write-ahead log; its header says so."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def set_journal(engine: sa.Engine) -> None:
    """Write-ahead logging where it is safe, else a rollback journal. It needs the file for a moment; if others have it,
    it stays as it is and the next one sets it, unless it logs ahead and this SQLite may not write to such a log.

    Raises:
        RecordBusy: others log ahead in it, and this SQLite could lose what they write.
    """
    wanted = "wal" if wal_is_safe() else "delete"
    raw = engine.raw_connection()
    try:
        if raw.cursor().execute("PRAGMA journal_mode").fetchone()[0] != wanted:
            raw.cursor().execute(f"PRAGMA journal_mode={wanted}")
    except sqlite3.OperationalError as error:
        if wanted == "delete" and error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise RecordBusy(
                f"another process has the record open with a write-ahead log, and the SQLite of this Python "
                f"({sqlite3.sqlite_version}) can lose pages of one: end the other process, or use a Python whose "
                "SQLite is 3.51.3 or later"
            ) from error
    finally:
        raw.close()


_CODES: dict[int, type[RecordError]] = {
    sqlite3.SQLITE_FULL: RecordFull,
    sqlite3.SQLITE_READONLY: RecordReadOnly,
    sqlite3.SQLITE_BUSY: RecordBusy,
    sqlite3.SQLITE_LOCKED: RecordBusy,
    sqlite3.SQLITE_NOTADB: NotARecord,
    sqlite3.SQLITE_CORRUPT: NotARecord,
}
_REMEDIES: dict[type[RecordError], str] = {
    RecordFull: "the disk is full; nothing of this article was kept: free some space and add it again",
    RecordReadOnly: "the record cannot be written; check the permissions of the file and its folder, or use --record",
    RecordBusy: "another process has been writing for too long; nothing of this article was kept: add it again",
    NotARecord: "is no ultimora record, or is damaged; restore it from a copy or name another with --record",
}


@contextmanager
def our_errors(path: Path | str) -> Iterator[None]:
    """Turns what SQLite raises into typed errors that name the record and the remedy."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, exc.DBAPIError) else error
        code = getattr(original, "sqlite_errorcode", 0) & 0xFF
        kind = _CODES.get(code, RecordError)
        remedy = _REMEDIES.get(kind, f"the database reports: {original}; check the disk and the file")
        raise kind(f"{path}: {remedy}") from error


class Sqlite:
    """A SQLite file that holds a record. One process writes at a time, any number read."""

    def __init__(self, path: Path, timeout: float, *, create: bool) -> None:
        """Open a file, or make it where ``create`` says so.

        Raises:
            NotARecord: there is none, or the file is something else.
            RecordTooNew: a newer version made it.
        """
        self.path, self.name = path, str(path)
        with self.errors():
            self.engine = connect(path, timeout, create=create)
            if not self.is_new() and logs_ahead(path) and writable(path) and not wal_is_safe():
                set_journal(self.engine)

    def errors(self) -> AbstractContextManager[None]:
        """Turns what SQLite raises into typed errors that name the record and the remedy."""
        return our_errors(self.path)

    def is_new(self) -> bool:
        """Whether there is no file, or an empty one."""
        return not self.path.exists() or self.path.stat().st_size == 0

    def prepare(self, connection: sa.Connection) -> None:
        """Say what the file is, before the first table is made."""
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        self.versioned(connection, VERSION)

    def made(self) -> None:
        """Choose the journal."""
        set_journal(self.engine)

    def versioned(self, connection: sa.Connection, version: int) -> None:
        """Write the version of the layout into the file's header."""
        connection.exec_driver_sql(f"PRAGMA user_version={version}")

    def writable(self) -> bool:
        """Whether the file may be written to; one that is not there yet may."""
        return not self.path.exists() or writable(self.path)

    def examine(self, connection: sa.Connection) -> Iterator[Check]:
        """Versions, the journal, the file's integrity, and whether every reference leads somewhere."""
        version = sqlite3.sqlite_version
        safe = (
            "may log ahead" if wal_is_safe() else "keeps a rollback journal, since this version can lose logged pages"
        )
        yield Check("SQLite", True, f"{version}, {safe}")
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        yield Check("journal", mode != "wal" or wal_is_safe(), str(mode))
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
        yield Check("integrity", found == ["ok"], "; ".join(found))
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        yield Check("references", not broken, f"{len(broken)} broken" if broken else "whole")

    def backup(self, target: Path, *, force: bool) -> None:
        """Copy the record while others may be adding to it; the copy is whole and checked, or is not there.

        Raises:
            RecordError: the target is there already, or cannot be written.
        """
        if target.exists() and not force:
            raise RecordError(f"{target}: is there already; name another file, or overwrite it with --force")
        if not target.absolute().parent.is_dir():
            raise RecordError(f"{target}: there is no folder {target.absolute().parent}; make it first")
        partial = target.with_name(f"{target.name}.partial")
        try:
            with our_errors(target):
                _copied(self.path, partial)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)


def _copied(path: Path, partial: Path) -> None:
    partial.unlink(missing_ok=True)
    source, copied = sqlite3.connect(path), sqlite3.connect(partial)
    try:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=delete")
        found = copied.execute("PRAGMA integrity_check(1)").fetchone()
        if found != ("ok",):
            raise RecordError(f"{path}: is damaged ({found[0]}); see: ultimora doctor")
    finally:
        source.close()
        copied.close()
