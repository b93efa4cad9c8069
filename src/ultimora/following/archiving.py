"""Archives into the record, resumable: how far each file was read is committed with the articles that were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from ultimora.answers import Record
from ultimora.articles import storage
from ultimora.articles.archives import Member, files_of, members
from ultimora.articles.inputs import Given
from ultimora.core import Outcome, read_loaded
from ultimora.errors import ArticleError, BadInstant
from ultimora.following.tables import archives, prepare
from ultimora.record.store import instant
from ultimora.record.types import Added

_PUBLISHED = "published"
Seen = Callable[[Outcome], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One input of an archive and what became of it; ``done`` of the ``size`` bytes of all files are behind it."""

    outcome: Outcome | None
    added: Added | None
    done: int
    size: int
    error: str | None = None


def add_archive(record: Record, path: str, given: Given, known_at: str | None = None) -> Iterator[Step]:
    """Add what an archive holds, from where an earlier run stopped.

    Args:
        record: Where to.
        path: A folder, a WARC file or a Parquet table, on disk or in storage that fsspec knows.
        given: What is known of its articles from outside.
        known_at: When they became known: an instant, ``published``, or as the archive says, else now.

    Raises:
        ArticleError: there is nothing to read in it.
    """
    files = files_of(path)
    sizes = [storage.size_of(file) for file in files]
    with record.store.writing() as db:
        prepare(db)
    before = 0
    for file, size in zip(files, sizes, strict=True):
        key, start = storage.content_key(file, size), 0
        with record.store.reading() as db:
            start = int(db.execute(sa.select(archives.c.position).where(archives.c.key == key)).scalar() or 0)
        try:
            for member in members(file, given, start):
                yield _step(record, key, file, member, known_at, before, sum(sizes))
            _keep(record, key, file, size)
        except ArticleError as error:
            yield Step(None, None, before + size, sum(sizes), str(error))
        before += size


def _step(record: Record, key: str, file: str, member: Member, known_at: str | None, before: int, size: int) -> Step:
    done = before + member.next
    if member.loaded is None:
        return Step(None, None, done, size)
    outcome = read_loaded(member.loaded)
    if outcome.reading is None or outcome.article is None:
        _keep(record, key, file, member.next)
        return Step(outcome, None, done, size, str(outcome.error))

    def also(db: sa.Connection, _added: Added) -> None:
        _write(db, key, file, member.next)

    try:
        added = record.store.add(
            outcome.reading, seen=known_instant(outcome, known_at), raw=outcome.article.raw, also=also
        )
    except BadInstant as error:
        return Step(outcome, None, done, size, str(error))
    return Step(outcome, added, done, size)


def known_instant(outcome: Outcome, known_at: str | None) -> str | None:
    """When an article became known: as the caller says (an instant, or ``published``), else the archive; None for now.

    Raises:
        BadInstant: that is no date or time.
    """
    said = known_at or outcome.seen
    if said == _PUBLISHED and outcome.reading is not None:
        said = outcome.reading.article.modified or outcome.reading.article.published
    return instant(said) if said else None


def _keep(record: Record, key: str, file: str, position: int) -> None:
    with record.store.writing() as db:
        _write(db, key, file, position)


def _write(db: sa.Connection, key: str, file: str, position: int) -> None:
    done = db.execute(archives.update().where(archives.c.key == key).values(position=position)).rowcount
    if not done:
        db.execute(archives.insert(), [{"key": key, "name": file, "position": position}])
