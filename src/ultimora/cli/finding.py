"""``ultimora dyad`` and ``ultimora search``."""

from __future__ import annotations

from typing import Annotated

import typer

from ultimora.cli.asking import DEFAULT, AsOf, Format, RecordPath, show_with

_BY = ("day", "week", "month")


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    app.command()(dyad)
    app.command()(search)


def dyad(
    a: Annotated[str, typer.Argument(help="A person, state or organisation, by any of its names.")],
    b: Annotated[str, typer.Argument(help="Another.")],
    by: Annotated[str, typer.Option(help="day, week or month.")] = "week",
    since: Annotated[str | None, typer.Option(help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day.")] = None,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or svg.")] = "text",  # noqa: A002
) -> None:
    """Co-operation and conflict of two actors over time, with PLOVER's scores; certain and merely claimed apart.

    Examples:

      ultimora dyad Italia Turchia

      ultimora dyad Russia Ukraine --by month --format svg > russia-ukraine.svg
    """
    from ultimora.cli.output import fail
    from ultimora.cli.searching import show_dyad

    if by not in _BY:
        fail(f"there is no period {by!r}; there are: {', '.join(_BY)}")
    formats = ("text", "json", "svg")
    show_with(
        record,
        format,
        lambda r: r.dyad(a, b, by=by, since=since, until=until, as_of=as_of),  # type: ignore[arg-type]
        show_dyad,
        formats,
    )


def search(
    words: Annotated[list[str], typer.Argument(help="All must be there; a star ends the beginning of a word.")],
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", help="Only where this actor takes part or says so.")
    ] = None,
    type: Annotated[str | None, typer.Option("--type", "-t", help="Only events of this PLOVER type.")] = None,  # noqa: A002
    since: Annotated[str | None, typer.Option(help="Told from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Told before this day.")] = None,
    limit: Annotated[int, typer.Option(help="How many, at most.", min=1)] = 20,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """Find sentences and statements by their words, with the events that they speak of.

    Examples:

      ultimora search batterie Ankara

      ultimora search '"air defence"' deliver* --actor Turchia --type AID
    """
    from ultimora.cli.searching import show_hits

    asked = " ".join(f'"{w}"' if " " in w and not w.startswith('"') else w for w in words)
    show_with(
        record,
        format,
        lambda r: r.search(asked, actor=actor, type=type, since=since, until=until, limit=limit, as_of=as_of),
        show_hits,
    )
