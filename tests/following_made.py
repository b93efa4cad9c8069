"""A clock that is set by hand, and sites on loopback that count what is asked of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from pages_made import data, page, paragraphs
from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.following.settings import FollowSettings
from ultimora.following.sources import Wanted, add_sources
from ultimora.following.tables import prepare
from ultimora.following.taking import Taken
from ultimora.following.watch import Report, Watch
from ultimora.record.schema import revisions
from ultimora.record.store import Store


class Clock:
    """A present that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 10, 18, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: float) -> None:
        self.now += timedelta(**span)


_TOWNS = ["Genova", "Savona", "Imperia", "Sanremo", "Chiavari", "Rapallo", "Recco", "Camogli", "Sarzana", "Lerici"]
_WORKS = ["il terminal", "il nuovo molo", "la banchina", "il ponte", "la galleria", "il raccordo", "la stazione",
          "il deposito", "il mercato", "la diga", "il parcheggio", "il lungomare"]  # fmt: skip


def _own(title: str) -> tuple[str, str]:
    """Paragraphs that no other title has: near-identical texts of one outlet are one article."""
    chance = random.Random(title)
    towns, works = chance.sample(_TOWNS, 6), chance.sample(_WORKS, 6)
    pairs = zip(towns, works, strict=True)
    plans = "; ".join(f"a {town} {work} sarà pronto tra {chance.randint(2, 90)} mesi" for town, work in pairs)
    return f"Il ministro ha firmato lunedì a {towns[0]} l'accordo per {works[0]}.", f"{title}: {plans}."


def article(title: str, *more: str, published: str = "2025-03-10T18:30:00+01:00") -> bytes:
    head = f"<title>{title}</title>" + data("NewsArticle", headline=title, datePublished=published)
    return page(head, f"<article><h1>{title}</h1>{paragraphs((*_own(title), *more))}</article>")


def rss(site: HTTPServer, *paths: str) -> bytes:
    items = "".join(f"<item><title>{p}</title><link>{site.url_for(p)}</link></item>" for p in paths)
    return f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()


class Site:
    """A site whose answers are set by path: bytes, a status, or a function; everything asked is kept."""

    def __init__(self, server: HTTPServer) -> None:
        self.server, self.asked = server, list[Request]()
        self.answers: dict[str, Any] = {}

        server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        self.asked.append(request)
        answer = self.answers.get(request.path, 404)
        if callable(answer) and not isinstance(answer, Response):
            answer = answer(request)
        if isinstance(answer, Response):
            return answer
        return Response(status=answer) if isinstance(answer, int) else Response(answer, mimetype="text/html")

    def url(self, path: str) -> str:
        return self.server.url_for(path)

    def times(self, path: str) -> int:
        return sum(r.path == path for r in self.asked)


class Desk:
    """A record with its watch, on a clock."""

    def __init__(self, path: Path | str) -> None:
        self.clock = Clock()
        self.path = path
        self.store = Store(path, clock=self.clock)
        self.settings = FollowSettings(host_delay=0)
        self.taken: list[Taken] = []

    def follow(self, *urls: str, kind: str = "auto") -> list[str]:
        return add_sources(self.store, [Wanted(u, kind=kind) for u in urls], self.settings, allow_loopback=True)

    def once(self, seconds: float = 5, between: Callable[[], None] | None = None) -> Report:
        self.taken.clear()
        fetcher = Fetcher(Limits(seconds=seconds), allow_loopback=True)
        return Watch(self.store, fetcher, self.settings, tell=self.taken.append).run(once=True, between=between)

    def titles(self) -> list[str]:

        with self.store.reading() as db:
            return sorted(db.execute(sa.select(revisions.c.title)).scalars())

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.writing() as db:
            prepare(db)
            return [dict(row) for row in db.execute(table.select()).mappings()]
