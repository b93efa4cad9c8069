"""A record copied into another database, table by table, and compared in the end: nothing is lost or made up.

Rows go over in the order of their keys, some hundred a transaction, so that a copy that was broken off goes on after
the last one that is there. Until all is there and the same, the copy is marked as unfinished and nobody else opens it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ultimora.errors import RecordError
from ultimora.record import fulltext
from ultimora.record.columns import kept
from ultimora.record.schema import COPYING, articles, meta, metadata, revisions, texts
from ultimora.record.store import Store

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """How far a copy is: which table, and how many of all rows are over. ``digest`` stands in the last one."""

    table: str
    done: int
    of: int
    digest: str | None = None


def copy(source: Store, target: Store, also: sa.MetaData, without: Sequence[sa.Table] = ()) -> Iterator[Step]:
    """Copy a record into one that is empty, or go on with it.

    Args:
        source: Is read as it is now, whatever is added meanwhile.
        target: An empty record, or an unfinished copy.
        also: Further tables that may lie beside the record's own.
        without: Those of them that mean nothing elsewhere.

    Raises:
        RecordError: the target holds another record, or does not become the same.
    """
    with source.reading() as db:
        there = set(sa.inspect(db).get_table_names())
        every = (*metadata.sorted_tables, *also.sorted_tables)
        tables = [t for t in every if t.name in there and t is not meta and t not in without]
        sizes = {t: int(db.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()) for t in tables}
        _begin(target, also, tables, json.dumps({t.name: n for t, n in sizes.items()}))
        yield from _fill(db, target, tables, sizes)
        wrong = _differing(db, target, tables)
        if wrong:  # as many rows as when an earlier run began, but others
            with target.writing() as other:
                _clear(other, tables)
            yield from _fill(db, target, tables, sizes)
            wrong = _differing(db, target, tables)
        if wrong:
            raise RecordError(f"{target.name}: the copy is not the same as {source.name} in: {', '.join(wrong)}")
        _end(target, db, tables)
        total = sum(sizes.values())
        yield Step("", total, total, digest(db, tables))


def _begin(target: Store, also: sa.MetaData, tables: Sequence[sa.Table], state: str) -> None:
    """Mark the target as an unfinished copy of what the source is now; what it holds of another state goes."""
    with target.writing() as db:
        also.create_all(db, checkfirst=True)
        marked = db.execute(sa.select(meta.c.value).where(meta.c.key == COPYING)).scalar()
        if marked is None and db.execute(sa.select(articles.c.id).limit(1)).first():
            raise RecordError(f"{target.name}: holds a record already; name one that is not there yet")
        if marked is not None and marked != state:
            _clear(db, tables)
        db.execute(meta.delete().where(meta.c.key == COPYING))
        db.execute(meta.insert(), [{"key": COPYING, "value": state}])


def _fill(
    db: sa.Connection, target: Store, tables: Sequence[sa.Table], sizes: Mapping[sa.Table, int]
) -> Iterator[Step]:
    done, total = 0, sum(sizes.values())
    for table in tables:
        with target.reading() as other:
            last = _last(other, table)
            here = int(other.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for rows in _after(db, table, last):
            target.again(lambda rows=rows, table=table: _put(db, target, table, rows))  # type: ignore[misc]
            here += len(rows)
            yield Step(table.name, done + here, total)
        done += sizes[table]


def _last(db: sa.Connection, table: sa.Table) -> tuple[Any, ...] | None:
    """The greatest key that is there."""
    key = list(table.primary_key)
    found = db.execute(sa.select(*key).order_by(*(c.desc() for c in key)).limit(1)).first()
    return tuple(found) if found is not None else None


def _after(db: sa.Connection, table: sa.Table, last: tuple[Any, ...] | None) -> Iterator[list[dict[str, Any]]]:
    """The rows after a key, some at a time."""
    key = list(table.primary_key)
    while True:
        query = sa.select(table).order_by(*key).limit(_CHUNK)
        if last is not None:
            values = (sa.literal(value, type_=c.type) for c, value in zip(key, last, strict=True))
            query = query.where(sa.tuple_(*key) > sa.tuple_(*values))
        rows = [dict(row) for row in db.execute(query).mappings()]
        if not rows:
            return
        last = tuple(rows[-1][c.name] for c in key)
        yield rows


def _put(db: sa.Connection, target: Store, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    with target.writing() as other:
        _insert(other, table, rows)
        if table is texts:
            spoken = sa.select(revisions.c.id, revisions.c.language)
            spoken = spoken.where(revisions.c.id.in_({row["revision"] for row in rows}))
            languages: dict[str, str] = dict(db.execute(spoken).tuples().all())
            fulltext.enter(other, [(row["id"], row["text"], languages[row["revision"]]) for row in rows])


def _insert(db: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if db.dialect.name != "postgresql":
        db.execute(table.insert(), rows)
        return
    names = [c.name for c in table.columns]
    quoted = ", ".join(map(db.dialect.identifier_preparer.quote, names))
    driver: Any = db.connection.driver_connection  # COPY is ten times as fast as INSERT, and in the same transaction
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({quoted}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row([kept(v) if isinstance(v := row[name], str) else v for name in names])


def _clear(db: sa.Connection, tables: Sequence[sa.Table]) -> None:
    fulltext.clear(db)
    for table in reversed(tables):
        db.execute(table.delete())


def _end(target: Store, source: sa.Connection, tables: Sequence[sa.Table]) -> None:
    """Take over what ``meta`` says besides, let numbers go on where they stopped, and take the mark away."""
    others = [dict(r) for r in source.execute(sa.select(meta).where(meta.c.key != "version")).mappings()]
    with target.writing() as db:
        db.execute(meta.delete().where(meta.c.key != "version"))
        if others:
            db.execute(meta.insert(), others)
        for table in tables if db.dialect.name == "postgresql" else ():
            for column in table.primary_key:
                if column.autoincrement is True:
                    highest = db.execute(sa.select(sa.func.max(column))).scalar()
                    place = sa.func.pg_get_serial_sequence(table.name, column.name)
                    if highest is not None:
                        db.execute(sa.select(sa.func.setval(place, highest)))


def _differing(db: sa.Connection, target: Store, tables: Sequence[sa.Table]) -> list[str]:
    with target.reading() as other:
        return [table.name for table in tables if digest(db, [table]) != digest(other, [table])]


def digest(db: sa.Connection, tables: Sequence[sa.Table]) -> str:
    """The SHA-256 of all rows of some tables in the order of their keys, the same on every database."""
    made = hashlib.sha256()
    for table in tables:
        query = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=_CHUNK)
        for row in db.execute(query):
            made.update(json.dumps([table.name, *map(_plain, row)], ensure_ascii=False).encode("utf-8"))
    return made.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return kept(value) if isinstance(value, str) else value
