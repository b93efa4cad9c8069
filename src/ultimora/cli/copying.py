"""The work of ``ultimora copy``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ultimora.cli.logged import logger
from ultimora.errors import RecordError
from ultimora.following.tables import following_metadata, leases
from ultimora.record.copying import Step, copy
from ultimora.record.database import database_of
from ultimora.record.store import Store

_EVERY = 5.0


def run(source: str, target: str) -> int:
    """Copy, or go on copying; progress on standard error.

    Raises:
        RecordError: it cannot be copied; the message says why.
    """
    began = time.monotonic()
    given = Store(source, create=False)
    try:
        if database_of(target, 1, create=True).name == given.name:
            raise RecordError(f"{target}: is the record itself; name another")
        into = Store(target, unfinished=True)
        with _telling() as tell:
            for step in copy(given, into, following_metadata, without=(leases,)):
                tell(step)
        into.close()
    finally:
        given.close()
    seconds = time.monotonic() - began
    print(f"{step.done} rows copied and compared in {seconds:.1f} s; SHA-256 of both: {step.digest}")  # noqa: T201
    return 0


@contextmanager
def _telling() -> Iterator[Callable[[Step], None]]:
    """A bar with rate and time left on a terminal; lines of JSON elsewhere."""
    if not sys.stderr.isatty():
        yield _logged()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("copying", total=None)
        yield lambda step: progress.update(
            task, total=step.of, completed=step.done, description=step.table or "compared"
        )


def _logged() -> Callable[[Step], None]:
    log, began, last, first = logger(), time.monotonic(), [0.0], list[int]()

    def tell(step: Step) -> None:
        first[:] = first or [step.done]
        now = time.monotonic()
        if step.digest is None and now - last[0] >= _EVERY:
            last[0] = now
            rate = (step.done - first[0]) / max(now - began, 0.001)
            left = round((step.of - step.done) / rate) if rate else None
            log.info("copying", table=step.table, done=step.done, of=step.of, rate=round(rate, 1), seconds_left=left)

    return tell
