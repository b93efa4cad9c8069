"""Who says what: events down, independent origins across, and in each cell how the origin stands to the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.answers.types import IndependentOrigin, Reference, Sources
from ultimora.desk.lines import Line, line
from ultimora.desk.words import Words

_ROWS, _COLUMNS = 14, 9


@dataclass(frozen=True, slots=True)
class Cell:
    """What an origin says of an event: a mark, words for it, and the sentence."""

    mark: str
    label: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Row:
    """An event, and a cell for each column."""

    line: Line
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: names of the origins, and a row for each event; ``more`` events found no room."""

    origins: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int


def matrix(sources: Sequence[Sources], words: Words) -> Matrix:
    """The events with most origins, and the origins that speak of most of them."""
    ranked = sorted(sources, key=lambda s: (-len(s.origins), not s.event.disputed))[:_ROWS]
    counts = Counter(name for s in ranked for name in {o.name for o in s.origins})
    order = list(dict.fromkeys(o.name for s in ranked for o in s.origins))
    shown = sorted(order, key=lambda name: (-counts[name], order.index(name)))[:_COLUMNS]
    rows = tuple(_row(s, shown, words) for s in ranked)
    return Matrix(tuple(shown), tuple(r for r in rows if any(r.cells)), max(len(sources) - len(rows), 0))


def _row(sources: Sources, shown: Sequence[str], words: Words) -> Row:
    by_name = {o.name: o for o in reversed(sources.origins)}
    cells = tuple(_cell(by_name[name], words) if name in by_name else None for name in shown)
    return Row(line(sources.event, words), cells)


def _cell(origin: IndependentOrigin, words: Words) -> Cell | None:
    """The origin's newest word, by the outlet nearest to it."""
    if not origin.relays:
        return None
    newest = max(origin.relays, key=lambda r: (r.reference.withdrawn_at is None, r.reference.published or ""))
    said = newest.reference
    mark: str = "withdrawn" if said.withdrawn_at else said.status
    if said.polarity == "negative" and not said.withdrawn_at:
        mark = "called_off" if said.status == "planned" else "negative"
    does = words.stance(newest.chain[0].stance) if newest.chain else words("says_itself")
    label = f"{does}: {words.one('mark', mark)}"
    return Cell(
        mark, label if said.certainty == "certain" else f"{label}, {words.one('certainty', said.certainty)}", said
    )
