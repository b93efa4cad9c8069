"""Structured logs: a line of JSON on standard error for each thing that happens."""

from __future__ import annotations

import sys
from typing import Any


def logger() -> Any:
    """A logger whose lines are JSON with the instant."""
    import structlog

    processors: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=processors)
