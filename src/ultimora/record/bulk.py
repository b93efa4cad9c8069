"""Many rows told to the database at once: the statement is composed once, and its values go straight to the driver.

SQLAlchemy looks at every value of every row on its way; of the record's own there is little to see
(:func:`ultimora.record.columns.kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from ultimora.record import statements as say
from ultimora.record.columns import kept

Row = Mapping[str, Any]


def enter(db: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Put rows into a table, all with the same columns."""
    if rows:
        run(db, say.insert(table), rows, tuple(rows[0]))


def run(db: sa.Connection, statement: sa.Insert | sa.Update, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """Run a statement once for each row of values by name; ``columns``: those that an insertion names."""
    key = statement, db.dialect.name, tuple(columns)
    if key not in _composed:
        _composed[key] = _compose(statement, db.dialect, columns)
    text, packed = _composed[key]
    db.exec_driver_sql(text, [packed(row) for row in rows])


_composed: dict[Any, tuple[str, Callable[[Row], Any]]] = {}


def _compose(
    statement: sa.Insert | sa.Update, dialect: sa.Dialect, columns: Sequence[str]
) -> tuple[str, Callable[[Row], Any]]:
    """The text of a statement for a database, and what makes of a row what its driver takes."""
    made: Any = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    if not made.positional:
        return str(made), lambda row: {name: _plain(value) for name, value in row.items()}
    names = list(made.positiontup)
    get = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    return str(made), lambda row: tuple([_plain(value) for value in get(row)])


def _plain(value: Any) -> Any:
    return kept(value) if type(value) is str else value
