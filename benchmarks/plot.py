"""A small writer of line charts as SVG, with a logarithmic x: no script, and no font of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 400, 70, 40, 20, 60
COLOURS = ("#1f5fa8", "#b3401f", "#2f7d3b", "#7a4fa0")
Point = tuple[float, float]
Place = Callable[[Point], Point]


def chart(
    title: str, x: str, y: str, lines: Mapping[str, Sequence[Point]], limits: Mapping[str, float] | None = None
) -> str:
    """A chart with logarithmic x and linear y; ``limits`` are horizontal lines with their names."""
    points = [p for line in lines.values() for p in line]
    low, high = (math.log10(f(p[0] for p in points)) for f in (min, max))
    top = 1.1 * max([p[1] for p in points] + list((limits or {}).values()))

    def at(point: Point) -> Point:
        share = (math.log10(point[0]) - low) / ((high - low) or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - point[1] / top * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(WIDTH / 2, 22, title, "middle", 15),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x, "middle"),
        f'<g transform="translate(18 {HEIGHT / 2}) rotate(-90)">{_text(0, 0, y, "middle")}</g>',
    ]
    parts += _grid(at, low, high, top)
    for name, value in (limits or {}).items():
        (x1, y1), (x2, _) = at((10**low, value)), at((10**high, value))
        parts.append(f'<path d="M{x1:.1f} {y1:.1f}H{x2:.1f}" stroke="#888" stroke-dasharray="5 4" fill="none"/>')
        parts.append(_text(x2, y1 - 4, name, "end"))
    for number, (name, line) in enumerate(lines.items()):
        parts += _line(at, name, sorted(line), number)
    return "\n".join([*parts, "</svg>", ""])


def _grid(at: Place, low: float, high: float, top: float) -> list[str]:
    found = []
    for power in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1):
        px, _ = at((10.0**power, 0.0))
        found.append(f'<path d="M{px:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        found.append(_text(px, HEIGHT - BOTTOM + 16, f"{10**power:,}", "middle"))
    step = 10 ** math.floor(math.log10(top))
    step = step / 5 if top / step < 2 else step / 2 if top / step < 5 else step
    for number in range(int(top / step) + 1):
        _, py = at((10.0**low, number * step))
        found.append(f'<path d="M{LEFT} {py:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        found.append(_text(LEFT - 6, py + 4, f"{number * step:g}", "end"))
    return found


def _line(at: Place, name: str, line: Sequence[Point], number: int) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    spots = [at(p) for p in line]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots)
    label = _text(LEFT + 12, TOP + 16 + 16 * number, name, "start", fill=colour)
    return [f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>', dots, label]


def _text(x: float, y: float, text: str, anchor: str, size: int = 12, fill: str = "#222") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}">{escape(text)}</text>'
    )
