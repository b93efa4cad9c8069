"""Answers on the terminal: what, when, how sure, and the sentences, outlets and dates that it rests on."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Sequence
from typing import IO, cast

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ultimora import languages
from ultimora.answers.present import distinct
from ultimora.answers.types import Answer, Found, Note, Number, Reference, Stood
from ultimora.cli.output import fail
from ultimora.formats.text import shorten, when
from ultimora.serial import to_data

FORMATS = ("text", "json")
_PLAIN_WIDTH = 120
_FILLING = re.compile(r"[ ]+$", re.MULTILINE)
_STYLE = {"occurred": "green", "ongoing": "bold yellow", "planned": "cyan", "hypothetical": "magenta"}
_OUTCOME_STYLE = {
    "called off": "red",
    "denied": "red",
    "moved": "magenta",
    "unreported": "yellow",
    "happened": "green",
    "under way": "bold yellow",
}


def check_format(name: str, formats: Sequence[str] = FORMATS) -> None:
    """Stop where there is no such format."""
    if name not in formats:
        fail(f"there is no format {name!r}; there are: {', '.join(formats)}")


class _Trimmed(io.TextIOBase):
    """Standard output without the blanks that fill lines up."""

    def write(self, text: str) -> int:
        return sys.stdout.write(_FILLING.sub("", text))

    def flush(self) -> None:
        sys.stdout.flush()


def out() -> Console:
    """Standard output: colour and width of the terminal, plain and 120 wide when piped."""
    if sys.stdout.isatty():
        return Console(highlight=False, emoji=False, markup=False)
    file = cast(IO[str], _Trimmed())
    return Console(file=file, width=_PLAIN_WIDTH, highlight=False, emoji=False, markup=False, color_system=None)


def show_answer(answer: Answer, format_: str, *, sentences: int | None = 2, console: Console | None = None) -> None:
    """Print an answer.

    Args:
        answer: What to print.
        format_: ``text`` or ``json``.
        sentences: How many sentences to show of each event; None for all of them.
        console: Where to print; standard output, if not given.
    """
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = console or out()
    for number, event in enumerate(answer.events):
        if number:
            console.print()
        show_event(console, event, sentences, full=answer.question == "show")
    _notes(console, answer.notes)


def show_event(console: Console, event: Found, sentences: int | None, *, full: bool = False) -> None:
    """Print an event with some of its sentences."""
    labels = languages.load("en").table("labels")
    head = Text(when(event.from_, event.to) or str(labels["undated"]), style="bold")
    head.append(f"  {_what(event)}  ", style="bold")
    head.append(_parties(event), style="not bold")
    console.print(head)
    line = _state(event)
    line.append(f"  [{event.event}]", style="dim")
    console.print(Padding(line, (0, 0, 0, 2), expand=False))
    every = event.references if full else distinct(event.references)
    shown = every if sentences is None else every[:sentences]
    for reference in shown:
        console.print(Padding(cited(reference, full=full), (0, 0, 0, 2), expand=False))
    left = len(every) - len(shown)
    if left:
        console.print(
            Padding(Text(f"+ {left} more: ultimora show {event.event}", style="dim"), (0, 0, 0, 2), expand=False)
        )
    if full:
        _history(console, event.history)


def _what(event: Found) -> str:
    labels = languages.load("en").table("labels")
    kind = str(labels["event_type"].get(event.event_type or "", event.predicate))
    mode = str(labels["mode"].get(event.mode or "", event.mode))
    return f"{kind} ({mode})" if event.mode else kind


def _parties(event: Found) -> str:
    who = ", ".join(a.name for a in event.actors)
    to = ", ".join(a.name for a in event.recipients)
    place = f"· {event.place.name}" if event.place else ""
    return " ".join(part for part in (who, f"→ {to}" if to else "", place) if part)


def _state(event: Found) -> Text:
    labels = languages.load("en").table("labels")
    if event.polarity == "negative":
        line = Text("called off" if event.status == "planned" else str(labels["polarity"]["negative"]), style="red")
    else:
        line = Text(str(labels["status"][event.status]), style=_STYLE[event.status])
        line.append(f", {labels['certainty'][event.certainty]}", style="not bold")
    if event.outcome not in (None, "expected", "called off"):
        to = f" to {event.moved_to}" if event.moved_to else ""
        line.append(f" · {event.outcome}{to}", style=_OUTCOME_STYLE[str(event.outcome)])
    if event.disputed:
        line.append(" · disputed", style="red")
    if event.withdrawn:
        line.append(" · withdrawn", style="red")
    told = [n for n in event.numbers if n.of or n.unit]
    if told:
        line.append(f" · {_numbers(told)}")
    return line


def _numbers(numbers: Sequence[Number]) -> str:
    return ", ".join(" ".join(n.text.split()) for n in numbers)


def cited(reference: Reference, *, full: bool = False) -> Text:
    """A sentence with its outlet, date and sources."""
    said = shorten(reference.sentence, 600 if full else 240)
    text = Text("“").append(said).append("”\n")
    facts = [reference.outlet, (reference.published or "")[:16].replace("T", " "), _sources(reference)]
    text.append("  " + " · ".join(f for f in facts if f), style="dim")
    if full:
        state = f"{reference.status}, {reference.polarity}, {reference.certainty}"
        known = f"known {instant(reference.known_at)}"
        text.append(f"\n  {state} · {known} · {reference.rule}", style="dim")
    if reference.withdrawn_at:
        text.append(f" · withdrawn {instant(reference.withdrawn_at)}", style="red")
    return text


def _sources(reference: Reference) -> str:
    labels = languages.load("en").table("labels")
    chains = []
    for chain in reference.sources or ((),):
        links = []
        for link in chain:
            medium = f", {labels['via']} {link.medium}" if link.medium else ""
            links.append(f"{link.name} ({labels['stance'][link.stance]}{medium})")
        chains.append(" ← ".join(links) or str(labels["own_voice"]))
    return "; ".join(dict.fromkeys(chains))


def instant(value: str) -> str:
    """When something became known, for a person."""
    return f"{value[:16].replace('T', ' ')} UTC"


def _history(console: Console, history: Sequence[Stood]) -> None:
    if len(history) < 2:
        return
    console.print(Padding(Text("how it stood", style="bold"), (1, 0, 0, 2), expand=False))
    for stood in history:
        state = "withdrawn" if stood.withdrawn else f"{stood.status}, {stood.polarity}, {stood.certainty}"
        numbers = f" · {_numbers(stood.numbers)}" if stood.numbers else ""
        line = f"{instant(stood.known_at)}  {state} · {when(stood.from_, stood.to)}{numbers}"
        console.print(Padding(Text(line), (0, 0, 0, 4), expand=False))


def _notes(console: Console, notes: Sequence[Note]) -> None:
    for note in notes:
        console.print()
        line = Text(f"{note.kind}: ", style="yellow").append(note.text, style="not bold")
        if note.event is not None:
            line.append(f"  {_parties(note.event)}  [{note.event.event}]", style="dim")
        console.print(line)
        if note.event is not None and note.event.references:
            console.print(Padding(cited(note.event.references[0]), (0, 0, 0, 2), expand=False))
