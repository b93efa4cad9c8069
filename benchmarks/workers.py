"""Several watches on one record in PostgreSQL, killed at random, and the server stopped under them.

    PYTHONPATH=.:tests python -m benchmarks.workers [--worlds 2] [--workers 3] [--kills 100] [--restarts 20] [--seed 1]
        [--slow 1] [--kept FILE]

Simulated articles stand on four hosts on loopback. One watch takes them into a SQLite file; then several take them into
PostgreSQL while one of them, drawn by lot, is killed with SIGKILL again and again and another begins in its stead; then
once more while the server is stopped (every session ended at once, or without putting anything away) and started again.
In the end the records must be the same event by event and story by story, and no revision lost or doubled. On a machine
so busy that the page extractor runs into its time limit, articles are read differently, and records differ for that.
Printed is one JSON object: what was wrong, how long it took from a kill until all that the dead worker held was done,
and from the server's start until the next article was in. Clocks stand still, so that records can be compared.
What happened is written down at once where ``--kept`` names a file; the same command goes on from there.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from benchmarks.loopback import Piece, Site
from benchmarks.simulator.model import Telling
from benchmarks.simulator.newsroom import world

from postgres import Server
from ultimora.answers.present import found
from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.documents import parses
from ultimora.following.settings import FollowSettings
from ultimora.following.sources import Wanted, add_sources
from ultimora.following.tables import entries, leases
from ultimora.following.watch import Watch
from ultimora.record.schema import gists, revisions
from ultimora.record.store import Store, instant
from ultimora.serial import to_data

Said = tuple[dict[str, Any], list[Any]]
SETTINGS = FollowSettings(host_delay=0, robots=False)
HOSTS, PATIENCE = 4, 900.0


def clock() -> datetime:
    """A present that stands still."""
    return datetime(2027, 3, 1, tzinfo=UTC)


class Paper(Site):
    """A host with simulated articles."""

    def __init__(self, tellings: list[Telling]) -> None:
        super().__init__("good", "rss")
        self.pages = {f"/{number}": page(telling) for number, telling in enumerate(tellings)}
        self.pieces = {
            f"/{number}": Piece("", (), t.language, t.published.isoformat()) for number, t in enumerate(tellings)
        }

    def page(self, path: str) -> bytes:
        """An article."""
        return self.pages[path]


def page(telling: Telling) -> bytes:
    """A telling as a page."""
    title, *rest = [part for part in telling.text.split("\n") if part.strip()]
    published = f"{telling.published.isoformat(timespec='seconds')}+00:00"
    told = {"@type": "NewsArticle", "headline": title, "datePublished": published}
    told["publisher"] = {"@type": "Organization", "name": telling.outlet}  # type: ignore[assignment]
    text = "".join(f"<p>{html.escape(line)}</p>" for line in rest)
    data = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    head = f"<title>{html.escape(title)}</title>{data}"
    body = f"<article><h1>{html.escape(title)}</h1>{text}</article>"
    return f"<!doctype html><html lang={telling.language}>{head}{body}</html>".encode()


@contextmanager
def hosts(worlds: int, seed: int) -> Iterator[list[str]]:
    """The addresses of feeds, served by a process of its own."""
    told = {t.url: t for w in range(worlds) for t in world(seed + w, "dev").tellings}
    each = list(told.values())
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        sites = [Paper(each[n::HOSTS]) for n in range(HOSTS)]
        os.write(write_end, json.dumps([site.url("/feed") for site in sites]).encode())
        os.close(write_end)
        signal.pause()
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        feeds = json.loads(pipe.read())
    try:
        yield feeds
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def follow(name: str | Path, feeds: list[str], cache: Path, *, once: bool) -> None:
    """Watch, as one worker."""
    store = Store(name, clock=clock, timeout=60)
    add_sources(store, [Wanted(feed) for feed in feeds], SETTINGS, allow_loopback=True)
    with parses.kept_in(cache):
        Watch(store, Fetcher(Limits(seconds=60), allow_loopback=True), SETTINGS).run(once=once)
    store.close()


def begin(name: str, cache: Path) -> int:
    """Start a worker; the id of its process."""
    child = os.fork()
    if child == 0:
        try:
            follow(name, [], cache, once=False)
        finally:
            os._exit(1)
    return child


def state(store: Store) -> Said:
    """All that a record says, event by event, and which revisions it put into which story."""
    with store.loader() as loader:
        events = {e.id: to_data(found(e)) for e in loader.events(loader.find(), history=True)}
        told = sa.select(gists.c.revision, gists.c.story).order_by(gists.c.revision)
        return events, list(loader.db.execute(told).tuples())


class Run:
    """Workers on one record until everything is in it."""

    def __init__(self, address: str, workers: int, cache: Path, dice: random.Random) -> None:
        self.address, self.cache, self.dice = address, cache, dice
        self.store = Store(address, clock=clock, timeout=60)
        self.workers = [begin(address, cache) for _ in range(workers)]
        self.outstanding: dict[tuple[str, str], float] = {}
        self.waits: list[float] = []

    def ask(self, question: Callable[[sa.Connection], Any]) -> Any:
        """Ask the database, however long it is away."""

        def once() -> Any:
            with self.store.reading() as db:
                return question(db)

        return self.store.again(once)

    def added(self) -> int:
        """How many revisions are in."""
        return int(self.ask(lambda db: db.execute(sa.select(sa.func.count(revisions.c.id))).scalar()))

    def wait_for_more(self, most: float) -> None:
        """Wait until another article is in, at most some seconds: who dies at the start does nothing."""
        before, until = self.added(), time.monotonic() + most
        while self.added() == before and time.monotonic() < until:
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill a worker drawn by lot, note what it held, and begin another."""
        dead = self.dice.choice(self.workers)
        os.kill(dead, signal.SIGKILL)
        os.waitpid(dead, 0)
        held = sa.select(leases.c.what, leases.c.key).where(leases.c.worker.contains(f"-{dead}-"))
        for what, key in self.ask(lambda db: db.execute(held).all()):
            if what == "entry":
                self.outstanding[what, key] = time.monotonic()
        self.workers[self.workers.index(dead)] = begin(self.address, self.cache)

    def look(self) -> None:
        """Note what was done of that which dead workers held."""
        keys = [key for _, key in self.outstanding]
        query = sa.select(entries.c.key).where(entries.c.key.in_(keys), entries.c.visits > 0)
        for key in self.ask(lambda db: list(db.execute(query).scalars())):
            self.waits.append(time.monotonic() - self.outstanding.pop(("entry", key)))
        self.store.again(self._again)

    def _again(self) -> None:
        """What failed comes due again: a clock that stands still never comes to the next visit."""
        with self.store.writing() as db:
            db.execute(entries.update().where(entries.c.state == "failing").values(next_at=instant(clock())))

    def finish(self, wanted: int) -> bool:
        """Wait until everything is in, and stop the workers; whether it came to be."""
        until = time.monotonic() + PATIENCE
        while (self.added() < wanted or self.outstanding) and time.monotonic() < until:
            time.sleep(0.5)
            self.look()
        self.stop()
        return self.added() >= wanted

    def stop(self) -> None:
        """Stop the workers, wherever they are."""
        for worker in self.workers:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(worker, signal.SIGKILL)
                os.waitpid(worker, 0)
        self.workers = []


def wrong(run: Run, expected: Said, wanted: int) -> list[str]:
    """What is not as in the record that one watch made."""
    mine = state(run.store)
    errors = [f"{run.added()} revisions, not {wanted}"] if run.added() != wanted else []
    errors += [
        f"event {i} differs"
        for i in sorted(expected[0].keys() | mine[0].keys())
        if expected[0].get(i) != mine[0].get(i)
    ]
    errors += ["stories differ"] if expected[1] != mine[1] else []
    return errors + [f"{c.name}: {c.found}" for c in run.store.examine() if not c.ok]


class Diary:
    """What happened, a line each, in a file that outlives the run."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.lines = path, list[dict[str, Any]]()
        if path is not None and path.exists():
            self.lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def note(self, what: str, **facts: Any) -> None:
        """Write something down."""
        self.lines.append({"what": what, **facts})
        print(json.dumps(self.lines[-1]), file=sys.stderr, flush=True)
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.lines[-1]) + "\n")

    def all(self, what: str) -> list[dict[str, Any]]:
        """All that happened of a kind."""
        return [line for line in self.lines if line["what"] == what]

    def told(self) -> dict[str, Any]:
        """The sum of it."""
        waits = {what: [line["seconds"] for line in self.all(what)] for what in ("restart", "job")}
        within = sum(seconds <= 30 for seconds in waits["restart"])
        return {
            "restarts": len(waits["restart"]), "seconds_until_next": spread(waits["restart"]), "within_30_s": within,
            "kills": len(self.all("kill")), "jobs_held_by_dead": len(waits["job"]),
            "seconds_until_done": spread(waits["job"]), "records_compared": len(self.all("record")),
            "errors": [error for line in self.all("record") for error in line["errors"]],
        }  # fmt: skip


class Trials:
    """One record after the other, each filled by workers under some disturbance, and compared in the end."""

    def __init__(self, server: Server, feeds: list[str], cache: Path, given: argparse.Namespace) -> None:
        self.server, self.feeds, self.cache, self.workers = server, feeds, cache, given.workers
        self.diary = Diary(given.kept)
        self.dice, self.slow = random.Random(given.seed + len(self.diary.lines)), given.slow

    def record(self, expected: Said, disturb: Callable[[Run], bool]) -> Run:
        """Fill a record; ``disturb`` is called until it says that it is enough, or until everything is in."""
        address = self.server.database()
        first = Store(address, clock=clock)
        add_sources(first, [Wanted(feed) for feed in self.feeds], SETTINGS, allow_loopback=True)
        first.close()
        run, wanted = Run(address, self.workers, self.cache, self.dice), len(expected[1])
        errors: list[str] = []
        try:
            while run.added() < wanted and disturb(run):
                pass
            if not run.finish(wanted):
                errors.append(f"not whole after {PATIENCE:.0f} s")
        finally:
            run.stop()
        self.diary.note("record", errors=errors + wrong(run, expected, wanted))
        run.store.close()
        return run

    def killed(self, expected: Said, kills: int) -> None:
        """Kill workers while they work; a new record whenever one is full."""

        def disturb(run: Run) -> bool:
            run.wait_for_more(self.slow * 30)
            time.sleep(self.slow * self.dice.uniform(0.0, 1.2))
            run.kill()
            run.look()
            self.diary.note("kill", added=run.added())
            return len(self.diary.all("kill")) < kills

        while len(self.diary.all("kill")) < kills:
            for wait in self.record(expected, disturb).waits:
                self.diary.note("job", seconds=round(wait, 2))

    def restarted(self, expected: Said, restarts: int) -> None:
        """Stop and start the server while they work."""

        def disturb(run: Run) -> bool:
            time.sleep(self.slow * self.dice.uniform(0.5, 2.0))
            self.server.stop(signal.SIGINT if len(self.diary.all("restart")) % 2 else signal.SIGQUIT)
            time.sleep(self.dice.uniform(0.0, 1.0))
            self.server.start()
            at, before = time.monotonic(), run.added()
            while run.added() == before < len(expected[1]) and time.monotonic() - at < 120:
                time.sleep(0.05)
            self.diary.note("restart", seconds=round(time.monotonic() - at, 2), added=run.added())
            return len(self.diary.all("restart")) < restarts

        while len(self.diary.all("restart")) < restarts:
            self.record(expected, disturb)


def spread(values: list[float]) -> dict[str, float]:
    """Median and worst."""
    ordered = sorted(values)
    return {"median": round(ordered[len(ordered) // 2], 2), "worst": round(ordered[-1], 2)} if ordered else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("worlds", 2), ("workers", 3), ("kills", 100), ("restarts", 20), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--slow", type=float, default=1.0, help="How much longer to wait between two disturbances.")
    parser.add_argument("--kept", type=Path, help="A file for what happened, to go on from.")
    given = parser.parse_args()
    told, server = dict[str, Any](), Server(options=("synchronous_commit=on",))
    try:
        with tempfile.TemporaryDirectory() as folder, hosts(given.worlds, given.seed) as feeds:
            cache, one = Path(folder) / "parses.db", Path(folder) / "one.db"
            follow(one, feeds, cache, once=True)
            store = Store(one, clock=clock)
            expected = state(store)
            store.close()
            told |= {"articles": len(expected[1]), "events": len(expected[0])}
            trials = Trials(server, feeds, cache, given)
            trials.restarted(expected, given.restarts)
            trials.killed(expected, given.kills)
    finally:
        server.remove()
    told |= trials.diary.told()
    print(json.dumps(told, indent=2))
    sys.exit(1 if told["errors"] else 0)


if __name__ == "__main__":
    main()
