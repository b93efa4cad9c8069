"""``ultimora archive``: years of archives, read by many processes or machines."""

from __future__ import annotations

from typing import Annotated

import typer

from ultimora.cli.asking import Format


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command(no_args_is_help=True)(archive)


Sources = Annotated[
    list[str], typer.Argument(help="WARC, JSON Lines, Parquet, or folders of them; on disk, or as s3://… and the like.")
]
Out = Annotated[
    str, typer.Option("--out", "-o", help="A folder for Parquet by day and a record, or a record's file or address.")
]
Engine = Annotated[str, typer.Option(help="local (processes on this machine) or ray.")]
Address = Annotated[
    str | None, typer.Option(help="Of a Ray cluster that this machine is a node of: auto, or HOST:6379.")
]
Workers = Annotated[int | None, typer.Option(help="How many processes read; one a core, if not given.", min=1)]
Work = Annotated[
    str | None, typer.Option(help="Where what is read is kept until it is joined; in or beside OUT, if not given.")
]
Published = Annotated[str | None, typer.Option(help="When they were published, where they do not say.")]
Language = Annotated[str | None, typer.Option(help="it or en; detected when not given.")]
Outlet = Annotated[str | None, typer.Option(help="Who published them, where they do not say.")]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", help="When they became known: an instant, or 'published'; as they say, if not given."),
]
Raw = Annotated[bool, typer.Option("--raw/--no-raw", help="Keep the bytes of articles in the record.")]
Metrics = Annotated[
    str | None, typer.Option(help="A file for Prometheus' textfile collector, written every few seconds.")
]
Batch = Annotated[int, typer.Option(help="How many articles a worker is given at a time.", min=1)]


def archive(
    sources: Sources,
    out: Out,
    engine: Engine = "local",
    address: Address = None,
    workers: Workers = None,
    work: Work = None,
    published: Published = None,
    language: Language = None,
    outlet: Outlet = None,
    known_at: KnownAt = None,
    raw: Raw = True,
    metrics: Metrics = None,
    batch: Batch = 32,
    format: Format = "text",  # noqa: A002
) -> None:
    """Read archives of any size, and go on where an earlier run stood, whatever ended it.

    A folder gets Parquet by day (readings, claims, events, stories) and a record (record.db); a record is filled. What
    cannot be read is set aside with its reason, and the exit status is 1. The same archive gives the same files with
    either engine and any number of workers.

    Examples:

      ultimora archive cc-news/ --out 2026/

      ultimora archive s3://news/2026/ --out 2026/ --engine ray --address auto --workers 64

      ultimora archive old.parquet --out ultimora.db --language it --outlet "Agenzia Lanterna"
    """
    from pathlib import Path

    from ultimora.articles.inputs import Given
    from ultimora.cli.archiving import run_archive
    from ultimora.scale.run import Order

    order = Order(
        sources=tuple(sources),
        out=out,
        work=Path(work) if work else None,
        engine=engine,
        address=address,
        workers=workers or _cores(),
        given=Given(published=published, language=language, outlet=outlet),
        known_at=known_at,
        raw=raw,
        most=batch,
        metrics=Path(metrics) if metrics else None,
    )
    raise typer.Exit(run_archive(order, format))


def _cores() -> int:
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
