"""The watch: what is due is visited, many at once but never two at one host, and taken in as it comes.

Where the record is on a server, any number of watches share the list, and a server that goes away for a while is waited
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import TypeVar

import sqlalchemy as sa

from ultimora.articles.web.fetcher import Fetcher
from ultimora.errors import RecordChanged, RecordUnreachable
from ultimora.following.jobs import Jobs, Row, What, job_key, jobs_of
from ultimora.following.schedule import conditional
from ultimora.following.settings import FollowSettings
from ultimora.following.tables import entries, hosts, prepare
from ultimora.following.taking import Taken, Taker
from ultimora.following.visiting import Job, Visit, crawl_delay, fresh, visit
from ultimora.record.store import Store, instant

_TICK = 0.5
_LIST, _ASK = 1.0, 0.1
_SILENT = 3
_LONGEST = 5.0
Tell = Callable[[Taken], None]
T = TypeVar("T")


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
        self._tell, self._stop = tell or (lambda _taken: None), stop or Event()
        self.jobs: Jobs = jobs_of(store, settings.ahead)
        self.taker, self.report = Taker(store, settings, self.jobs), Report()
        self._flying: dict[Future[Visit], Job] = {}
        self._ready: dict[str, float] = {}
        self._paused: dict[str, datetime] = {}
        self._robots: dict[str, tuple[str, str]] = {}
        self._pending: dict[tuple[str, str], Job] = {}
        self._silent: dict[str, int] = {}
        self._once = False
        self._visited: set[tuple[str, str]] = set()
        self._listed = 0.0
        self._more = False

    def run(self, *, once: bool = False, between: Callable[[], None] | None = None) -> Report:
        """Visit what is due until stopped, or once: until nothing is due any more.

        Args:
            once: Stop when nothing is due and everything that was fetched is in the record.
            between: Called now and then, as to send alerts.

        Raises:
            RecordBusy: another watch runs on this record.
        """
        with self.jobs:
            self._insist(self._begin)
            self._once = once
            with ThreadPoolExecutor(self.settings.threads, thread_name_prefix="visit") as pool:
                try:
                    self._loop(pool, once=once, between=between)
                finally:
                    pool.shutdown(wait=False, cancel_futures=True)
        return self.report

    def _insist(self, work: Callable[[], T]) -> T | None:
        """Do some work; as often as it takes, where the server is away or others are faster. None if stopped."""
        pause = 0.1
        while not self._stop.is_set():
            try:
                return work()
            except (RecordUnreachable, RecordChanged) as error:
                self._tell(Taken(self.store.name, "waiting", reason=str(error)))
                self._stop.wait(pause)
                pause = min(2 * pause, _LONGEST)
        return None

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
                self._insist(between)
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
        now, clock = self.store.clock(), time.monotonic()
        self._list(now, clock)
        waiting = self._more
        for key, job in list(self._pending.items()):
            if self._paused.get(job.host, now) > now:
                continue
            if job.host in busy or self._ready.get(job.host, 0.0) > clock or len(self._flying) >= self.settings.threads:
                waiting = True
                continue
            busy.add(job.host)
            del self._pending[key]
            self._visited |= {key} if self._once else set()
            self._flying[pool.submit(self._visit, job)] = job
        return waiting

    def _visit(self, job: Job) -> Visit:
        """Visit, in a thread of its own, then let others have the host."""
        found = visit(job, self.fetcher, keep_to_robots=self.settings.robots)
        self.jobs.left(job.host, self._delay(found))
        return found

    def _delay(self, found: Visit) -> float:
        """The seconds between two requests to the host of a visit."""
        robots = found.robots if found.robots is not None else found.job.robots
        return max(self.settings.host_delay, crawl_delay(robots, self.fetcher.agent) if self.settings.robots else 0)

    def _list(self, now: datetime, clock: float) -> None:
        """Look up what is due, but not each time: with many things waiting that would cost more than they do."""
        pause = _ASK if self.jobs.shared else _LIST if self._pending else 0.0
        if clock - self._listed < pause:
            return
        flying: set[tuple[str, str]] = {(job.what, job.key) for job in self._flying.values()}
        # What comes due again while a single pass runs waits for the next one, or the pass might never end.
        left_out = flying | self._visited if self._once else flying
        found = self._insist(lambda: self.jobs.due(now, left_out, len(self._flying) + len(self._pending)))
        if found is not None:
            fresh = [self._job(what, row, now) for what, row in found.rows]
            kept = self._pending if self.jobs.shared else {}
            self._pending = kept | {(job.what, job.key): job for job in fresh}
            self._more = found.waiting
        self._listed = clock

    def _job(self, what: What, row: Row, now: datetime) -> Job:
        again = conditional(row["visits"])
        job = Job(
            what,
            job_key(what, row),
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
        self._more = True  # a feed may have named what was not there when the list was last looked up
        found = future.result()
        self._ready[job.host] = time.monotonic() + self._delay(found)
        if found.robots is not None and job.robots is None:
            self._keep_robots(job.host, found.robots)
        taken = self._insist(lambda: self.taker.take(found))
        if taken is None:
            return
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

        def say_so() -> None:
            with self.store.writing() as db:
                there = entries.c.url.contains(f"://{host}/", autoescape=True)
                db.execute(entries.update().where(unread & there).values(error=told))

        self._insist(say_so)

    def _keep(self, host: str, **values: str) -> None:
        def keep() -> None:
            with self.store.writing() as db:
                if db.execute(sa.select(hosts.c.host).where(hosts.c.host == host)).first():
                    db.execute(hosts.update().where(hosts.c.host == host).values(**values))
                else:
                    db.execute(hosts.insert(), [{"host": host, **values}])

        self._insist(keep)
