"""What a stretch gave, as a file: a Parquet table in the order in which things became known, a row group a day."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ultimora.errors import ArchiveError, MissingExtra


@dataclass(frozen=True, slots=True)
class Row:
    """One reading: when it became known, where it stood, and what a record keeps of it.

    ``reading`` and ``raw`` are compressed, ``bands`` and ``sketch`` its fingerprints, ``vector`` that of its lead: what
    costs time is done by the workers.
    """

    known_at: str
    path: str
    place: int
    number: int
    reading: bytes
    raw: bytes | None
    hash: str | None
    bands: str
    sketch: str | None
    vector: str

    @property
    def day(self) -> str:
        """The day on which it became known, in UTC."""
        return self.known_at[:10]


_PACKED = {"reading": "none", "raw": "none"} | dict.fromkeys(("known_at", "path", "vector", "bands", "sketch"), "zstd")


def packed(rows: Sequence[Row]) -> tuple[bytes, tuple[str, ...]]:
    """Rows in their order as the bytes of a table, and the days of its row groups."""
    pa, parquet = arrow()
    schema = pa.schema(
        [("known_at", pa.string()), ("path", pa.string()), ("place", pa.int64()), ("number", pa.int64()),
         ("reading", pa.binary()), ("raw", pa.binary()), ("hash", pa.string()),
         ("bands", pa.string()), ("sketch", pa.string()), ("vector", pa.string())]
    )  # fmt: skip
    out, days = io.BytesIO(), []
    with parquet.ParquetWriter(out, schema, compression=_PACKED) as writer:
        for day, some in groupby(rows, key=lambda row: row.day):
            writer.write_table(pa.Table.from_pylist([asdict(row) for row in some], schema=schema))
            days.append(day)
    return out.getvalue(), tuple(days)


def rows_of(path: Path, group: int) -> Iterator[Row]:
    """The rows of one day of a part.

    Raises:
        ArchiveError: the file is gone or damaged.
    """
    pa, parquet = arrow()
    try:
        table = parquet.ParquetFile(path).read_row_group(group)
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError(
            f"{path}: is gone or damaged ({error}); remove the folder's manifest.db and begin again"
        ) from error
    for each in table.to_pylist():
        yield Row(**each)


def arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("archives need pyarrow: pip install 'ultimora[archives]'") from None
    return pa, parquet
