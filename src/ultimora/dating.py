"""What an article's own text says of when it was published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dating:
    """The interval in which a text says that it was published, and the words that say so."""

    from_: str
    to: str
    start: int
    end: int
    text: str
