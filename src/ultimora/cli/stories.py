"""Stories on the terminal."""

from __future__ import annotations

import json

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ultimora.answers.brief import Brief
from ultimora.answers.stories import OneStory, Stories, Story
from ultimora.answers.types import Dispute, Disputes
from ultimora.cli.answering import cited, instant, out, show_event
from ultimora.serial import to_data

_STYLE = {"new": "bold yellow", "running": "green", "closed": "dim"}


def show_stories(answer: Stories, format_: str) -> None:
    """Print a line or two for each story."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    for number, story in enumerate(answer.stories):
        if number:
            console.print()
        _head(console, story)


def _head(console: Console, story: Story) -> None:
    title = Text(" ".join((story.title or "(no headline)").split()), style="bold")
    console.print(title.append(f"  [{story.story}]", style="not bold dim"))
    count = f"{story.articles} article{'' if story.articles == 1 else 's'}"
    line = Text(story.state, style=_STYLE[story.state])
    told = [count, ", ".join(story.outlets), f"{instant(story.first)} – {instant(story.last)}"]
    line.append(f"  {' · '.join(t for t in told if t)}", style="dim not bold")
    if story.branch_of:
        line.append(f" · branch of {story.branch_of}", style="cyan")
    if story.branches:
        line.append(f" · branches: {', '.join(story.branches)}", style="cyan")
    console.print(Padding(line, (0, 0, 0, 2), expand=False))


def show_story(answer: OneStory, format_: str) -> None:
    """Print a story with its articles and events."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    _head(console, answer.story)
    if answer.actors:
        console.print(Padding(Text(", ".join(a.name for a in answer.actors)), (0, 0, 0, 2), expand=False))
    console.print()
    for article in answer.articles:
        when = (article.published or article.known_at)[:16].replace("T", " ")
        line = Text(f"{when}  ", style="dim").append(" ".join((article.title or article.article).split()), "not dim")
        console.print(line.append(f"  {article.outlet or article.url or ''} ({article.language})", style="dim"))
    for event in answer.events:
        console.print()
        show_event(console, event, 1)


def show_disputes(answer: Disputes, format_: str) -> None:
    """Print what is disputed, side by side."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    for number, dispute in enumerate(answer.disputes):
        if number:
            console.print()
        _dispute(console, dispute)


def _dispute(console: Console, dispute: Dispute) -> None:
    show_event(console, dispute.event, 0)
    about = f" ({dispute.about})" if dispute.about else ""
    console.print(Padding(Text(f"disputed {dispute.kind}{about}", style="red"), (0, 0, 0, 2), expand=False))
    for side in dispute.sides:
        line = Text(side.says, style="bold").append(f"  {', '.join(side.origins)}", style="not bold cyan")
        console.print(Padding(line, (0, 0, 0, 4), expand=False))
        for reference in side.references[:2]:
            console.print(Padding(cited(reference), (0, 0, 0, 6), expand=False))


def show_brief(answer: Brief, format_: str) -> None:
    """Print a brief: each line, the sentence it rests on, and where that stands."""
    if format_ == "json":
        print(json.dumps(to_data(answer), ensure_ascii=False, indent=2))  # noqa: T201
        return
    console = out()
    console.print(Text(" ".join((answer.story.title or answer.story.story).split()), style="bold"))
    for section in answer.sections:
        console.print()
        console.print(Text(section.heading.upper(), style="bold"))
        for line in section.lines:
            console.print(Padding(Text(line.text), (0, 0, 0, 2), expand=False))
            best = line.references[0]
            where = [best.outlet or best.url, (best.published or best.known_at)[:16].replace("T", " ")]
            more = [f"+{len(line.references) - 1}"] if len(line.references) > 1 else []
            cited_ = Text(line.quotation, style="dim").append(f"  {' · '.join(str(w) for w in (*where, *more) if w)}")
            console.print(Padding(cited_.append(f"  [{line.event}]"), (0, 0, 0, 4), expand=False))
