"""A record's upkeep: brought to the present layout, made anew out of what was read, checked."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from ultimora.record import fulltext
from ultimora.record.adding import Incoming, take_in
from ultimora.record.database import Check, Database
from ultimora.record.load import unzipped
from ultimora.record.schema import VERSION, actor_edits, article_keys, meta, metadata, revisions
from ultimora.record.vectors import Vectors

_HEAD = f"{VERSION:04}"
_MIGRATIONS = Path(__file__).parent / "migrations"
_KEPT = (meta.name, actor_edits.name)


def stamp(connection: sa.Connection, version: str = _HEAD) -> None:
    """Write down which layout a record has, as alembic does."""
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.execute(sa.text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})


def migrate(database: Database, connection: sa.Connection, version: int, vectors: Vectors) -> None:
    """Bring a record of an older layout to the present one, and make anew what is derived."""
    from alembic import command
    from alembic.config import Config

    stamp(connection, f"{version:04}")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.execute(meta.update().where(meta.c.key == "version").values(value=str(VERSION)))
    database.versioned(connection, VERSION)
    rebuild(connection, vectors)


def rebuild(connection: sa.Connection, vectors: Vectors) -> int:
    """Make everything that is derived anew out of the readings that are kept; how many revisions there are."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, article in connection.execute(sa.select(article_keys.c.key, article_keys.c.article)).tuples():
        keys[article].append(key)
    columns = (revisions.c.article, revisions.c.known_at, revisions.c.seen, revisions.c.reading, revisions.c.raw)
    order = (revisions.c.known_at, sa.func.coalesce(revisions.c.stated, ""), revisions.c.id)
    rows = connection.execute(sa.select(*columns).order_by(*order)).tuples().all()
    fulltext.clear(connection)
    for table in reversed(metadata.sorted_tables):
        if table.name not in _KEPT:
            connection.execute(table.delete())
    for article, known_at, seen, packed, raw in rows:
        page = zlib.decompress(raw) if raw else None
        kept = Incoming(unzipped(packed), known_at, seen, sorted(keys[article]), page)
        take_in(connection, [kept], vectors)
    return len(rows)


_ORPHANS = {
    "claims without a time": "claims c WHERE NOT EXISTS (SELECT 1 FROM spans WHERE claim = c.id)",
    "reports without an event": "reports r WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = r.event)",
    "events without a report": "events e WHERE NOT EXISTS (SELECT 1 FROM reports WHERE event = e.id)",
    "revisions without a story": "revisions r WHERE NOT EXISTS "
    "(SELECT 1 FROM gists g JOIN stories s ON s.id = g.story WHERE g.revision = r.id)",
    "articles without a revision": "articles a WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE article = a.id)",
}
_UNINDEXED = "SELECT abs((SELECT count(*) FROM texts) - (SELECT count(*) FROM words))"


def examine(database: Database, connection: sa.Connection) -> Iterator[Check]:
    """What a doctor looks at: versions, the file's integrity, orphans, and whether raw bytes are what they were."""
    yield from database.examine(connection)
    layout = connection.execute(sa.select(meta.c.value).where(meta.c.key == "version")).scalar()
    yield Check("layout", layout == str(VERSION), str(layout))
    step = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    yield Check("migrations", step == _HEAD, str(step))
    queries = {name: f"SELECT count(*) FROM {where}" for name, where in _ORPHANS.items()}  # noqa: S608
    for name, query in (queries | {"texts without their words": _UNINDEXED}).items():
        count = int(connection.exec_driver_sql(query).scalar() or 0)
        yield Check(name, count == 0, str(count))
    yield _raw(connection)


def _raw(connection: sa.Connection) -> Check:
    changed = total = 0
    for raw, digest in connection.execute(
        sa.select(revisions.c.raw, revisions.c.hash).where(revisions.c.raw.is_not(None))
    ).tuples():
        total += 1
        changed += digest is not None and hashlib.sha256(zlib.decompress(raw)).hexdigest() != digest
    return Check("raw bytes", not changed, f"{total - changed} of {total} are as they came")
