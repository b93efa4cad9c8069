"""``ultimora add`` of folders and WARC files, and ``ultimora archive``: progress on a terminal, lines elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ultimora.answers import Record
from ultimora.articles.inputs import Given
from ultimora.articles.instants import parse_instant
from ultimora.cli.answering import check_format
from ultimora.cli.output import complain
from ultimora.following.archiving import Step, add_archive
from ultimora.languages import load as load_language
from ultimora.scale.driving import Tell
from ultimora.scale.progress import Progress as Standing
from ultimora.scale.run import Order, Report, Run
from ultimora.serial import to_data

_SHOWN = 10


def add_all(record: Record, path: str, given: Given, known_at: str | None, format_: str) -> tuple[int, int]:
    """Add an archive from where it was left; how many articles were read, and how many could not be."""
    counts: dict[str, int] = {}
    wrong = 0
    with _progress(path) as show:
        for step in add_archive(record, path, given, known_at):
            show(step)
            if step.error is not None:
                wrong += 1
                complain(step.error)
            elif step.added is not None and step.outcome is not None:
                counts[step.added.outcome] = counts.get(step.added.outcome, 0) + 1
                if format_ == "json":
                    told = {"name": step.outcome.name, **to_data(step.added)}
                    print(json.dumps(told, ensure_ascii=False))  # noqa: T201
    if format_ != "json":
        told_counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing new"
        print(f"{path}: {told_counts}")  # noqa: T201
    # An archive that was read before counts as read.
    return max(sum(counts.values()), 1 - min(wrong, 1)), wrong


@contextmanager
def _progress(path: str) -> Iterator[Callable[[Step], None]]:
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(path[-40:]), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("adding", total=None)
        yield lambda step: progress.update(task, completed=step.done, total=step.size)


def run_archive(order: Order, format_: str) -> int:
    """Read an archive and report; the exit status is 1 if some of it could not be read."""
    check_format(format_)
    for value in (order.given.published, order.known_at if order.known_at != "published" else None):
        if value:
            parse_instant(value)
    if order.given.language:
        load_language(order.given.language)
    with _standing() as (tell, show):
        report = Run(order, tell, show).done()
    if format_ == "json":
        print(json.dumps(to_data(report)))  # noqa: T201
    else:
        _summarise(order, report)
    return 1 if report.tally.aside or report.tally.failed else 0


def _summarise(order: Order, report: Report) -> None:
    tally = report.tally
    print(f"{order.name}: {tally.articles} articles of {tally.files} files read, {report.joined} joined")  # noqa: T201
    for path, place, reason in report.aside[:_SHOWN]:
        complain(f"{path}, at {place}: {reason}")
    if len(report.aside) > _SHOWN:
        complain(f"and {len(report.aside) - _SHOWN} more: --format json names them all")


@contextmanager
def _standing() -> Iterator[tuple[Tell, Callable[[Standing], None]]]:
    """What a run tells: a bar on a terminal, else lines of JSON on standard error."""
    import structlog

    processors: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    log = structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=processors)
    if not sys.stderr.isatty():
        yield lambda word, facts: log.info(word, **facts), lambda at: log.info("progress", **_facts(at))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, pace="")

        def tell(word: str, facts: dict[str, object]) -> None:
            if word in ("aside", "failed", "died"):
                progress.console.print(f"{word}: {facts}", markup=False, highlight=False)

        def show(at: Standing) -> None:
            told = {"completed": at.done, "total": at.total or None, "description": at.phase}
            progress.update(task, **told, pace=_pace(at))  # type: ignore[arg-type]

        yield tell, show


def _facts(at: Standing) -> dict[str, object]:
    left = None if at.left is None else round(at.left)
    return {"phase": at.phase, "done": at.done, "total": at.total, "a_second": round(at.rate, 2), "seconds_left": left}


def _pace(at: Standing) -> str:
    if at.left is None:
        return ""
    hours, seconds = divmod(round(at.left), 3600)
    return f"{at.rate:.1f}/s, {hours}:{seconds // 60:02d}:{seconds % 60:02d} left"
