"""``ultimora doctor``, ``ultimora backup`` and ``ultimora copy``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ultimora.cli.asking import DEFAULT, Format, RecordPath


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    app.command()(doctor)
    app.command()(backup)
    app.command()(copy)


def doctor(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make all that is derived anew out of the readings first.")
    ] = False,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """Look the record over: integrity, versions, orphans, raw bytes. The exit status is 1 if anything is wrong.

    Examples:

      ultimora doctor

      ultimora doctor --rebuild
    """
    from ultimora.answers import Record
    from ultimora.cli.answering import check_format
    from ultimora.serial import to_data

    check_format(format)
    with Record(record, create=False) as opened:
        if rebuild:
            typer.echo(f"{opened.store.rebuild()} revisions taken in anew", err=True)
        found = opened.store.examine()
    if format == "json":
        typer.echo(json.dumps(to_data(tuple(found)), indent=2))
    else:
        for check in found:
            typer.echo(f"{'ok ' if check.ok else 'BAD'}  {check.name}: {check.found}")
    if not all(check.ok for check in found):
        typer.echo("to make what is derived anew: ultimora doctor --rebuild", err=True)
        raise typer.Exit(1)


def backup(
    target: Annotated[str, typer.Argument(help="The file of the copy.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    record: RecordPath = DEFAULT,
) -> None:
    """Copy the record to a file, whole and checked, while others may be adding to it.

    Example:

      ultimora backup ultimora-backup.db
    """
    from ultimora.answers import Record

    with Record(record, create=False) as opened:
        opened.store.backup(target, force=force)
    typer.echo(f"copied to {target}")


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The record: a file, or postgresql://….")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A file that is not there yet, or an empty database.")],
) -> None:
    """Copy a record into another database, from SQLite or PostgreSQL to either, and compare both in the end.

    A copy that was broken off goes on where it stopped when the command is given again; until it is whole, nothing
    else opens it.

    Example:

      ultimora copy ultimora.db copy.db
    """
    from ultimora.cli.copying import run

    raise typer.Exit(run(source, target))
