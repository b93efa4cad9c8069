"""``ultimora follow``, ``sources`` and ``watch``: what the commands are; the work waits in ``following``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from ultimora.cli.asking import DEFAULT, RecordPath
from ultimora.cli.record import sources as event_sources

if TYPE_CHECKING:
    from ultimora.following.sources import Wanted

Config = Annotated[
    str | None,
    typer.Option("--config", "-c", help="The settings; ultimora.toml here, if there is one.", metavar="PATH"),
]
Outlet = Annotated[str | None, typer.Option(help="Who publishes them, where they do not say.")]
Tag = Annotated[str | None, typer.Option("--language", help="it or en; detected when not given.")]


class _SourcesGroup(TyperGroup):
    """What is followed by its verbs; anything else is an event whose sources are asked for."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        known = {*self.commands, "--help"}
        return super().parse_args(ctx, ["event", *args] if args and args[0] not in known else args)


sources_app = typer.Typer(
    cls=_SourcesGroup,
    no_args_is_help=True,
    help="Who says so: [bold]ultimora sources EVENT[/bold]. And what is followed: add, list, remove, import, export.",
)


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    app.command()(follow)
    app.command()(watch)
    sources_app.command("event")(event_sources)
    for verb, command in _VERBS.items():
        sources_app.command(verb)(command)
    app.add_typer(sources_app, name="sources")


def follow(
    sources: Annotated[list[str], typer.Argument(help="Addresses; OPML files; text files with an address a line.")],
    record: RecordPath = DEFAULT,
    outlet: Outlet = None,
    language: Tag = None,
    config: Config = None,
) -> None:
    """Follow feeds, sitemaps, pages and live blogs, and take in once what they have now.

    Afterwards [bold]ultimora watch[/bold] goes on following them until it is stopped.

    Examples:

      ultimora follow https://www.example.org/rss.xml

      ultimora follow feeds.opml --language it --record desk.db
    """
    from ultimora.cli.watching import follow_and_fetch

    raise typer.Exit(follow_and_fetch(_wanted(sources, outlet, language), record, config))


def watch(
    record: RecordPath = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help="Take in what is due, then stop: for cron.")] = False,
    config: Config = None,
    metrics: Annotated[
        str | None,
        typer.Option(help="Answer Prometheus at /metrics.", metavar="[HOST:]PORT", envvar="ULTIMORA_METRICS"),
    ] = None,
) -> None:
    """Follow what is on the list of sources until stopped: new articles are read and added, known ones visited again.

    Progress shows on a terminal; elsewhere each step is a line of JSON on standard error. Alerts of the settings are
    sent as they come up. Where the record is in PostgreSQL, any number of these may run, on any machines.

    Examples:

      ultimora watch --record desk.db

      ultimora watch --once

      ultimora watch --record postgresql://desk@db.example.org/news --metrics 9464
    """
    from ultimora.cli.watching import watch as run

    raise typer.Exit(run(record, config, once=once, metrics=metrics))


def sources_add(
    sources: Annotated[list[str], typer.Argument(help="Addresses of feeds, sitemaps, pages or live blogs.")],
    record: RecordPath = DEFAULT,
    outlet: Outlet = None,
    language: Tag = None,
    config: Config = None,
) -> None:
    """Put addresses on the list of what is followed; what each is, is found out at the first visit."""
    from ultimora.cli.watching import add

    raise typer.Exit(add(_wanted(sources, outlet, language), record, config))


def sources_list(
    record: RecordPath = DEFAULT,
    unread: Annotated[bool, typer.Option("--unread", help="Each address that is not in the record, and why.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",  # noqa: A002
) -> None:
    """List what is followed: how it stands, how much was read, what is wrong."""
    from ultimora.cli.watching import show_sources

    raise typer.Exit(show_sources(record, format, unread=unread))


def sources_remove(
    sources: Annotated[list[str], typer.Argument(help="Addresses that are followed.")], record: RecordPath = DEFAULT
) -> None:
    """Follow some sources no more; what was read of them stays in the record."""
    from ultimora.cli.watching import remove

    raise typer.Exit(remove(sources, record))


def sources_import(
    file: Annotated[str, typer.Argument(help="An OPML file, as feed readers write it.")],
    record: RecordPath = DEFAULT,
    language: Tag = None,
    config: Config = None,
) -> None:
    """Follow every feed of an OPML file."""
    from ultimora.cli.watching import add

    raise typer.Exit(add(_wanted([file], None, language), record, config))


def sources_export(
    file: Annotated[str, typer.Argument(help="The file to write, or - for standard output.")] = "-",
    record: RecordPath = DEFAULT,
) -> None:
    """Write the list of what is followed as OPML."""
    from ultimora.cli.watching import export

    raise typer.Exit(export(file, record))


def _wanted(given: list[str], outlet: str | None, language: str | None) -> list[Wanted]:
    from ultimora.following.reading_lists import wanted_of

    return [one for each in given for one in wanted_of(each, outlet, language)]


_VERBS: dict[str, Callable[..., None]] = {
    "add": sources_add,
    "list": sources_list,
    "remove": sources_remove,
    "import": sources_import,
    "export": sources_export,
}
