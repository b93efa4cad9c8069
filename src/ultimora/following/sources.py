"""The list of what is followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ultimora.articles.web.addresses import target_of
from ultimora.errors import SourceError
from ultimora.following.settings import FollowSettings
from ultimora.following.tables import entries, prepare, sources
from ultimora.record.store import Store, canonical_url, instant


@dataclass(frozen=True, slots=True)
class Source:
    """Something that is followed, and how it stands. Instants as the record writes them."""

    url: str
    kind: str
    state: str
    title: str | None
    outlet: str | None
    language: str | None
    next_at: str | None
    visited_at: str | None
    changed_at: str | None
    failures: int
    error: str | None
    articles: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """An address that a source named and that is not in the record: when it is tried next, and why it is not there."""

    url: str
    source: str
    state: str
    next_at: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source to be followed; ``kind`` is found out at the first visit if it is ``auto``."""

    url: str
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    kind: str = "auto"


def add_sources(
    store: Store, wanted: Iterable[Wanted], settings: FollowSettings, *, allow_loopback: bool = False
) -> list[str]:
    """Follow some sources; the addresses of those that were not followed yet.

    Raises:
        AddressRefused: one of them is not on the open web; none was added.
    """
    rows = {}
    now = instant(store.clock())
    for one in wanted:
        url = target_of(one.url.strip(), allow_loopback=allow_loopback).url
        rows[url] = {
            "url": url, "kind": one.kind, "state": "active", "title": one.title, "outlet": one.outlet,
            "language": one.language, "added_at": now, "next_at": now, "interval": settings.first,
        }  # fmt: skip
    with store.writing() as db:
        prepare(db)
        known = set(db.execute(sa.select(sources.c.url).where(sources.c.url.in_(rows))).scalars())
        fresh = [row for url, row in rows.items() if url not in known]
        if fresh:
            db.execute(sources.insert(), fresh)
    return [str(row["url"]) for row in fresh]


def list_sources(store: Store) -> list[Source]:
    """Everything that is followed, by address."""
    with store.writing() as db:
        prepare(db)
        read, due = entries.c.article.is_not(None), entries.c.article.is_(None) & entries.c.next_at.is_not(None)
        counted = (
            sa.select(
                entries.c.source,
                sa.func.count(sa.case((read, 1))).label("articles"),
                sa.func.count(sa.case((due, 1))).label("waiting"),
            )
            .group_by(entries.c.source)
            .subquery()
        )
        columns = [sources.c[name] for name in _SHOWN]
        query = sa.select(*columns, counted.c.articles, counted.c.waiting).outerjoin_from(
            sources, counted, sources.c.url == counted.c.source
        )
        rows = db.execute(query.order_by(sources.c.url)).mappings().all()
    counts = ("articles", "waiting")
    made: list[dict[str, Any]] = [{k: v or 0 if k in counts else v for k, v in row.items()} for row in rows]
    return [Source(**row) for row in made]


def list_unread(store: Store) -> list[Unread]:
    """Every address that a source named and that is not in the record, with the reason, by source and address."""
    with store.writing() as db:
        prepare(db)
        query = sa.select(*(entries.c[name] for name in ("url", "source", "state", "next_at", "error")))
        rows = db.execute(query.where(entries.c.article.is_(None)).order_by(entries.c.source, entries.c.url))
        return [Unread(**row) for row in rows.mappings()]


_SHOWN = (
    "url", "kind", "state", "title", "outlet", "language", "next_at", "visited_at", "changed_at", "failures", "error",
)  # fmt: skip


def remove_sources(store: Store, urls: Sequence[str]) -> int:
    """Follow some sources no more; what was read of them stays. The number that were followed.

    Raises:
        SourceError: one of them is not followed; none was removed.
    """
    with store.writing() as db:
        prepare(db)
        known = list(db.execute(sa.select(sources.c.url)).scalars())
        by_key = {canonical_url(url): url for url in known}
        found = [url if url in known else by_key.get(canonical_url(url)) for url in urls]
        for asked, url in zip(urls, found, strict=True):
            if url is None:
                raise SourceError(f"{asked}: is not followed; see: ultimora sources list")
        db.execute(sources.delete().where(sources.c.url.in_(found)))
        db.execute(entries.update().where(entries.c.source.in_(found)).values(next_at=None))
    return len(set(found))
