"""Several workers on one record in PostgreSQL: jobs are taken once, what a worker that died held is taken by others."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
import sqlalchemy as sa

from following_made import Desk, Site, article, rss
from postgres import Server
from ultimora.answers.present import found
from ultimora.errors import JobTakenOver, RecordUnreachable
from ultimora.following import jobs
from ultimora.following.jobs import Shared
from ultimora.following.tables import entries, leases
from ultimora.record.load import Loader
from ultimora.record.store import Store
from ultimora.serial import to_data

TOWNS = ["Amalfi", "Bari", "Como", "Divieto", "Empoli", "Fano", "Gela", "Ischia"]


def state(desk: Desk) -> list[Any]:
    """All that a record says, event by event and story by story."""
    with desk.store.loader() as loader:
        events = [to_data(found(e)) for e in loader.events(loader.find(), history=True)]
        return [events, _stories(loader)]


def _stories(loader: Loader) -> list[Any]:
    from ultimora.record.schema import gists, stories

    told = loader.db.execute(sa.select(gists.c.revision, gists.c.story).order_by(gists.c.revision)).tuples()
    return [*told, *loader.db.execute(sa.select(stories).order_by(stories.c.id)).tuples()]


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.database()


@pytest.fixture
def team(address: str) -> Iterator[list[Desk]]:
    desks = [Desk(address) for _ in range(3)]
    yield desks
    for each in desks:
        each.store.close()


def news(site: Site) -> None:
    paths = [f"/{town.lower()}" for town in TOWNS]
    meeting = "Il presidente francese Macron ha incontrato lunedì a Parigi il premier britannico Starmer."
    site.answers |= {"/feed": rss(site.server, *paths)}
    site.answers |= {p: article(f"Notizie da {t}", meeting) for p, t in zip(paths, TOWNS, strict=True)}


def test_three_workers_make_the_record_that_one_makes(team: list[Desk], desk: Desk, site: Site) -> None:
    news(site)
    desk.follow(site.url("/feed"))
    desk.once(seconds=30)
    asked = site.times("/bari")
    team[0].follow(site.url("/feed"))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda each: each.once(seconds=30), team))
    assert [site.times(f"/{t.lower()}") for t in TOWNS] == [2 * asked] * len(TOWNS)
    assert sum(t.result == "new article" for each in team for t in each.taken) == len(TOWNS)
    assert state(team[0]) == state(desk)
    assert team[0].rows(leases) == [] or {row["what"] for row in team[0].rows(leases)} == {"host"}


def test_what_a_worker_that_died_held_is_taken_by_another(
    team: list[Desk], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LEASE", 1.0)
    monkeypatch.setattr(jobs, "BEAT", 60.0)  # nothing is heard of the first one
    site.answers["/feed"] = rss(site.server, "/a")
    site.answers["/a"] = article("Primo")
    team[0].follow(site.url("/feed"))
    dead, alive = (Shared(each.store, 8, Event()) for each in team[:2])
    dead.__enter__()
    now = team[0].clock()
    assert [what for what, _ in dead.due(now, (), 0).rows] == ["source"]
    assert alive.due(now, (), 0).rows == []
    assert alive.due(now, (), 0).waiting
    began = monotonic()
    team[2].once(seconds=30)
    assert monotonic() - began < 30
    assert team[2].titles() == ["Primo"]
    with pytest.raises(JobTakenOver), team[0].store.writing() as db:
        dead.done(db, ("source", site.url("/feed")))


def test_a_worker_that_was_away_for_too_long_keeps_nothing(team: list[Desk], site: Site) -> None:
    site.answers |= {"/feed": rss(site.server, "/a"), "/a": article("Primo")}
    team[0].follow(site.url("/feed"))

    def steal(_taken: object) -> None:
        with team[1].store.writing() as db:
            db.execute(leases.update().where(leases.c.what == "entry").values(worker="somebody else"))

    site.answers["/a"] = lambda _request: (steal(None), article("Primo"))[1]
    worker = Thread(target=lambda: team[0].once(seconds=30), daemon=True)
    worker.start()
    until = monotonic() + 60
    while monotonic() < until and not any(t.result == "taken over" for t in team[0].taken):
        sleep(0.1)
    assert any(t.result == "taken over" for t in team[0].taken)
    assert team[0].titles() == []
    assert team[0].rows(entries)[0]["article"] is None
    with team[1].store.writing() as db:
        db.execute(leases.delete())
    worker.join(60)
    assert not worker.is_alive()


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    team: list[Desk], address: str, site: Site, tmp_path: Path
) -> None:
    news(site)
    team[0].follow(site.url("/feed"))
    (tmp_path / "ultimora.toml").write_text(
        f"record = {address!r}\n[fetch]\nallow_loopback = true\n[follow]\nhost_delay = 0"
    )
    killed = subprocess.Popen([sys.executable, "-m", "ultimora", "watch"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + 120
        while not team[0].titles() and monotonic() < until and killed.poll() is None:
            sleep(0.05)
    finally:
        killed.kill()
        killed.wait()
    assert 0 < len(team[0].titles()) < len(TOWNS)
    with team[0].store.writing() as db:  # as if the time of its leases had passed
        db.execute(leases.update().values(until=0.0))
    team[1].clock.now = datetime.now(UTC)
    team[1].once(seconds=30)
    assert team[0].titles() == sorted(f"Notizie da {town}" for town in TOWNS)
    assert [c.name for c in team[0].store.examine() if not c.ok] == []


def test_a_server_that_is_restarted_in_mid_batch_is_waited_for(
    team: list[Desk], desk: Desk, site: Site, postgres: Server
) -> None:
    news(site)
    desk.follow(site.url("/feed"))
    desk.once(seconds=30)
    restarts: list[Thread] = []

    def away(_request: object) -> bytes:
        """The server is gone before the page is there, and comes back while its worker waits."""
        if not restarts:
            postgres.stop(signal.SIGQUIT)
            restarts.append(Thread(target=lambda: (sleep(1), postgres.start()), daemon=True))
            restarts[0].start()
        return pages("/como")

    pages = dict(site.answers).__getitem__
    site.answers["/como"] = away
    team[0].follow(site.url("/feed"))
    working = [Thread(target=partial(each.once, seconds=30), daemon=True) for each in team[:2]]
    for each in working:
        each.start()
    for each in working:
        each.join(120)
    assert [each.is_alive() for each in working] == [False, False]
    restarts[0].join(60)
    assert state(team[2]) == state(desk)
    assert {row["what"] for row in team[2].rows(leases)} <= {"host"}


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Store], None]]:
    """The next commit of a store is kept, but whoever made it does not hear of it."""

    def cut(store: Store) -> None:
        whole = store.writing

        @contextmanager
        def writing() -> Iterator[sa.Connection]:
            monkeypatch.undo()
            with whole() as db:
                yield db
            raise RecordUnreachable("the answer was lost")

        monkeypatch.setattr(store, "writing", writing)

    return cut


def test_what_was_taken_without_hearing_of_it_is_taken_again_at_once(
    team: list[Desk], site: Site, cut_off: Callable[[Store], None]
) -> None:
    team[0].follow(site.url("/feed"))
    mine, other = (Shared(each.store, 8, Event()) for each in team[:2])
    now = team[0].clock()
    with mine:
        cut_off(team[0].store)
        with pytest.raises(RecordUnreachable):
            mine.due(now, (), 0)
        assert other.due(now, (), 0).rows == []
        assert [what for what, _ in mine.due(now, (), 0).rows] == ["source"]
        assert mine.due(now, (), 0).rows == []


def test_only_what_a_worker_knows_to_hold_is_moved_on(
    team: list[Desk], site: Site, cut_off: Callable[[Store], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    team[0].follow(site.url("/feed"))
    mine, other = (Shared(each.store, 8, Event()) for each in team[:2])
    now = team[0].clock()
    cut_off(team[0].store)
    with pytest.raises(RecordUnreachable):
        mine.due(now, (), 0)
    monkeypatch.setattr(jobs, "LEASE", 1.0)
    monkeypatch.setattr(jobs, "BEAT", 0.1)
    with team[0].store.writing() as db:
        db.execute(leases.update().values(until=leases.c.until - 19))
    with mine:
        until = monotonic() + 30
        while not (found := other.due(now, (), 0).rows) and monotonic() < until:
            sleep(0.1)
    assert [what for what, _ in found] == ["source"]
