"""Following the news, simulated on loopback: a day of feeds, what slow hosts cost, and a watch that is killed.

    python -m benchmarks.following day [--feeds 50] [--articles 2000] [--updates 400]
    python -m benchmarks.following slow [--rounds 3]
    python -m benchmarks.following kill [--trials 100] [--seed 1]

``day`` runs 24 hours of a clock that is set by hand, an hour a step. The articles are short and in two languages, and
one in four is told again by another host. Beside the good hosts some are late, redirect, fail now and then, ask for
patience or lie about ETags, dates and lengths; others can never be had: slow, endless, failing, gone, in circles,
inwards, garbage. Printed is what of the reachable is in the record, how often, and whether for each of the others the
record says why. ``slow`` measures the time until the good hosts' last article is in the record, without bad hosts and
with ten of them. ``kill`` starts ``ultimora watch``, kills it at random while articles appear and change, and
compares the record at the end with what the sites served.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.briefs import brief
from benchmarks.loopback import FEEDLESS, REACHABLE, UNREACHABLE, Piece, Town

from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.following.settings import FollowSettings
from ultimora.following.sources import Wanted, add_sources, list_sources, list_unread
from ultimora.following.watch import Watch
from ultimora.record.store import Store, canonical_url

MORE = {
    "it": "Aggiornamento numero {}: le verifiche sono durate {} ore, ha detto la prefettura.",
    "en": "Update number {}: the checks took {} hours, the local authorities said.",
}
FIRST_HOUR = datetime(2026, 3, 2, 5, tzinfo=UTC)


class Clock:
    """A present that is set by hand."""

    def __init__(self) -> None:
        self.now = FIRST_HOUR

    def __call__(self) -> datetime:
        """The present."""
        return self.now


class Press:
    """Who publishes what when. A host never has two articles that differ by a name only: they would count as one."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.dice, self.next = town, random.Random(seed), 0
        self.told: dict[int, set[str]] = {}

    def publish(self, site: int, now: datetime) -> None:
        """Put up a new article."""
        told = self.told.setdefault(site, set())
        while brief(self.next).happening in told:
            self.next += 1
        new = brief(self.next)
        told.add(new.happening)
        self.town.publish(
            site, f"/articles/{self.next}", Piece(new.title, new.paragraphs, new.language, now.isoformat())
        )
        self.next += 1

    def update(self, sites: list[int], now: datetime) -> None:
        """Bring an article up to date."""
        site = self.dice.choice(sites)
        if not self.town.pieces[site]:
            return
        path = self.dice.choice(list(self.town.pieces[site]))
        piece = self.town.pieces[site][path]
        version = sum(" numero " in p or " number " in p for p in piece.paragraphs) + 1
        more = MORE[piece.language].format(version, version + 1)
        piece = replace(piece, paragraphs=(*piece.paragraphs, more), modified=now.isoformat())
        self.town.publish(site, path, piece)


def hosts_of(feeds: int) -> list[str]:
    """Manners of hosts: each bad one once, each odd one once, the others good."""
    bad = [*UNREACHABLE, *FEEDLESS]
    odd = REACHABLE[1:]
    return [*bad, *odd, *("good" for _ in range(feeds - len(bad) - len(odd)))]


def watched(store: Store, settings: FollowSettings, seconds: float, **more: Any) -> Any:
    """One pass of the watch."""
    fetcher = Fetcher(Limits(size=5_000_000, seconds=seconds), allow_loopback=True)
    return Watch(store, fetcher, settings, **more).run(once=True)


def day(args: argparse.Namespace) -> dict[str, Any]:
    """A day of feeds."""
    begun, clock, counts = time.monotonic(), Clock(), Counter[str]()
    with Town(hosts_of(args.feeds)) as town, tempfile.TemporaryDirectory() as folder:
        path, press = Path(folder) / "day.db", Press(town, args.seed)
        store, settings = Store(path, clock=clock), FollowSettings(host_delay=0)
        everywhere = range(len(town.manners))
        add_sources(
            store, [Wanted(town.url(n, "/feed"), language=None) for n in everywhere], settings, allow_loopback=True
        )
        good = [n for n in everywhere if town.manners[n] in REACHABLE]
        few = [n for n in everywhere if town.manners[n] in UNREACHABLE] * args.few
        takes = [*few, *(good * (args.articles // len(good) + 1))[: args.articles - len(few)]]
        press.dice.shuffle(takes)
        last = args.hours - 1
        for hour in range(args.hours):
            for site in takes[len(takes) * hour // args.hours : len(takes) * (hour + 1) // args.hours]:
                press.publish(site, clock.now)
            for _ in range(args.updates * hour // last - args.updates * max(hour - 1, 0) // last):
                press.update(good, clock.now)
            counts.update(watched(store, settings, args.seconds).counts)
            _progress(hour, begun, counts)
            clock.now += timedelta(hours=1)
        for later in (1, 2, 4):
            clock.now += timedelta(days=later)
            counts.update(watched(store, settings, args.seconds).counts)
            _progress(args.hours + 24 * later, begun, counts)
        found = _compared(town, good, path) | _reported(town, store)
        store.close()
    return found | {
        "visits": dict(counts),
        "seconds": round(time.monotonic() - begun),
        "processor_seconds": round(time.process_time()),
    }


def _progress(hour: int, begun: float, counts: Counter[str]) -> None:
    spent = f"{time.monotonic() - begun:.0f} s, {time.process_time():.0f} s of processor"
    print(f"hour {hour}, after {spent}: {dict(counts)}", file=sys.stderr, flush=True)


def _reported(town: Town, store: Store) -> dict[str, Any]:
    """Whether the record says why what it does not have is not there."""
    why = {one.url: one.error for one in list_unread(store)}
    feeds = {one.url: one.error for one in list_sources(store)}
    bad = [(n, p) for n, m in enumerate(town.manners) if m in UNREACHABLE for p in town.pieces[n]]
    silent = [town.url(n, p) for n, p in bad if not why.get(town.url(n, p))]
    dead = [town.url(n, "/feed") for n, m in enumerate(town.manners) if m in FEEDLESS]
    return {
        "unreachable": len(bad),
        "with_a_reason": len(bad) - len(silent),
        "without": silent[:5],
        "dead_feeds": len(dead),
        "dead_feeds_with_a_reason": sum(bool(feeds[u] or why.get(u)) for u in dead),
    }


def revisions_of(path: Path) -> dict[str, list[str]]:
    """The texts of every revision by the address of its article."""
    db = sqlite3.connect(path)
    found: dict[str, list[str]] = {}
    for url, packed in db.execute("select url, reading from revisions order by known_at, id"):
        found.setdefault(canonical_url(url), []).append(json.loads(zlib.decompress(packed))["text"])
    db.close()
    return found


def _compared(town: Town, sites: list[int], path: Path) -> dict[str, Any]:
    """The record beside what was served."""
    served = {canonical_url(town.stands_at(s, p)): piece for s in sites for p, piece in town.pieces[s].items()}
    kept = revisions_of(path)
    stale = [u for u, piece in served.items() if u in kept and not any(piece.paragraphs[-1] in t for t in kept[u])]
    with sqlite3.connect(path) as db:
        articles = db.execute("select count(*) from articles").fetchone()[0]
    return {
        "reachable": len(served),
        "lost": len(served.keys() - kept.keys()),
        "doubled": sum(len(t) != len(set(t)) for t in kept.values()) + max(articles - len(kept), 0),
        "not_up_to_date": len(stale),
        "revisions": sum(map(len, kept.values())),
        "foreign": len(kept.keys() - served.keys()),
    }


def slow(args: argparse.Namespace) -> dict[str, Any]:
    """What bad hosts cost the good ones, in time until the last good article is in the record."""
    spent: dict[bool, list[float]] = {False: [], True: []}
    _until_the_last(args, bad=False)
    for _ in range(args.rounds):
        for bad in (False, True):
            spent[bad].append(_until_the_last(args, bad=bad))
            print(bad, spent[bad][-1], file=sys.stderr, flush=True)
    alone, beside = (statistics.median(spent[bad]) for bad in (False, True))
    return {"alone": round(alone, 2), "beside_bad_hosts": round(beside, 2), "cost": round(beside / alone - 1, 3)}


def _until_the_last(args: argparse.Namespace, *, bad: bool) -> float:
    manners = [*["good"] * 20, *(UNREACHABLE if bad else ())]
    with Town(manners) as town, tempfile.TemporaryDirectory() as folder:
        press, last = Press(town, args.seed), [0.0]
        for site in [*range(20)] * args.each + [*range(20, len(manners))] * args.each:
            press.publish(site, FIRST_HOUR)
        store, settings = Store(Path(folder) / "slow.db", clock=Clock()), FollowSettings(host_delay=0)
        add_sources(store, [Wanted(town.url(n, "/feed")) for n in range(len(manners))], settings, allow_loopback=True)
        ours = {town.url(n, "/") for n in range(20)}
        begun = time.monotonic()

        def tell(taken: Any) -> None:
            if taken.result == "new article" and taken.url.rsplit("articles", 1)[0] in ours:
                last[0] = time.monotonic() - begun

        watched(store, settings, 10.0, tell=tell)
        store.close()
    return last[0]


def kill(args: argparse.Namespace) -> dict[str, Any]:
    """A watch that is killed again and again."""
    dice = random.Random(args.seed)
    with Town(["good", "plain"]) as town, tempfile.TemporaryDirectory() as folder:
        path, press = Path(folder) / "kill.db", Press(town, args.seed)
        for number in range(12):
            press.publish(number % 2, FIRST_HOUR)
        store = Store(path)
        often = FollowSettings(first=1, least=1)
        add_sources(store, [Wanted(town.url(n, "/feed")) for n in (0, 1)], often, allow_loopback=True)
        store.close()
        at_work, done, until = 0, 0, time.monotonic() + 60 * args.minutes
        for trial in range(args.trials):
            if time.monotonic() > until:
                break
            press.publish(trial % 2, FIRST_HOUR + timedelta(minutes=trial))
            press.update([0, 1], FIRST_HOUR + timedelta(minutes=trial))
            at_work += _kill_one(path, town, dice, args.longest)
            done += 1
            if done % 10 == 0:
                print(f"{done} killed, {at_work} of them at work", file=sys.stderr, flush=True)
        once = [*_command(path), "--once"]
        for _ in range(6):
            subprocess.run(once, env=_environment(), cwd=folder, capture_output=True, check=False)
            found = _compared(town, [0, 1], path)
            if not found["lost"] and not found["not_up_to_date"]:
                break
            time.sleep(3)
        with sqlite3.connect(path) as db:
            check = db.execute("pragma integrity_check").fetchone()[0]
        with_store = Store(path)
        unsound = [c.name for c in with_store.examine() if not c.ok]
        with_store.close()
        told = {"trials": done, "killed_at_work": at_work, "integrity": check, "unsound": unsound}
        return told | found


def _kill_one(path: Path, town: Town, dice: random.Random, longest: float) -> bool:
    """Start a watch and kill it: one in four while it starts, the others some time after its first request."""
    before, starting = town.asked(), dice.random() < 0.25
    devices = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(_command(path), env=_environment(), cwd=path.parent, **devices)
    begun = time.monotonic()
    while not starting and town.asked() == before and time.monotonic() - begun < 60:
        time.sleep(0.02)
    time.sleep(dice.uniform(0, longest))
    process.send_signal(signal.SIGKILL)
    process.wait()
    return town.asked() > before


def _command(path: Path) -> list[str]:
    return [sys.executable, "-m", "ultimora", "watch", "--record", str(path)]


def _environment() -> dict[str, str]:
    """Everything is due again at once, so that there is always something to be killed in."""
    follow = {"FOLLOW__LEAST": "1", "FOLLOW__FIRST": "1", "FOLLOW__HOST_DELAY": "0", "FETCH__ALLOW_LOOPBACK": "true"}
    return os.environ | {f"ULTIMORA_{k}": v for k, v in follow.items()} | {"OMP_NUM_THREADS": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["day", "slow", "kill"])
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--few", type=int, default=10, help="articles of each host from which none can be had")
    parser.add_argument("--updates", type=int, default=400)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=1.5, help="what one fetch may take")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--each", type=int, default=8, help="articles a host")
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=600, help="after how long to stop with what there is")
    parser.add_argument("--longest", type=float, default=2.5, help="seconds until the kill, at most")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps({"day": day, "slow": slow, "kill": kill}[args.what](args)))


if __name__ == "__main__":
    main()
