"""``ultimora add`` of folders and WARC files: progress in bytes, a line for each article elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ultimora.answers import Record
from ultimora.articles.inputs import Given
from ultimora.cli.output import complain
from ultimora.following.archiving import Step, add_archive
from ultimora.serial import to_data


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
