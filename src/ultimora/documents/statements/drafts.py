"""A statement while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass

from ultimora.types import Stance, Token


@dataclass(slots=True)
class Draft:
    """What is known of a statement so far. ``cue`` is the word of saying; ``carried``: its speaker was named before."""

    content: tuple[int, int]
    cue: Token | None
    cue_span: tuple[int, int] | None
    source: Token | None
    source_span: tuple[int, int] | None
    stance: Stance
    quoted: bool = False
    direct: bool = False
    carried: bool = False
    dropped: bool = False
    weak: bool = False
    frame: str = ""
    passive: bool = False
    said: int = 0


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def likeness(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union."""
    shared = overlap(a, b)
    return shared / max(1, (a[1] - a[0]) + (b[1] - b[0]) - shared)
