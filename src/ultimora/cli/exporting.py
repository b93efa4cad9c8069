"""``ultimora export``: a part of the record as a file of another trade."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ultimora.cli.asking import DEFAULT, AsOf, RecordPath


class _Teaching(TyperCommand):
    """Its help lists the formats, which are found by looking; that waits until help is asked for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from rich.markup import escape

        from ultimora.formats import export

        listed = "\n\n".join(f"  [bold]{name}[/bold]  {escape(export.get(name).HELP)}" for name in export.names())
        self.help = f"{self.help}\n\nFormats:\n\n{listed}"
        super().format_help(ctx, formatter)


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command(name="export", cls=_Teaching, no_args_is_help=True)(export)


def export(
    format: Annotated[str, typer.Argument(help="Which format; they are listed below.", metavar="FORMAT")],  # noqa: A002
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="The file to write; standard output, if not given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    event: Annotated[
        str | None, typer.Option("--event", "-e", help="Only this event: its id or how it begins.")
    ] = None,
    story: Annotated[
        str | None, typer.Option("--story", "-s", help="Only this story: its id or how it begins.")
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", "-a", help="Only events of this actor.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day or instant on.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day or instant.")] = None,
    type: Annotated[str | None, typer.Option("--type", "-t", help="PLOVER type, as CONSULT or ASSAULT.")] = None,  # noqa: A002
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    language: Annotated[
        str, typer.Option("--language", "-l", help="The reader's language, for titles: it or en.")
    ] = "en",
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
) -> None:
    """Write a part of the record in a format of another trade: tables, calendars, maps, feeds, provenance.

    What is asked for twice comes out the same. A file that is there is not touched without [bold]--force[/bold], and
    no name of a file is ever made of what an article says.

    Examples:

      ultimora export csv --output events.csv

      ultimora export ics --actor Italia --language it -o agenda.ics

      ultimora export prov --event 684cd651dac4 > chain.prov.json

      ultimora export atom --since 2025-03-05 > changes.atom
    """
    from ultimora.answers.exporting import Chosen

    chosen = Chosen(event, story, actor, since, until, type, everything)
    _write(_rendered(format, chosen, language, as_of, record), output, format, force=force)


def _rendered(name: str, chosen: Any, language: str, as_of: str | None, path: str) -> bytes:
    from ultimora import languages
    from ultimora.answers import Record
    from ultimora.cli.asking import no_answer
    from ultimora.cli.output import fail
    from ultimora.errors import NoAnswer
    from ultimora.formats import export as formats

    if name not in formats.names():
        fail(f"there is no format {name!r}; there are: {', '.join(formats.names())}")
    languages.load(language)
    with Record(path, create=False) as record:
        try:
            exported = record.export(chosen, language=language, edits=formats.wants_edits(name), as_of=as_of)
        except NoAnswer as error:
            raise typer.Exit(no_answer(error)) from None
    return formats.get(name).render(exported)


def _write(data: bytes, output: str | None, name: str, *, force: bool) -> None:
    from ultimora.cli.output import fail

    if output is None:
        if b"\0" in data and sys.stdout.isatty():
            fail(f"{name} is no text; write it to a file with --output")
        sys.stdout.buffer.write(data)
        return
    path = Path(output)
    if path.exists() and not force:
        fail(f"{output}: is there already; replace it with --force")
    try:
        _replace(path, data)
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror or error})")


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".ultimora-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
