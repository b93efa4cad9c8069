"""The watch: what is due is visited, many at once but never two at one host, and taken in as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import sqlalchemy as sa

from ultimora.articles.web.fetcher import Fetcher
from ultimora.errors import RecordBusy
from ultimora.following.schedule import conditional
from ultimora.following.settings import FollowSettings
from ultimora.following.tables import entries, hosts, prepare, sources
from ultimora.following.taking import Taken, Taker
from ultimora.following.visiting import Job, Visit, crawl_delay, fresh, visit
from ultimora.record.store import Store, instant

_BATCH = 2000
_TICK = 0.5
_LIST = 1.0
_SILENT = 3
Tell = Callable[[Taken], None]


@dataclass(slots=True)
class Report:
    """What a watch did: how often each result came, and the reasons of what did not work, by address."""

    counts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def take(self, taken: Taken) -> None:
        """Count one."""
        self.counts[taken.result] = self.counts.get(taken.result, 0) + 1
        if taken.result in ("failed", "gone", "aside"):
            self.reasons[taken.url] = taken.reason or taken.result
        else:
            self.reasons.pop(taken.url, None)


class Watch:
    """Follows the sources of a record."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        settings: FollowSettings,
        *,
        tell: Tell | None = None,
        stop: Event | None = None,
    ) -> None:
        """Set what is followed, through which door, within which limits, who hears of it, and what stops it."""
        self.store, self.fetcher, self.settings = store, fetcher, settings
        self.taker, self.report = Taker(store, settings), Report()
        self._tell, self._stop = tell or (lambda _taken: None), stop or Event()
        self._flying: dict[Future[Visit], Job] = {}
        self._ready: dict[str, float] = {}
        self._paused: dict[str, datetime] = {}
        self._robots: dict[str, tuple[str, str]] = {}
        self._pending: dict[tuple[str, str], Job] = {}
        self._silent: dict[str, int] = {}
        self._once = False
        self._visited: set[tuple[str, str]] = set()
        self._listed = 0.0

    def run(self, *, once: bool = False, between: Callable[[], None] | None = None) -> Report:
        """Visit what is due until stopped, or once: until nothing is due any more.

        Args:
            once: Stop when nothing is due and everything that was fetched is in the record.
            between: Called now and then, as to send alerts.

        Raises:
            RecordBusy: another watch runs on this record.
        """
        with alone(self.store.path):
            self._begin()
            self._once = once
            with ThreadPoolExecutor(self.settings.threads, thread_name_prefix="visit") as pool:
                try:
                    self._loop(pool, once=once, between=between)
                finally:
                    pool.shutdown(wait=False, cancel_futures=True)
        return self.report

    def _begin(self) -> None:
        with self.store.writing() as db:
            prepare(db)
            for row in db.execute(sa.select(hosts)).mappings():
                if row["robots_at"]:
                    self._robots[row["host"]] = (row["robots"] or "", row["robots_at"])
                if row["pause_until"]:
                    self._paused[row["host"]] = datetime.fromisoformat(row["pause_until"])

    def _loop(self, pool: ThreadPoolExecutor, *, once: bool, between: Callable[[], None] | None) -> None:
        while not self._stop.is_set():
            waiting = self._send_off(pool)
            if between is not None:
                between()
            if not self._flying:
                if once and not waiting:
                    return
                self._stop.wait(0.02 if waiting else _TICK)
                continue
            done, _ = wait(self._flying, timeout=_TICK if not waiting else 0.05, return_when=FIRST_COMPLETED)
            for future in done:
                if self._stop.is_set():
                    return
                self._land(future)

    def _send_off(self, pool: ThreadPoolExecutor) -> bool:
        """Send off what is due; whether something is due that must wait for its host."""
        busy = {job.host for job in self._flying.values()}
        waiting, now, clock = False, self.store.clock(), time.monotonic()
        self._list(now, clock)
        for key, job in list(self._pending.items()):
            if self._paused.get(job.host, now) > now:
                continue
            if job.host in busy or self._ready.get(job.host, 0.0) > clock or len(self._flying) >= self.settings.threads:
                waiting = True
                continue
            busy.add(job.host)
            del self._pending[key]
            self._visited |= {key} if self._once else set()
            self._flying[pool.submit(visit, job, self.fetcher, keep_to_robots=self.settings.robots)] = job
        return waiting

    def _list(self, now: datetime, clock: float) -> None:
        """Look up what is due, but not each time: with many things waiting that would cost more than they do."""
        if self._pending and clock - self._listed < _LIST:
            return
        flying: set[tuple[str, str]] = {(job.what, job.key) for job in self._flying.values()}
        # What comes due again while a single pass runs waits for the next one, or the pass might never end.
        left_out = flying | self._visited if self._once else flying
        self._pending = {(job.what, job.key): job for job in self._due(now) if (job.what, job.key) not in left_out}
        self._listed = clock

    def _due(self, now: datetime) -> Iterator[Job]:
        with self.store.reading() as db:
            for table in (sources, entries):
                due = sa.select(table).where(table.c.next_at <= instant(now)).order_by(table.c.next_at).limit(_BATCH)
                rows = list(db.execute(due).mappings())
                for row in rows:
                    yield self._job(table, dict(row), now)

    def _job(self, table: sa.Table, row: dict[str, Any], now: datetime) -> Job:
        again = conditional(row["visits"])
        job = Job(
            "source" if table is sources else "entry",
            row["url"] if table is sources else row["key"],
            row["url"],
            row["etag"] if again else None,
            row["last_modified"] if again else None,
        )
        known = self._robots.get(job.host)
        if known is None or not fresh(known[1], now):
            return job
        return Job(job.what, job.key, job.url, job.etag, job.last_modified, known[0])

    def _land(self, future: Future[Visit]) -> None:
        job = self._flying.pop(future)
        found = future.result()
        robots = found.robots if found.robots is not None else job.robots
        delay = max(self.settings.host_delay, crawl_delay(robots, self.fetcher.agent) if self.settings.robots else 0)
        self._ready[job.host] = time.monotonic() + delay
        if found.robots is not None and job.robots is None:
            self._keep_robots(job.host, found.robots)
        taken = self.taker.take(found)
        self._silent[job.host] = self._silent.get(job.host, 0) + 1 if found.silent else 0
        pause = taken.pause or self._patience(job.host)
        if pause:
            self._pause(job.host, pause, taken.reason or "asked to be left alone")
        self.report.take(taken)
        self._tell(taken)

    def _patience(self, host: str) -> float:
        """The seconds for which a host is left alone that was silent again and again."""
        often = self._silent[host] - _SILENT
        return min(self.settings.least * 2.0**often, self.settings.most) if often >= 0 else 0.0

    def _keep_robots(self, host: str, robots: str) -> None:
        moment = instant(self.store.clock())
        self._robots[host] = (robots, moment)
        self._keep(host, robots=robots, robots_at=moment)

    def _pause(self, host: str, seconds: float, why: str) -> None:
        """Leave a host alone; what is still to be read there says why it waits."""
        until = self.store.clock() + timedelta(seconds=seconds)
        self._paused[host] = until
        self._keep(host, pause_until=instant(until))
        told = f"{host} is left alone until {instant(until)[:16]}Z: {why}"
        unread = entries.c.article.is_(None) & (entries.c.visits == 0)
        with self.store.writing() as db:
            there = entries.c.url.contains(f"://{host}/", autoescape=True)
            db.execute(entries.update().where(unread & there).values(error=told))

    def _keep(self, host: str, **values: str) -> None:
        with self.store.writing() as db:
            if db.execute(sa.select(hosts.c.host).where(hosts.c.host == host)).first():
                db.execute(hosts.update().where(hosts.c.host == host).values(**values))
            else:
                db.execute(hosts.insert(), [{"host": host, **values}])


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One watch a record: a lock that goes when its process goes, however it does.

    Raises:
        RecordBusy: another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # a system without such locks
        yield
        return
    with path.with_name(f"{path.name}.watch").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RecordBusy(f"{path}: another ultimora watch is running on this record; stop it first") from error
        yield
