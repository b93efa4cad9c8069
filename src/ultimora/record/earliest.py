"""Rows of which the one known earliest is kept, whatever the order in which they come and whoever else writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ultimora.record.bulk import run

_CHUNK = 400


def first_known(db: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Insert rows, keeping of those with the same key the one known earliest, be it there already.

    Rows go in by their key, so that two that write the same do not wait for each other in a circle.
    """
    key = [c.name for c in table.primary_key]
    best: dict[tuple[str, ...], Mapping[str, str | None]] = {}
    for row in rows:
        ident = tuple(str(row[k]) for k in key)
        if ident not in best or _earliness(row) < _earliness(best[ident]):
            best[ident] = row
    chosen = [dict(best[ident]) for ident in sorted(best)]
    for at in range(0, len(chosen), _CHUNK):
        run(db, _upsert(db.dialect.name, table), chosen[at : at + _CHUNK], tuple(c.name for c in table.columns))


@cache
def _upsert(dialect: str, table: sa.Table) -> sa.Insert:
    key = [c.name for c in table.primary_key]
    others = [c.name for c in table.columns if c.name not in key]
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = insert(table)
    if not others:
        return made.on_conflict_do_nothing(index_elements=key)  # type: ignore[no-any-return]
    # What tells which is earlier: when it was known, then the other columns in the order of their names.
    order = ["known_at", *sorted(c for c in others if c != "known_at")]
    mine, theirs = (
        [sa.func.coalesce(side[c], sa.literal_column("''")) for c in order] for side in (made.excluded, table.c)
    )
    earlier = sa.tuple_(*mine) < sa.tuple_(*theirs)
    values = {c: made.excluded[c] for c in others}
    return made.on_conflict_do_update(index_elements=key, set_=values, where=earlier)  # type: ignore[no-any-return]


def _earliness(row: Mapping[str, str | None]) -> tuple[str, ...]:
    return (str(row.get("known_at")), *(str(row[k] or "") for k in sorted(row) if k != "known_at"))
