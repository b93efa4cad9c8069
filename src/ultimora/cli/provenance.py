"""What changed and who says so, on the terminal."""

from __future__ import annotations

import json

from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from ultimora import languages
from ultimora.answers.types import Change, Changes, Relay, Sources
from ultimora.cli.answering import instant, out, show_event
from ultimora.formats.text import shorten
from ultimora.record.alignment import SentenceEdit
from ultimora.serial import to_data

_STYLE = {"added": "green", "withdrawn": "red", "firmed up": "green", "weakened": "yellow", "reversed": "red"}


def show_changes(answer: Changes, format_: str) -> None:
    """Print what changed: each revision, its changes of fact, and the words that changed."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    for number, edit in enumerate(answer.edits):
        if number:
            console.print()
        head = Text(" ".join((edit.title or edit.url or edit.article).split()), style="bold")
        head.append(f"  {edit.outlet or ''} · known {instant(edit.known_at)}", style="dim")
        console.print(head)
        for change in edit.changes:
            _change(console, change)
        if not edit.changes:
            console.print(Padding(Text("other words, no other facts", style="dim"), (0, 0, 0, 2), expand=False))
        for sentence in edit.sentences:
            console.print(Padding(_words(sentence), (0, 0, 0, 4), expand=False))


def _change(console: Console, change: Change) -> None:
    line = Text(change.kind, style=_STYLE.get(change.kind, "cyan")).append(f"  {change.what}", style="not bold default")
    states = " → ".join(s for s in (change.old, change.new) if s)
    line.append(f"  {states}" + (f"  [{change.event}]" if change.event else ""), style="dim")
    console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _words(edit: SentenceEdit) -> Text:
    """A sentence with the words that came and went."""
    if edit.kind != "changed":
        sign, style = ("+ ", "green") if edit.kind == "inserted" else ("- ", "red")
        return Text(sign + (edit.after or edit.before or ""), style=style)
    text = Text("~ ")
    marks = {"same": ("{} ", "dim"), "deleted": ("[-{}-] ", "red"), "inserted": ("{{+{}+}} ", "green")}
    for run in edit.words:
        form, style = marks[run.kind]
        text.append(form.format(run.text), style=style)
    return text


def show_sources(answer: Sources, format_: str) -> None:
    """Print the event and its origins as a tree."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    show_event(console, answer.event, 0)
    count = len(answer.origins)
    tree = Tree(Text(f"{count} independent origin{'' if count == 1 else 's'}", style="bold"))
    for origin in answer.origins:
        name = f"{origin.name}{' (unnamed)' if origin.anonymous else ''}"
        branch = tree.add(Text(name, style="cyan"))
        for relay in origin.relays:
            branch.add(_relay(relay))
    console.print(tree)


def _relay(relay: Relay) -> Text:
    labels = languages.load("en").table("labels")
    chain = [f"{link.name} ({labels['stance'][link.stance]})" for link in relay.chain]
    shown = relay.reference
    printed = f"{shown.outlet or shown.url or shown.article}, {(shown.published or '')[:16].replace('T', ' ')}"
    text = Text(" ← ".join([*chain, printed]), style="dim")
    return text.append(f"\n“{shorten(shown.sentence)}”", style="not dim")
