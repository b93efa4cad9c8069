"""Where a record is kept: what a database must do to be one, and which one a name means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, whether it is as it should be, and what was found."""

    name: str
    ok: bool
    found: str


class Database(Protocol):
    """A database that holds a record. ``name`` is what messages call it, without any password."""

    name: str
    engine: sa.Engine

    @property
    def path(self) -> Path | None:
        """The file, None where there is none; then several may write at once."""

    def errors(self) -> AbstractContextManager[None]:
        """Turns what the database raises into typed errors that name the record and the remedy."""

    def is_new(self) -> bool:
        """Whether there is nothing in it yet, and a record is to be made."""

    def prepare(self, connection: sa.Connection) -> None:
        """Say what it is going to be, before the first table is made."""

    def made(self) -> None:
        """Finish, when the tables are there."""

    def versioned(self, connection: sa.Connection, version: int) -> None:
        """Write down the version of the layout where the database has a place of its own for it."""

    def writable(self) -> bool:
        """Whether it can be written to, as far as that can be told without asking it."""

    def examine(self, connection: sa.Connection) -> Iterator[Check]:
        """What a doctor looks at that is this database's own."""

    def backup(self, target: Path, *, force: bool) -> None:
        """Copy the record to a file."""


def is_address(name: str | Path) -> bool:
    """Whether a record's name is the address of a server, not a file."""
    return isinstance(name, str) and name.startswith(_SCHEMES)


def exists(name: str | Path) -> bool:
    """Whether there is something under a record's name; a server is always taken to be there."""
    return is_address(name) or Path(name).exists()


def database_of(name: str | Path, timeout: float, *, create: bool) -> Database:
    """The database that a name means: a file, or ``postgresql://…``.

    Raises:
        RecordError: it cannot be opened.
        MissingExtra: what it needs is not installed.
    """
    if is_address(name):
        from ultimora.record.postgres import Postgres

        return Postgres(str(name), timeout, create=create)
    from ultimora.record.sqlite import Sqlite

    return Sqlite(Path(name), timeout, create=create)
