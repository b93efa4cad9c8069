"""What is done of an archive, so that a run goes on where an earlier one stood, whatever ended it.

One small SQLite file: each change is one transaction, there wholly or not at all. A lock keeps a second run away.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ultimora.errors import ArchiveError
from ultimora.scale.chunks import Chunk, Cut
from ultimora.scale.reading import Aside, Part

LAYOUT = 2
State = Literal["waiting", "done", "failed", "aside"]
_TABLES = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, key TEXT, state TEXT NOT NULL, reason TEXT);
CREATE TABLE IF NOT EXISTS chunks (path TEXT, start INTEGER, skip INTEGER, count INTEGER, state TEXT NOT NULL,
  tries INTEGER NOT NULL, reason TEXT, part TEXT, hash TEXT, days TEXT, articles INTEGER, seconds REAL, model REAL,
  PRIMARY KEY (path, start, skip)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS chunks_by_state ON chunks (state);
CREATE TABLE IF NOT EXISTS aside (path TEXT, start INTEGER, place INTEGER, number INTEGER, name TEXT, reason TEXT,
  PRIMARY KEY (path, start, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS prints (band TEXT, position INTEGER, PRIMARY KEY (band, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies (position INTEGER PRIMARY KEY, revision TEXT, first INTEGER, path TEXT,
  place INTEGER);
"""


@dataclass(frozen=True, slots=True)
class Done:
    """A stretch that was read: the file of its part, and the days of that, in order."""

    chunk: Chunk
    part: str
    hash: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of an archive, and how much of it is done."""

    files: int
    chunks: int
    inputs: int
    waiting: int
    articles: int
    aside: int
    failed: int
    seconds: float
    model: float


class Manifest:
    """The manifest of a folder, held by one run at a time."""

    def __init__(self, folder: Path) -> None:
        """Open or begin it; :func:`held` is the way to have one.

        Raises:
            ArchiveError: it is none of ours, or another version's.
        """
        self.folder = folder
        self.path = folder / "manifest.db"
        self._together = False
        with self._errors():
            self._db = sqlite3.connect(self.path, isolation_level=None)
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_TABLES)

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise ArchiveError(
                f"{self.path}: cannot be written ({error}); is the disk full? Everything before is kept: the same "
                "command goes on from there"
            ) from error
        except sqlite3.DatabaseError as error:
            raise ArchiveError(f"{self.path}: is no manifest, or is damaged ({error}); name a new folder") from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several changes as one: all of them are kept, or none."""
        with self._change():
            self._together = True
            try:
                yield
            finally:
                self._together = False

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        if self._together:
            yield self._db
            return
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._errors():
            return self._db.execute(query, values).fetchall()

    def settle(self, told: Mapping[str, str], fixed: Sequence[str]) -> dict[str, str]:
        """Keep how the run is done, or go on as it was begun.

        Args:
            told: All settings by name.
            fixed: Those that may not be others than when it was begun.

        Raises:
            ArchiveError: one of them is another.
        """
        known = dict(self._rows("SELECT name, value FROM settings"))
        for name in fixed:
            if known and known.get(name) != told[name]:
                raise ArchiveError(
                    f"{self.folder}: holds another run: its {name} was {known.get(name, 'not known')}, now it is "
                    f"{told[name]}; name a new folder with --out, or give what was given then"
                )
        with self._change() as db:
            db.executemany("INSERT OR IGNORE INTO settings VALUES (?, ?)", list(told.items()))
        return dict(told) | known

    def note(self, name: str, value: str) -> None:
        """Keep one more setting."""
        with self._change() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """A setting that was kept."""
        rows = self._rows("SELECT value FROM settings WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def found(self, paths: Iterable[str], sizes: Mapping[str, int]) -> list[str]:
        """Note the files that there are; those that are still to be cut: new ones, and those that changed size."""
        query = "SELECT path, size FROM files WHERE state IN ('cut', 'double')"
        known: dict[str, int] = dict(self._rows(query))
        fresh = [p for p in paths if p not in known or known[p] != sizes.get(p)]
        with self._change() as db:
            for path in fresh:
                db.execute("DELETE FROM chunks WHERE path = ?", (path,))
                db.execute("DELETE FROM aside WHERE path = ?", (path,))
                db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, NULL, 'new', NULL)", (path, sizes.get(path)))
        return fresh

    def cut(self, cut: Cut) -> None:
        """Note how a file is cut."""
        with self._change() as db:
            db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, 'cut', NULL)", (cut.path, cut.size, cut.key))
            self._wait(db, cut.chunks)

    def file_failed(self, path: str, reason: str) -> None:
        """Note that a file cannot be read."""
        with self._change() as db:
            db.execute("UPDATE files SET state = 'failed', reason = ? WHERE path = ?", (reason, path))

    def drop_doubles(self) -> int:
        """Of files with the same content only the first by its name is read; how many stretches are done without."""
        with self._change() as db:
            db.execute(
                "UPDATE files SET state = 'double', reason = 'another file is the same' WHERE key IS NOT NULL"
                " AND path > (SELECT min(path) FROM files AS f WHERE f.key = files.key)"
            )
            return db.execute(
                "DELETE FROM chunks WHERE path IN (SELECT path FROM files WHERE state = 'double')"
            ).rowcount

    @staticmethod
    def _wait(db: sqlite3.Connection, chunks: Iterable[Chunk]) -> None:
        rows = [(c.path, c.start, c.skip, c.count) for c in chunks]
        db.executemany(
            "INSERT OR REPLACE INTO chunks (path, start, skip, count, state, tries, articles, seconds, model)"
            " VALUES (?, ?, ?, ?, 'waiting', 0, 0, 0, 0)",
            rows,
        )

    def again(self) -> None:
        """What failed for a while is tried again."""
        with self._change() as db:
            db.execute("UPDATE chunks SET state = 'waiting', tries = 0 WHERE state = 'failed'")

    def waiting(self, most: int) -> list[tuple[Chunk, int]]:
        """Some stretches that are still to be read, and how often each was tried."""
        query = "SELECT path, start, skip, count, tries FROM chunks WHERE state = 'waiting' ORDER BY 1, 2, 3 LIMIT ?"
        return [(Chunk(*row[:4]), row[4]) for row in self._rows(query, most)]

    def done(self, chunk: Chunk, part: Part, name: str, digest: str) -> None:
        """Note that a stretch was read, and what was set aside in it."""
        days = json.dumps(part.days)
        values = (name, digest, days, part.articles, part.seconds, part.model, chunk.path, chunk.start, chunk.skip)
        with self._change() as db:
            db.execute(
                "UPDATE chunks SET state = 'done', part = ?, hash = ?, days = ?, articles = ?, seconds = ?, model = ?"
                " WHERE path = ? AND start = ? AND skip = ?",
                values,
            )
            db.executemany("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?, ?, ?)", _asides(chunk, part.aside))

    def tried(self, chunk: Chunk, state: State, reason: str) -> None:
        """Note that a stretch was tried in vain, and what is to become of it."""
        with self._change() as db:
            db.execute(
                "UPDATE chunks SET state = ?, tries = tries + 1, reason = ? WHERE path = ? AND start = ? AND skip = ?",
                (state, reason, chunk.path, chunk.start, chunk.skip),
            )
            if state == "aside":
                one = (Aside(chunk.start, chunk.skip, f"{chunk.path}@{chunk.start}+{chunk.skip}", reason),)
                db.executemany("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?, ?, ?)", _asides(chunk, one))

    def split(self, chunk: Chunk) -> None:
        """Each input of a stretch is to be read by itself."""
        with self._change() as db:
            where = (chunk.path, chunk.start, chunk.skip)
            db.execute("DELETE FROM chunks WHERE path = ? AND start = ? AND skip = ?", where)
            self._wait(db, chunk.singles())

    def parts(self) -> list[Done]:
        """Every stretch that was read, in the order of the archive."""
        query = "SELECT path, start, skip, count, part, hash, days FROM chunks WHERE state = 'done' ORDER BY 1, 2, 3"
        return [Done(Chunk(*r[:4]), r[4], r[5], tuple(json.loads(r[6]))) for r in self._rows(query)]

    def asides(self) -> list[tuple[str, int, str]]:
        """What was set aside, by file and place, with its reason; files and stretches that failed among it."""
        query = (
            "SELECT path, place, reason FROM aside UNION ALL SELECT path, 0, reason FROM files WHERE state = 'failed'"
            " UNION ALL SELECT path, start, reason FROM chunks WHERE state = 'failed' ORDER BY 1, 2, 3"
        )
        return [(str(path), int(place), str(reason)) for path, place, reason in self._rows(query)]

    def tally(self) -> Tally:
        """How much there is, and how much of it is done."""
        chunks = self._rows(
            "SELECT count(*), coalesce(sum(count), 0), coalesce(sum(count) FILTER (WHERE state = 'waiting'), 0),"
            " coalesce(sum(articles), 0), count(*) FILTER (WHERE state = 'failed'), coalesce(sum(seconds), 0),"
            " coalesce(sum(model), 0) FROM chunks"
        )[0]
        files, failed = self._rows("SELECT count(*), count(*) FILTER (WHERE state = 'failed') FROM files")[0]
        aside = self._rows("SELECT count(*) FROM aside")[0][0]
        number, inputs, waiting, articles, broken, seconds, model = chunks
        return Tally(files, number, inputs, waiting, articles, aside, broken + failed, seconds, model)

    def copy_of(self, position: int, bands: Sequence[str], alike: int) -> int | None:
        """The first article that has at least so many bands of a fingerprint; the fingerprint is kept for others."""
        with self._change() as db:
            row = db.execute(
                "SELECT position FROM prints WHERE band IN (SELECT value FROM json_each(?)) AND position < ?"
                " GROUP BY position HAVING count(*) >= ? ORDER BY position LIMIT 1",
                (json.dumps(bands), position, alike),
            ).fetchone()
            if row is None:
                db.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?)", [(b, position) for b in bands])
        return int(row[0]) if row else None

    def place(self, position: int, revision: str, first: int | None, path: str, place: int) -> None:
        """Note which revision stands at a position of the joined order, of which it is a copy, and where it stood."""
        with self._change() as db:
            db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?)", (position, revision, first, path, place))

    def begin_order(self) -> None:
        """Forget positions: the order has changed."""
        with self._change() as db:
            db.execute("DELETE FROM prints")
            db.execute("DELETE FROM copies")

    def origins(self) -> dict[str, tuple[str, int, str | None]]:
        """For each revision the file and place where it was first read, and the revision that it is a copy of."""
        query = (
            "SELECT a.revision, a.path, a.place, b.revision FROM copies AS a LEFT JOIN copies AS b"
            " ON b.position = a.first ORDER BY a.position DESC"
        )
        return {r[0]: (r[1], r[2], r[3] if r[3] != r[0] else None) for r in self._rows(query)}


def _asides(chunk: Chunk, aside: Sequence[Aside]) -> list[tuple[Any, ...]]:
    return [(chunk.path, chunk.start, a.place, a.number, a.name, a.reason) for a in aside]


@contextmanager
def held(folder: Path) -> Iterator[Manifest]:
    """The manifest of a folder, for as long as no other run has it.

    Raises:
        ArchiveError: another run has it, or the folder holds something else.
    """
    try:
        if _is_foreign(folder):
            raise ArchiveError(f"{folder}: is no folder of an archive, and not empty; name a new one with --out")
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ArchiveError(f"{folder}: cannot be written ({error.strerror or error}); name another folder") from error
    try:
        _lock(lock, folder)
        manifest = Manifest(folder)
        try:
            yield manifest
        finally:
            manifest.close()
    finally:
        os.close(lock)


def _is_foreign(folder: Path) -> bool:
    """Whether a folder holds something, but no archive."""
    if not folder.exists() or (folder / "manifest.db").exists():
        return False
    return any(file.name != "lock" for file in folder.iterdir())


def _lock(lock: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks: it is the user who sees to it that there is one run
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        who = os.pread(lock, 20, 0).decode("ascii", "replace").strip()
        raise ArchiveError(
            f"{folder}: another run is at work on it (process {who or 'unknown'}); wait for its end"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
