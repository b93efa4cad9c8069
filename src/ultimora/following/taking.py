"""What a visit means: new entries of a feed, a new revision of an article, or when to come back.

A job's new state and what the visit made are one transaction: after a crash both are there or neither.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from ultimora.articles.feeds import Entry, Feed, parse_feed
from ultimora.articles.inputs import Given
from ultimora.articles.load import load_fetched
from ultimora.articles.web.fetcher import Fetched
from ultimora.core import read_loaded
from ultimora.errors import BinaryArticle, FetchError, JobTakenOver, UltimoraError, UnknownLanguage
from ultimora.following.finding import feed_of_page
from ultimora.following.jobs import Jobs
from ultimora.following.known import known_of
from ultimora.following.schedule import Outcome, Planned, after, max_age, retry_after
from ultimora.following.settings import FollowSettings
from ultimora.following.tables import aside, entries, sources
from ultimora.following.visiting import Visit
from ultimora.record.store import Store, canonical_url, instant
from ultimora.record.types import Added

_CHILDREN = 10
_DAY = 86_400.0
Result = Literal[
    "new article",
    "new revision",
    "known already",
    "entries",
    "unchanged",
    "failed",
    "gone",
    "aside",
    "taken over",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a visit. ``pause``: the seconds for which the host asked to be left alone."""

    url: str
    result: Result
    found: int = 0
    reason: str | None = None
    title: str | None = None
    pause: float | None = None


class Taker:
    """Takes visits into the record."""

    def __init__(self, store: Store, settings: FollowSettings, jobs: Jobs) -> None:
        """Take into a record, within limits; jobs are given back with what they made."""
        self.store, self.settings, self.jobs = store, settings, jobs

    def take(self, visit: Visit) -> Taken:
        """What a visit means, stored; whatever goes wrong with it becomes a reason and a later visit."""
        table = sources if visit.job.what == "source" else entries
        row = self._row(table, visit)
        if row is None:
            self._forget(visit)
            return Taken(visit.job.url, "gone", reason="is followed no more")
        now = self.store.clock()
        found = visit.fetched
        try:
            if found is None:
                return self._failed(table, row, now, visit.error or "no answer", forbidden=visit.forbidden)
            if found.status == 304:
                return self._unchanged(table, row, now, found)
            if found.status != 200:
                return self._refused(table, row, now, found)
            return self._source(row, now, found) if table is sources else self._entry(row, now, found)
        except FetchError as error:
            return self._failed(table, row, now, str(error))
        except JobTakenOver as error:
            return Taken(row["url"], "taken over", reason=str(error))

    def _forget(self, visit: Visit) -> None:
        with suppress(JobTakenOver), self.store.writing() as db:
            self.jobs.done(db, (visit.job.what, visit.job.key))

    def _row(self, table: sa.Table, visit: Visit) -> dict[str, Any] | None:
        key = table.c.url if table is sources else table.c.key
        with self.store.reading() as db:
            row = db.execute(sa.select(table).where(key == visit.job.key)).mappings().first()
        return dict(row) if row else None

    # --- what did not work ---

    def _failed(
        self,
        table: sa.Table,
        row: dict[str, Any],
        now: datetime,
        why: str,
        *,
        forbidden: bool = False,
        wanted: float = 0,
    ) -> Taken:
        wanted = max(wanted, _DAY if forbidden else 0)
        plan = self._after("failed", table, row, now, wanted)
        self._plan(table, row, now, plan, error=why)
        return Taken(row["url"], "failed", reason=why, pause=wanted if wanted and not forbidden else None)

    def _refused(self, table: sa.Table, row: dict[str, Any], now: datetime, found: Fetched) -> Taken:
        if found.status == 410 or (found.status == 404 and table is entries and row["visits"] > 0):
            why = f"{row['url']}: is gone (status {found.status})"
            self._plan(table, row, now, self._after("gone", table, row, now), error=why)
            return Taken(row["url"], "gone", reason=why)
        wanted = retry_after(found.headers.get("retry-after"), now) if found.status in (429, 503) else None
        why = f"{row['url']}: the server answered {found.status}"
        return self._failed(table, row, now, why, wanted=wanted or 0)

    def _unchanged(
        self, table: sa.Table, row: dict[str, Any], now: datetime, found: Fetched, result: Result = "unchanged"
    ) -> Taken:
        plan = self._after("unchanged", table, row, now, max_age(found.headers.get("cache-control")))
        said = {name: value for name, value in _kept(found).items() if value}
        with self.store.writing() as db:
            self._write(db, table, row, now, plan, changed=False, **said)
        return Taken(row["url"], result)

    # --- a source ---

    def _source(self, row: dict[str, Any], now: datetime, found: Fetched) -> Taken:
        feed = parse_feed(found.body, found.url, found.kind)
        if feed is None:
            return self._page_source(row, now, found)
        if feed.kind == "index":
            return self._index(row, now, found, feed)
        with self.store.writing() as db:
            fresh = self._new_entries(db, row, feed, now)
            plan = self._after("changed" if fresh else "unchanged", sources, row, now, _wanted(feed, found))
            values = _kept(found) | {"kind": feed.kind, "title": row["title"] or feed.title}
            self._write(db, sources, row, now, plan, changed=bool(fresh), **values, **_moved(db, row, found))
        return Taken(row["url"], "entries" if fresh else "unchanged", found=fresh, title=feed.title)

    def _page_source(self, row: dict[str, Any], now: datetime, found: Fetched) -> Taken:
        """A page: it names a feed that is followed in its stead, or it is an article to be watched."""
        feed = feed_of_page(found.body, found.url) if row["kind"] == "auto" else None
        if row["kind"] not in ("auto", "page"):
            raise FetchError(f"{row['url']}: is a page now and no feed; see where the feed went, and follow that")
        with self.store.writing() as db:
            if feed is not None and feed != row["url"]:
                self._add_source(db, row, feed, now)
                self._write(
                    db, sources, row, now, Planned(None, row["interval"], 0, "led on"), changed=True, kind="page"
                )
                return Taken(row["url"], "entries", found=1, reason=f"its feed is followed: {feed}")
            self._add_entry(db, row, Entry(found.url), now, watched=True)
            self._write(db, sources, row, now, Planned(None, row["interval"], 0, "watched"), changed=True, kind="page")
        return Taken(row["url"], "entries", found=1, reason="the page is watched")

    def _index(self, row: dict[str, Any], now: datetime, found: Fetched, feed: Feed) -> Taken:
        """An index of sitemaps: the newest of them are followed."""
        newest = sorted(feed.entries, key=lambda e: e.updated or "", reverse=True)[:_CHILDREN]
        with self.store.writing() as db:
            fresh = sum(self._add_source(db, row, e.url, now) for e in newest)
            plan = self._after("changed" if fresh else "unchanged", sources, row, now, _DAY)
            self._write(db, sources, row, now, plan, changed=bool(fresh), kind="index", **_kept(found))
        return Taken(row["url"], "entries" if fresh else "unchanged", found=fresh)

    def _add_source(self, db: sa.Connection, parent: dict[str, Any], url: str, now: datetime) -> bool:
        if db.execute(sa.select(sources.c.url).where(sources.c.url == url)).first():
            return False
        given = {k: parent[k] for k in ("outlet", "language")}
        moment = instant(now)
        row = {"url": url, "kind": "auto", "state": "active", "added_at": moment, "next_at": moment}
        db.execute(sources.insert(), [row | given | {"interval": self.settings.first}])
        return True

    def _new_entries(self, db: sa.Connection, source: dict[str, Any], feed: Feed, now: datetime) -> int:
        """Take in what a feed lists: new ones are to be read, those that it says changed are to be read again."""
        keys = {canonical_url(e.url): e for e in feed.entries}
        known: dict[str, str | None] = {}
        for some in _some(list(keys)):
            rows = db.execute(sa.select(entries.c.key, entries.c.updated).where(entries.c.key.in_(some)))
            known |= dict(rows.tuples().all())
        fresh = [e for key, e in keys.items() if key not in known]
        for entry in fresh:
            self._add_entry(db, source, entry, now)
        again = [k for k, e in keys.items() if k in known and e.updated and e.updated != known[k]]
        for key in again:
            changed = {"updated": keys[key].updated}
            due = {"next_at": instant(now), "etag": None, "last_modified": None} if known[key] else {}
            db.execute(entries.update().where(entries.c.key == key).values(**changed, **due))
        return len(fresh)

    def _add_entry(
        self, db: sa.Connection, source: dict[str, Any], entry: Entry, now: datetime, *, watched: bool = False
    ) -> None:
        key = canonical_url(entry.url)
        if db.execute(sa.select(entries.c.key).where(entries.c.key == key)).first():
            if watched:
                db.execute(entries.update().where(entries.c.key == key).values(watched=True, next_at=instant(now)))
            return
        told = {"url": entry.url, "published": entry.published, "updated": entry.updated}
        plan = {"state": "new", "watched": watched, "next_at": instant(now), "interval": self.settings.first}
        db.execute(entries.insert(), [{"key": key, "source": source["url"], **told, **plan}])

    # --- an article ---

    def _entry(self, row: dict[str, Any], now: datetime, found: Fetched) -> Taken:
        known = known_of(self.store, row["article"])
        if known.has_bytes(found.body):
            return self._unchanged(entries, row, now, found)
        source = self._source_of(row)
        given = Given(row["published"], source.get("language"), source.get("outlet"), found.url)
        loaded = load_fetched(found.body, found.url, found.kind, given)
        if known.has_words(loaded.article):
            return self._unchanged(entries, row, now, found, "known already")
        outcome = read_loaded(loaded)
        if outcome.reading is None:
            return self._nothing(row, now, found, outcome.error)
        made: list[Taken] = []

        def also(db: sa.Connection, added: Added) -> None:
            changed = added.outcome != "known already"
            plan = self._after("changed" if changed and row["article"] else "unchanged", entries, row, now)
            self._write(db, entries, row, now, plan, changed=changed, article=added.article, **_kept(found))
            db.execute(aside.delete().where(aside.c.key == row["key"]))
            title = outcome.reading.article.title if outcome.reading else None
            made.append(Taken(row["url"], added.outcome, found=int(changed), title=title))

        self.store.add(outcome.reading, raw=found.body, also=also)
        return made[-1]  # of the attempt that was kept

    def _source_of(self, row: dict[str, Any]) -> dict[str, Any]:
        with self.store.reading() as db:
            found = db.execute(sa.select(sources).where(sources.c.url == row["source"])).mappings().first()
        return dict(found) if found else {}

    def _nothing(self, row: dict[str, Any], now: datetime, found: Fetched, error: UltimoraError | None) -> Taken:
        """A page that gave no article: kept as it came, told, and tried again; not where its language is not read."""
        why = str(error)
        final = isinstance(error, UnknownLanguage | BinaryArticle)
        plan = Planned(None, row["interval"], 0, "aside") if final else self._after("failed", entries, row, now)
        kept = {"url": row["url"], "at": instant(now), "reason": why, "raw": zlib.compress(found.body)}
        with self.store.writing() as db:
            db.execute(aside.delete().where(aside.c.key == row["key"]))
            db.execute(aside.insert(), [{"key": row["key"], **kept}])
            self._write(db, entries, row, now, plan, changed=False, error=why)
        return Taken(row["url"], "aside", reason=why)

    # --- what all share ---

    def _after(
        self, outcome: Outcome, table: sa.Table, row: dict[str, Any], now: datetime, wanted: float | None = None
    ) -> Planned:
        what: Literal["source", "entry", "watched"] = (
            "source" if table is sources else "watched" if row["watched"] else "entry"
        )
        return after(
            outcome, now=now, interval=row["interval"], failures=row["failures"], settings=self.settings, what=what,
            wanted=wanted, name=row["url"],
        )  # fmt: skip

    def _plan(
        self, table: sa.Table, row: dict[str, Any], now: datetime, plan: Planned, *, error: str | None = None
    ) -> None:
        with self.store.writing() as db:
            self._write(db, table, row, now, plan, changed=False, error=error)

    def _write(
        self, db: sa.Connection, table: sa.Table, row: dict[str, Any], now: datetime, plan: Planned, *, changed: bool,
        error: str | None = None, **values: Any,
    ) -> None:  # fmt: skip
        planned = asdict(plan) | {"next_at": instant(plan.next_at) if plan.next_at else None}
        moment = instant(now)
        told = {"visits": row["visits"] + 1, "visited_at": moment, "error": error}
        told |= {"changed_at": moment} if changed else {}
        key = table.c.url if table is sources else table.c.key
        name = row["url"] if table is sources else row["key"]
        self.jobs.done(db, ("source" if table is sources else "entry", name))
        db.execute(table.update().where(key == name).values(**planned, **told, **values))


def _kept(found: Fetched) -> dict[str, str | None]:
    """What a server wants to hear again."""
    return {"etag": found.headers.get("etag"), "last_modified": found.headers.get("last-modified")}


def _wanted(feed: Feed, found: Fetched) -> float | None:
    return max(feed.ttl or 0.0, max_age(found.headers.get("cache-control")) or 0.0) or None


def _moved(db: sa.Connection, row: dict[str, Any], found: Fetched) -> dict[str, str]:
    """A source that moved for good is asked at its new address from now on."""
    if not found.moved or found.moved == row["url"]:
        return {}
    if db.execute(sa.select(sources.c.url).where(sources.c.url == found.moved)).first():
        return {}
    db.execute(entries.update().where(entries.c.source == row["url"]).values(source=found.moved))
    return {"url": found.moved}


def _some(keys: list[str], size: int = 400) -> list[list[str]]:
    return [keys[i : i + size] for i in range(0, len(keys), size)]
