"""Dyads and searches on the terminal."""

from __future__ import annotations

import json

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ultimora.answers.dyads import Dyad, Tally
from ultimora.answers.search import Hits
from ultimora.cli.answering import out
from ultimora.formats.text import shorten
from ultimora.serial import to_data


def show_dyad(answer: Dyad, format_: str) -> None:
    """Print a dyad as a table, JSON or SVG."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    if format_ == "svg":
        from ultimora.formats.chart import bars

        title = f"{answer.a} – {answer.b}, by {answer.by}"
        print(bars(title, [(p.from_, p.certain, p.claimed) for p in answer.periods]), end="")  # noqa: T201
        return
    table = Table(title=f"{answer.a} – {answer.b}", box=None, pad_edge=False)
    for column in (answer.by, "certain", "score", "merely claimed", "score"):
        table.add_column(column, justify="right" if column == "score" else "left")
    for period in answer.periods:
        table.add_row(period.from_, *_tally(period.certain), *_tally(period.claimed))
    console = out()
    console.print(table)
    if answer.undated:
        console.print(Text(f"{answer.undated} more without a date", style="dim"))


def _tally(tally: Tally) -> tuple[str, str]:
    types = ", ".join(f"{kind} {count}" for kind, count in tally.types.items())
    return types or "–", "" if tally.score is None else f"{tally.score:+.1f}"


def show_hits(answer: Hits, format_: str) -> None:
    """Print what was found, best first."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    for number, hit in enumerate(answer.hits):
        if number:
            console.print()
        speaker = f"{hit.source}: " if hit.kind == "statement" and hit.source else ""
        console.print(Text(f"{speaker}“{shorten(hit.text)}”"))
        where = [hit.kind, hit.outlet or hit.url, (hit.published or hit.known_at)[:16].replace("T", " ")]
        line = Text(" · ".join(w for w in where if w), style="dim")
        for event in hit.events:
            line.append(f"  {event.event_type or event.predicate} [{event.event}]")
        console.print(Padding(line, (0, 0, 0, 2), expand=False))
