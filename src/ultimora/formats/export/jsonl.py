"""Events as JSON Lines: all that the record says of each, its claims, origins and history, one object a line."""

from __future__ import annotations

import json

from ultimora.answers.exporting import Exported
from ultimora.serial import to_data

HELP = "everything that is known of each event: claims, sentences, origins, history; one JSON object a line"
SUFFIX = ".jsonl"


def render(exported: Exported) -> bytes:
    """One line an event."""
    lines = (json.dumps(to_data(e), ensure_ascii=False, separators=(",", ":")) for e in exported.events)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
