"""A dyad over time as a small SVG: co-operation above the line, conflict below it, what is merely claimed paler."""

from __future__ import annotations

from html import escape
from typing import Protocol

_WIDTH, _HEIGHT, _LEFT, _TOP = 720, 260, 40, 40
_COLOURS = {"cooperation": ("#2a6f97", "#a9d6e5"), "conflict": ("#a4161a", "#f5b5b5")}


class Counts(Protocol):
    """Events of one period."""

    @property
    def cooperation(self) -> int:
        """How many of co-operation."""
        ...

    @property
    def conflict(self) -> int:
        """How many of conflict."""
        ...


def bars(title: str, periods: list[tuple[str, Counts, Counts]]) -> str:
    """The chart of some periods, each as its first day, what is certain, and what is claimed."""
    most = max((c.cooperation + d.cooperation for _, c, d in periods), default=0)
    least = max((c.conflict + d.conflict for _, c, d in periods), default=0)
    scale = (_HEIGHT - _TOP - 30) / max(most + least, 1)
    zero = _TOP + most * scale
    step = (_WIDTH - _LEFT - 10) / max(len(periods), 1)
    drawn = [_bar(i, period, step, zero, scale) for i, period in enumerate(periods)]
    every = max(1, len(periods) // 8)
    labels = [
        f'<text x="{_LEFT + i * step:.1f}" y="{_HEIGHT - 6}" font-size="10">{escape(day)}</text>'
        for i, (day, _, _) in enumerate(periods)
        if i % every == 0
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">',
            f"<title>{escape(title)}</title>",
            f'<text x="{_LEFT}" y="20" font-size="14">{escape(title)}</text>',
            *drawn,
            f'<line x1="{_LEFT}" y1="{zero:.1f}" x2="{_WIDTH - 10}" y2="{zero:.1f}" stroke="#333"/>',
            f'<text x="4" y="{_TOP + 8}" font-size="10">{most}</text>',
            f'<text x="4" y="{zero + least * scale:.1f}" font-size="10">-{least}</text>',
            *labels,
            "</svg>",
            "",
        ]
    )


def _bar(number: int, period: tuple[str, Counts, Counts], step: float, zero: float, scale: float) -> str:
    day, certain, claimed = period
    x, width = _LEFT + number * step, max(step * 0.8, 1.0)
    made = []
    for kind, up in (("cooperation", True), ("conflict", False)):
        at = 0.0
        for counts, colour in zip((certain, claimed), _COLOURS[kind], strict=True):
            height = getattr(counts, kind) * scale
            y = zero - at - height if up else zero + at
            if height:
                tip = escape(f"{day}: {getattr(counts, kind)} {kind}")
                size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
                made.append(f'<rect {size} fill="{colour}"><title>{tip}</title></rect>')
            at += height
    return "\n".join(made)
