"""``ultimora serve`` and ``ultimora mcp``: what the commands are; the servers load when one runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ultimora.cli.asking import RecordPath

_DEFAULT = "ultimora.db"


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    app.command()(serve)
    app.command(name="mcp")(mcp)


def serve(
    record: RecordPath = _DEFAULT,
    host: Annotated[str, typer.Option(help="The address to listen on; beyond this machine a token is demanded.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8800,
    token: Annotated[
        list[str] | None,
        typer.Option(envvar="ULTIMORA_TOKEN", help="read:SECRET or write:SECRET; may be given several times."),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A further name that the server is reached under, as behind a proxy.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Show what was known then, which is also the present.")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--time-zone", help="The readers' time zone, as Europe/Rome; the language's, if not given."),
    ] = None,
) -> None:
    """Serve the desk (pages to read in a browser) and the API, both on one port.

    On this machine alone anybody may read. Adding over HTTP needs a token with scope write. The API's description is at
    /api/openapi.json.

    Examples:

      ultimora serve

      ultimora demo --keep story.db && ultimora serve --record story.db --as-of 2025-03-06T18:00:00+01:00

      ULTIMORA_TOKEN="read:… write:…" ultimora serve --host 0.0.0.0 --name desk.example.org
    """
    from ultimora.cli.server import run

    raise typer.Exit(run(record, host, port, token or [], name or [], as_of, zone))


def mcp(record: RecordPath = _DEFAULT) -> None:
    """Serve the record to an assistant over standard input and output (Model Context Protocol); it only reads.

    Tools: last, next, timeline, changes, sources, stories, brief. Every answer has the sentences that it rests on.

    Example:

      ultimora mcp --record archive.db
    """
    from ultimora.assistant import server
    from ultimora.core import Record

    with Record(record, create=False) as opened:
        server(opened).run("stdio")
