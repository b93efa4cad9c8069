"""Output formats: one module each, found by looking. ``render(reading)`` gives the text of one reading."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ultimora.types import Reading


class Format(Protocol):
    """What a module of this package offers."""

    def render(self, reading: Reading) -> str:
        """One reading as text, without a final line break."""
        ...


def names() -> tuple[str, ...]:
    """The names of the formats that there are."""
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py")))


def get(name: str) -> Format:
    """The format of a name out of :func:`names`."""
    return cast(Format, import_module(f"{__name__}.{name}"))
