"""A record in PostgreSQL: opening it through psycopg, its errors in our words, and what a doctor asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import exc

from ultimora.errors import (
    MissingExtra,
    NotARecord,
    RecordBusy,
    RecordChanged,
    RecordError,
    RecordFull,
    RecordReadOnly,
    RecordRefused,
    RecordUnreachable,
)
from ultimora.record.database import Check

if TYPE_CHECKING:
    import psycopg

OLDEST, NEWEST = 14, 18
_CONNECT = 10
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}

# The server, too, finds out within half a minute that a client's machine is gone, and lets go what it had locked.
_NOTICED = {"tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}


class Postgres:
    """A PostgreSQL database that holds a record. Any number of processes on any machines may write at once."""

    path: Path | None = None

    def __init__(self, address: str, timeout: float, *, create: bool) -> None:
        """Set the address, how many seconds to wait for locks, and whether a record is made where there is none.

        Raises:
            MissingExtra: psycopg is not installed.
            RecordError: the address cannot be understood.
        """
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtra("a record in PostgreSQL needs: pip install 'ultimora[postgres]'") from error
        given = re.sub(r"^postgres(ql\+psycopg)?://", "postgresql://", address)
        try:
            known = psycopg.conninfo.conninfo_to_dict(given)
        except psycopg.ProgrammingError as error:
            raise RecordError(
                f"{without_password(address)}: is no address of a database; write postgresql://USER@HOST/DATABASE"
            ) from error
        self.name, self._create, self._timeout = _told(known), create, timeout
        told = {"lock_timeout": round(timeout * 1000), **_NOTICED}
        options = " ".join([str(known.pop("options", "") or ""), *(f"-c {k}={v}" for k, v in told.items())]).strip()
        settings: dict[str, Any] = {"connect_timeout": _CONNECT, "application_name": "ultimora", **_ALIVE, **known}

        def creator() -> psycopg.Connection[Any]:
            return psycopg.connect("", **settings, options=options, client_encoding="utf-8")

        self.engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=creator,
            pool_pre_ping=True,
            pool_size=4,
            max_overflow=28,
            pool_use_lifo=True,
        )

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns what the server says into typed errors that name the record and the remedy."""
        import psycopg

        try:
            yield
        except (exc.DBAPIError, psycopg.Error) as error:
            original = error.orig if isinstance(error, exc.DBAPIError) else error
            raise self._ours(original) from error

    def _ours(self, error: BaseException | None) -> RecordError:
        state = getattr(error, "sqlstate", None) or ""
        said = " ".join(str(error).split())[:300]
        for begins, kind, remedy in _STATES:
            if state.startswith(begins):
                return kind(f"{self.name}: {remedy} (the server says: {said})")
        for sign, kind, remedy in _SIGNS if not state else ():
            if sign in said:
                return kind(f"{self.name}: {remedy} (the server says: {said})")
        if not state:  # there was no answer at all
            return RecordUnreachable(f"{self.name}: {_SILENT} ({said})")
        return RecordError(f"{self.name}: the server reports: {said}; see: ultimora doctor")

    def is_new(self) -> bool:
        """Whether the database has no record yet.

        Raises:
            NotARecord: there is none and none is to be made, or the tables in it are somebody else's.
        """
        with self.engine.connect() as connection:
            if sa.inspect(connection).has_table("meta"):
                return False
            if not self._create:
                raise NotARecord(f"{self.name}: there is no record yet; make it with: ultimora add FILE --record …")
            encoding = connection.execute(sa.text("SHOW server_encoding")).scalar()
            if encoding != "UTF8":
                raise RecordError(
                    f"{self.name}: is encoded in {encoding}; make one for every text: createdb -E UTF8 -T template0"
                )
            return True

    def prepare(self, connection: sa.Connection) -> None:
        """Let one process make the tables, if several begin at once."""
        from ultimora.record.locks import hold

        hold(connection, "record")

    def made(self) -> None:
        """There is nothing more to do."""

    def versioned(self, connection: sa.Connection, version: int) -> None:
        """The table ``meta`` says it."""

    def writable(self) -> bool:
        """The server says so when something is written."""
        return True

    def backup(self, target: Path, *, force: bool) -> None:  # noqa: ARG002
        """A server's database is not copied so.

        Raises:
            RecordError: always; with what to do instead.
        """
        raise RecordError(
            f"{self.name}: is on a server; back it up with pg_dump --format=custom --file={target}.dump and the same "
            f"address, or copy it to a file: ultimora copy postgresql://… {target}"
        )

    def examine(self, connection: sa.Connection) -> Iterator[Check]:
        """Version, encoding, rights, and whether the server's own checks hold."""
        number = int(connection.execute(sa.text("SHOW server_version_num")).scalar() or 0)
        version = connection.execute(sa.text("SHOW server_version")).scalar()
        yield Check("PostgreSQL", number >= OLDEST * 10_000, f"{version}; {OLDEST} to {NEWEST} are known to do")
        encoding = connection.execute(sa.text("SHOW server_encoding")).scalar()
        yield Check("encoding", encoding == "UTF8", str(encoding))
        missing = list(connection.execute(sa.text(_RIGHTS)).scalars())
        said = f"missing on {', '.join(missing)}" if missing else "may read and write"
        yield Check("rights", not missing, said)
        broken = list(connection.execute(sa.text(_INVALID)).scalars())
        yield Check("integrity", not broken, f"not valid: {', '.join(broken)}" if broken else "ok")


_RIGHTS = """SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND NOT (
SELECT bool_and(has_table_privilege(format('%I.%I', schemaname, tablename), wanted))
FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS wanted) ORDER BY 1"""
_INVALID = """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid
UNION ALL SELECT c.conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname = current_schema() AND NOT c.convalidated ORDER BY 1"""

_SILENT = "the database server does not answer; check that it runs, and its host and port"
_KEPT_OUT = "the server does not let this user in; check the user, and the password in ~/.pgpass or PGPASSWORD"
_NONE = "there is no such database or user on the server; make it with: createdb --encoding=UTF8 DATABASE"
_GRANT = (
    "this user may not do that; as the owner: GRANT ALL ON SCHEMA public TO … and on all tables and sequences in it"
)
_CHANGED = "others changed the same at the same time; nothing was kept: do it again"
# By SQLSTATE, the most particular first.
_STATES: tuple[tuple[str, type[RecordError], str], ...] = (
    ("28", RecordRefused, _KEPT_OUT),
    ("3D000", NotARecord, _NONE),
    ("42501", RecordReadOnly, _GRANT),
    ("25006", RecordReadOnly, "the server only reads now; name the one that writes"),
    ("53100", RecordFull, "the server's disk is full; nothing of this was kept: free some space and do it again"),
    ("53300", RecordUnreachable, "the server has too many connections; raise max_connections, or start fewer workers"),
    ("53", RecordError, "the server lacks memory or room"),
    ("55P03", RecordBusy, "another process has been writing for too long; nothing of this was kept: do it again"),
    ("40", RecordChanged, _CHANGED),
    ("23505", RecordChanged, _CHANGED),
    ("57P", RecordUnreachable, "the database server is stopping or starting"),
    ("08", RecordUnreachable, _SILENT),
    ("42P01", NotARecord, "is no ultimora record, or a part of it is missing"),
)
# While a connection is made there is no SQLSTATE; these are the server's words, which a client cannot have translated.
_SIGNS: tuple[tuple[str, type[RecordError], str], ...] = (
    ("password", RecordRefused, _KEPT_OUT),
    ("authentication", RecordRefused, _KEPT_OUT),
    ("pg_hba.conf", RecordRefused, _KEPT_OUT),
    ("permission denied", RecordRefused, "this user may not connect; as the owner: GRANT CONNECT ON DATABASE … TO …"),
    (
        "too many",
        RecordUnreachable,
        "the server has too many connections; raise max_connections, or start fewer workers",
    ),
    ("does not exist", NotARecord, _NONE),
)


def _told(known: dict[str, Any]) -> str:
    """An address as messages tell it: without password and options."""
    user = f"{known['user']}@" if known.get("user") else ""
    port = f":{known['port']}" if known.get("port") else ""
    named = known.get("dbname") or known.get("user") or (f"?service={known['service']}" if "service" in known else "")
    return f"postgresql://{user}{known.get('host', '')}{port}/{named}"


def without_password(address: str) -> str:
    """An address that could not be understood, without what may be a password."""
    bare = re.sub(r"(?<=://)[^/@\s]*:.*@", "…@", address)
    return re.sub(r"(?i)(password=)[^&\s]*", r"\1…", bare)
