"""What ``ultimora export`` writes: one module a format, found by looking.

A module has ``HELP`` (one line), ``SUFFIX`` (how its files end), ``EDITS`` where it shows what articles changed rather
than events, and ``render``. What comes out is the same from run to run: nothing is dated but by the record.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ultimora.answers.exporting import Exported


class Export(Protocol):
    """What a module of this package offers."""

    HELP: str
    SUFFIX: str

    def render(self, exported: Exported) -> bytes:
        """A part of the record as the bytes of a file."""
        ...


def names() -> tuple[str, ...]:
    """The names of the formats that there are."""
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py")))


def get(name: str) -> Export:
    """The format of a name out of :func:`names`."""
    return cast(Export, import_module(f"{__name__}.{name}"))


def wants_edits(name: str) -> bool:
    """Whether a format shows what articles changed rather than events."""
    return bool(getattr(get(name), "EDITS", False))
