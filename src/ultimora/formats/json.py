"""A reading as indented JSON."""

from __future__ import annotations

import json

from ultimora.serial import to_data
from ultimora.types import Reading


def render(reading: Reading) -> str:
    """The reading in the shape of its published schema."""
    return json.dumps(to_data(reading), ensure_ascii=False, indent=2)
