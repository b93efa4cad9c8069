"""The command line. Commands hold no logic of their own; heavy imports wait until a command runs."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from ultimora.cli import actors, archive, demo, exporting, finding, following, record, serving, upkeep
from ultimora.cli.output import fail

app = typer.Typer(
    name="ultimora",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Reads the news as it breaks and keeps the record: who did what, when, whether it happened, and who says so.",
    epilog="Start with: [bold]ultimora demo[/bold]   or   [bold]ultimora read ARTICLE.txt[/bold]",
)


def _version(wanted: bool) -> None:
    if wanted:
        from ultimora import __version__

        typer.echo(f"ultimora {__version__}")
        raise typer.Exit


def _settings(command: Any) -> dict[str, Any]:
    """What ``ultimora.toml`` here sets for every command: the record."""
    import tomllib
    from pathlib import Path

    file = Path("ultimora.toml")
    try:
        record = tomllib.loads(file.read_text("utf-8")).get("record") if file.is_file() else None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        return {}  # those that need the file say what is wrong with it
    return _everywhere(command, record) if isinstance(record, str) else {}


def _everywhere(command: Any, record: str) -> dict[str, Any]:
    """The record for every command and for those of its groups."""
    inner: dict[str, Any] = getattr(command, "commands", {})
    return {"record": record} | {name: _everywhere(each, record) for name, each in inner.items()}


@app.callback()
def _main(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    context.default_map = _settings(context.command)


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(help="Text, JSON Lines (.jsonl) or HTML files, addresses, or - (standard input).")
    ],
    published: Annotated[
        str | None, typer.Option(help="When it was published: 2025-10-16 or 2025-10-16T18:30:00+02:00.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="it or en; detected when not given.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", "-f", help="text, json, jsonl (one reading a line), timeml, plover or cameo.")
    ] = "text",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show for each claim its rule, the words of each role, and the cues.")
    ] = False,
) -> None:
    """Read articles and print what they say: events, who says so, what is expected next.

    Plain text may begin with a section kicker, headline and standfirst, then a blank line, then paragraphs. JSON Lines
    hold one object a line with [bold]id[/bold] and [bold]text[/bold], and optionally published, language, outlet, url,
    title; a line that cannot be read yields its error, the others are still read, and the exit status is 1. A page,
    saved or by its address, gives its own title, standfirst, body, outlet, authors, section and dates.

    Examples:

      ultimora read article.txt --published 2025-10-16

      ultimora read dispatches.jsonl --format jsonl > readings.jsonl

      pbpaste | ultimora read - --format json
    """
    from ultimora.cli.reading import run

    raise typer.Exit(run(paths, published, language, outlet, "explain" if explain else format))


@app.command()
def schema(what: Annotated[str, typer.Argument(help="reading")] = "reading") -> None:
    """Print the JSON Schema of a reading."""
    import json

    from ultimora.serial import reading_schema

    if what != "reading":
        fail(f"there is no schema {what!r}; there is: reading")
    typer.echo(json.dumps(reading_schema(), ensure_ascii=False, indent=2))


languages_app = typer.Typer(no_args_is_help=True, help="The languages that are read, and the checks of their data.")
app.add_typer(languages_app, name="languages")


@languages_app.command("list")
def languages_list() -> None:
    """List the languages that are read."""
    from ultimora import languages

    for tag in languages.available():
        typer.echo(f"{tag}\t{languages.load(tag).settings['name']}")


@languages_app.command("check")
def languages_check(tag: Annotated[str, typer.Argument(help="Language tag, as it or en.")]) -> None:
    """Check a language folder: every file parses, every corpus line is found as it says."""
    from ultimora.cli.corpus import check

    raise typer.Exit(check(tag))


record.register(app)
archive.register(app)
exporting.register(app)
finding.register(app)
upkeep.register(app)
app.add_typer(actors.app, name="actors")
following.register(app)
demo.register(app)
serving.register(app)


def main() -> None:
    """Run the command line; errors of ours are one line on standard error and exit status 2."""
    from ultimora.errors import UltimoraError

    try:
        app()
    except UltimoraError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
