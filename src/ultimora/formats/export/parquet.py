"""Events as a Parquet table. Needs pyarrow, the extra ``parquet``."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from ultimora.answers.exporting import Exported
from ultimora.errors import MissingExtra
from ultimora.formats.export._words import COLUMNS, row

HELP = "one row an event, typed, with lists; needs: pip install 'ultimora[parquet]'"
SUFFIX = ".parquet"
_LISTS = ("actors", "recipients", "numbers", "outlets")
_FLAGS = ("disputed", "withdrawn")
_COUNTS = ("origins", "claims")
_INSTANTS = ("first_known", "last_known")


def render(exported: Exported) -> bytes:
    """The table, with the first and last day of each event beside ``from`` and ``to`` as they were given."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("the format parquet needs pyarrow: pip install 'ultimora[parquet]'") from None
    rows = [typed(row(e.event, len(e.origins))) for e in exported.events]
    table = pa.Table.from_pylist(rows, schema=schema(pa))
    out = io.BytesIO()
    parquet.write_table(table, out)
    return out.getvalue()


def schema(pa: Any) -> Any:
    """The columns of the table and their types; ``pa`` is pyarrow."""
    kinds: dict[str, Any] = dict.fromkeys(COLUMNS, pa.string())
    kinds |= dict.fromkeys(_LISTS, pa.list_(pa.string()))
    kinds |= dict.fromkeys(_FLAGS, pa.bool_()) | dict.fromkeys(_COUNTS, pa.int32()) | {"score": pa.float64()}
    kinds |= dict.fromkeys(_INSTANTS, pa.timestamp("us", tz="UTC")) | {"day": pa.date32()}
    return pa.schema(list(kinds.items()))


def typed(values: dict[str, Any]) -> dict[str, Any]:
    """A row as the columns want it."""
    made = {k: datetime.fromisoformat(v) if k in _INSTANTS and v else v for k, v in values.items()}
    return made | {"day": date.fromisoformat(values["from"][:10]) if values["from"] else None}
