"""``ultimora actors``: who is in the record, and a user's corrections of who is who."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ultimora.cli.asking import DEFAULT, AsOf, Format, RecordPath, show_with

if TYPE_CHECKING:
    from ultimora.answers import Record
    from ultimora.answers.actors import ActorCard, Actors

app = typer.Typer(no_args_is_help=True, help="Who is in the record, and corrections of who is who.")
Actor = Annotated[str, typer.Argument(help="Any name of the actor, or its key as the list shows it.")]


@app.command("list")
def list_(
    kind: Annotated[str | None, typer.Option(help="person, government, organization, armed_group, …")] = None,
    seed: Annotated[bool, typer.Option("--seed", help="Rather the states and bodies known from the start.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """Every actor met in the articles."""
    show_with(record, format, lambda r: r.actors(kind, seed=seed, as_of=as_of), _print)


@app.command()
def show(
    name: Actor,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """One actor: its names in every spelling met, the offices it held, and the sentences that say so."""
    show_with(record, format, lambda r: r.actor(name, as_of=as_of), _print)


@app.command()
def merge(actor: Actor, into: Actor, record: RecordPath = DEFAULT) -> None:
    """Say that two actors are one; a merge that would make a cycle is refused."""
    with _record(record) as opened, opened.store.correcting() as corrector:
        made = corrector.merge(actor, into)
    typer.echo(f"{made.actor} is one with {made.value}; to undo: ultimora actors undo {made.id}")


@app.command()
def split(
    actor: Actor,
    name: Annotated[str | None, typer.Argument(help="A name of the actor that is somebody else's.")] = None,
    record: RecordPath = DEFAULT,
) -> None:
    """Part what was made one with an actor; or give one of its names to somebody else."""
    with _record(record) as opened, opened.store.correcting() as corrector:
        for made in corrector.split(actor, name):
            told = "are two again" if made.kind == "merge" else f"are two; to undo: ultimora actors undo {made.id}"
            typer.echo(f"{made.actor} and {made.value} {told}")


@app.command()
def rename(actor: Actor, name: Annotated[str, typer.Argument()], record: RecordPath = DEFAULT) -> None:
    """Call an actor by a name of your own."""
    with _record(record) as opened, opened.store.correcting() as corrector:
        made = corrector.rename(actor, name)
    typer.echo(f"{made.actor} is called {made.value}; to undo: ultimora actors undo {made.id}")


@app.command()
def undo(correction: Annotated[int, typer.Argument(help="Its number.")], record: RecordPath = DEFAULT) -> None:
    """Take a correction back."""
    with _record(record) as opened, opened.store.correcting() as corrector:
        made = corrector.undo(correction)
    typer.echo(f"undone: {made.kind} {made.actor} {made.value}")


@app.command()
def edits(record: RecordPath = DEFAULT) -> None:
    """The corrections that stand."""
    with _record(record) as opened:
        for each in opened.actor_edits():
            typer.echo(f"{each.id}\t{each.at[:16]}\t{each.kind}\t{each.actor}\t{each.value}")


@app.command()
def load(
    path: Annotated[str, typer.Argument(help="TOML with [[actor]] tables, or CSV.")], record: RecordPath = DEFAULT
) -> None:
    """Take in actors of your own: name, kind, country, wikidata, aliases (in CSV parted by |)."""
    from ultimora.record.correcting import read_actors

    found = read_actors(Path(path))
    with _record(record, create=True) as opened, opened.store.correcting() as corrector:
        typer.echo(f"{corrector.take_in(found)} actors")


def _record(path: str, *, create: bool = False) -> Record:
    from ultimora.answers import Record

    return Record(path, create=create)


def _print(answer: Actors, format_: str) -> None:
    from ultimora.serial import to_data

    if format_ == "json":
        typer.echo(json.dumps(to_data(answer), ensure_ascii=False, indent=2))
        return
    for card in answer.actors:
        _card(card)


def _card(card: ActorCard) -> None:
    facts = [card.kind, card.country, card.wikidata, f"[{card.key}]"]
    typer.echo(f"{card.name}  {' · '.join(f for f in facts if f)}")
    others = [n for n in card.names if n != card.name]
    if others:
        typer.echo(f"  also: {', '.join(others)}")
    if len(card.keys) > 1:
        typer.echo(f"  one with: {', '.join(card.keys[1:])}")
    for office in card.offices:
        span = f"from {office.from_}" if office.from_ else ""
        span += f" to {office.to}" if office.to else ""
        count = f"{office.articles} article{'' if office.articles == 1 else 's'}"
        typer.echo(f"  {office.title}{f' ({office.of})' if office.of else ''}  {span.strip()} · {count}")
        typer.echo(f"    “{office.sentence}”")
