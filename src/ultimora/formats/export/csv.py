"""Events as CSV (RFC 4180), safe to open in a spreadsheet: no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

from ultimora.answers.exporting import Exported
from ultimora.formats.export._words import COLUMNS, row

HELP = "one row an event; no cell can be taken for a formula by a spreadsheet"
SUFFIX = ".csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(exported: Exported) -> bytes:
    """A header, then one row an event; what is several is divided by semicolons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for event in exported.events:
        writer.writerow(_cell(value) for value in row(event.event, len(event.origins)).values())
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Any) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    text = "; ".join(value) if isinstance(value, list) else str(value)
    text = " ".join(text.replace("\0", " ").split())
    return f"'{text}" if text.startswith(_FORMULA) else text
