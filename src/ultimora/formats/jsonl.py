"""A reading as one line of JSON."""

from __future__ import annotations

import json

from ultimora.serial import to_data
from ultimora.types import Reading


def render(reading: Reading) -> str:
    """The reading in the shape of its published schema, without line breaks."""
    return json.dumps(to_data(reading), ensure_ascii=False, separators=(",", ":"))
