"""The work of the commands that follow: what is said on the terminal, and structured logs elsewhere."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from ultimora.answers import Record
from ultimora.articles.web.settings import fetcher_of
from ultimora.cli.answering import check_format
from ultimora.cli.logged import logger
from ultimora.cli.output import complain
from ultimora.errors import RecordError
from ultimora.following.alerts import Alerts
from ultimora.following.metrics import WatchMetrics, due_jobs
from ultimora.following.pace import Pace
from ultimora.following.reading_lists import opml_of, wanted_of_settings
from ultimora.following.settings import Settings, load_settings
from ultimora.following.sources import Source, Unread, Wanted, add_sources, list_sources, list_unread, remove_sources
from ultimora.following.taking import Taken
from ultimora.following.watch import Report, Watch
from ultimora.record.store import Store, instant

_ALERTS_EVERY, _PROGRESS_EVERY = 5.0, 5.0
_SHOWN = 20


def add(wanted: list[Wanted], record: str, config: str | None) -> int:
    """Put sources on the list."""
    settings = load_settings(config)
    store = Store(record)
    fresh = _add(store, wanted, settings)
    store.close()
    known = len({w.url for w in wanted}) - len(fresh)
    print(f"{len(fresh)} followed from now on" + (f", {known} already were" if known > 0 else ""))  # noqa: T201
    return 0


def _add(store: Store, wanted: list[Wanted], settings: Settings) -> list[str]:
    return add_sources(store, wanted, settings.follow, allow_loopback=settings.fetch.allow_loopback)


def follow_and_fetch(wanted: list[Wanted], record: str, config: str | None) -> int:
    """Put sources on the list, then take in once what is due."""
    status = add(wanted, record, config)
    return status or watch(record, config, once=True)


def watch(record: str, config: str | None, *, once: bool, metrics: str | None = None) -> int:
    """Follow until stopped, or once; the exit status is 1 if once, and something did not work."""
    settings = load_settings(config)
    stop = Event()
    fetcher = fetcher_of(settings.fetch)
    with Record(record) as kept:
        _add(kept.store, wanted_of_settings(settings), settings)
        alerts = Alerts(kept, fetcher, settings)
        counted = WatchMetrics(kept.store)
        if metrics is not None:
            complain(f"metrics on port {counted.serve(metrics)}: /metrics")
        with _stopping(stop), _telling(_Waiting(kept.store)) as show:

            def tell(taken: Taken) -> None:
                counted.take(taken)
                show(taken)

            watching = Watch(kept.store, fetcher, settings.follow, tell=tell, stop=stop)
            report = watching.run(once=once, between=_now_and_then(lambda: _alert(alerts, watching)))
        _alert(alerts, watching)
    _summarise(report)
    return 1 if once and report.reasons else 0


def _alert(alerts: Alerts, watching: Watch) -> None:
    """Send alerts, but not while another worker does."""
    with watching.jobs.task("alerts") as mine:
        if mine:
            alerts.run()


def _now_and_then(run: Callable[[], Any]) -> Callable[[], None]:
    last = [time.monotonic()]

    def between() -> None:
        if time.monotonic() - last[0] >= _ALERTS_EVERY:
            run()
            last[0] = time.monotonic()

    return between


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """The first signal lets what is being added be finished."""

    def ask(_signal: int, _frame: object) -> None:
        stop.set()

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Waiting:
    """The rate at which visits are taken in, how many more are due, and how long these will take."""

    def __init__(self, store: Store) -> None:
        self.store, self.pace, self.due, self._asked = store, Pace(), 0, 0.0

    def step(self) -> bool:
        """One more was taken in; whether the number of those due was asked for anew."""
        now = time.monotonic()
        self.pace.step(now)
        if now - self._asked < _PROGRESS_EVERY:
            return False
        self._asked = now
        with suppress(RecordError), self.store.reading() as db:
            self.due = sum(due_jobs(db, instant(self.store.clock())).values())
        return True

    def facts(self) -> dict[str, Any]:
        """What is told."""
        rate, left = self.pace.rate(), self.pace.left(self.due)
        found = {"done": self.pace.done, "due": self.due, "rate": rate and round(rate, 2)}
        return found | {"seconds_left": None if left is None else round(left)}

    def __str__(self) -> str:
        facts = self.facts()
        rate = f"{facts['rate']:.1f}/s" if facts["rate"] else "–/s"
        left = f", {timedelta(seconds=facts['seconds_left'])} left" if facts["seconds_left"] else ""
        return f"{rate}, {facts['due']} due{left}"


@contextmanager
def _telling(waiting: _Waiting) -> Iterator[Callable[[Taken], None]]:
    """Progress on a terminal; lines of JSON elsewhere."""
    if not sys.stderr.isatty():
        yield _logged(waiting)
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("watching", total=None)

        def tell(taken: Taken) -> None:
            waiting.step()
            said = f"{waiting} · {taken.result}: {(taken.title or taken.url)[:70]}"
            progress.update(task, advance=1, description=said)
            if taken.result in ("failed", "gone", "aside"):
                progress.console.print(f"[dim]{taken.reason}[/dim]", markup=True, highlight=False)

        yield tell


def _logged(waiting: _Waiting) -> Callable[[Taken], None]:
    log = logger()

    def tell(taken: Taken) -> None:
        log.info(taken.result, **{k: v for k, v in asdict(taken).items() if v and k != "result"})
        if waiting.step():
            log.info("progress", **waiting.facts())

    return tell


def _summarise(report: Report) -> None:
    told = ", ".join(f"{count} {result}" for result, count in sorted(report.counts.items())) or "nothing was due"
    print(told)  # noqa: T201
    for reason in list(report.reasons.values())[:_SHOWN]:
        complain(reason)
    if len(report.reasons) > _SHOWN:
        complain(f"and {len(report.reasons) - _SHOWN} more; see: ultimora sources list --unread")


def show_sources(record: str, format_: str, *, unread: bool) -> int:
    """The list of what is followed, or of what could not be read of it."""
    check_format(format_)
    store = Store(record, create=False)
    found: list[Source] | list[Unread] = list_unread(store) if unread else list_sources(store)
    store.close()
    if format_ == "json":
        print(json.dumps([asdict(s) for s in found], ensure_ascii=False, indent=2))  # noqa: T201
        return 0
    nothing = "everything that was named is in the record" if unread else "nothing is followed: ultimora follow ADDRESS"
    print("\n".join(map(_line, found)) or nothing)  # noqa: T201
    return 0


def _line(source: Source | Unread) -> str:
    if isinstance(source, Unread):
        when = f"next {source.next_at[:16]}Z" if source.next_at else "given up"
        return f"{source.url}\n  {source.state} · {when} · {source.error or 'not visited yet'}"
    facts = [source.kind, source.state, f"{source.articles} articles"]
    facts += [f"{source.waiting} waiting"] if source.waiting else []
    facts += [f"next {source.next_at[:16]}Z"] if source.next_at else []
    facts += [source.error] if source.error else []
    return f"{source.url}\n  {' · '.join(facts)}"


def remove(urls: list[str], record: str) -> int:
    """Follow some no more."""
    store = Store(record, create=False)
    count = remove_sources(store, urls)
    store.close()
    print(f"{count} no longer followed")  # noqa: T201
    return 0


def export(file: str, record: str) -> int:
    """Write the list as OPML."""
    store = Store(record, create=False)
    written = opml_of(list_sources(store))
    store.close()
    if file == "-":
        sys.stdout.buffer.write(written)
    else:
        Path(file).write_bytes(written)
    return 0
