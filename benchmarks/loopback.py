"""Newspapers on loopback, in a process of their own: some behave, some do not.

A ``Town`` has one host a site, each with a feed at ``/feed``, articles below ``/articles/`` and a manner. The manners
below ``REACHABLE`` give their articles sooner or later, whatever else they do; those of ``UNREACHABLE`` have a feed but
no article of theirs can be had; of those in ``FEEDLESS`` not even the feed.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REACHABLE = ("good", "plain", "restless", "moved", "flaky", "busy", "late", "dated", "curt")
UNREACHABLE = ("slow", "drip", "endless", "failing", "gone", "circle", "inwards", "short", "bomb", "garbage")
FEEDLESS = ("feed_gone", "feed_page", "feed_endless", "feed_slow", "feed_garbage")
KINDS = ("rss", "atom", "json", "sitemap")


@dataclass(frozen=True)
class Piece:
    """An article as it stands now. ``published`` is an ISO instant with offset."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    published: str
    modified: str | None = None


class Site(ThreadingHTTPServer):
    """One host."""

    daemon_threads = True

    def __init__(self, manner: str, kind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.manner, self.kind = manner, kind
        self.pieces, self.asked = dict[str, Piece](), Counter[str]()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: somebody hung up, and that is what these hosts are for."""

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def feed(self) -> tuple[bytes, str]:
        """The feed as it stands now, and its media type."""
        items = [(self.url(path), piece) for path, piece in list(self.pieces.items())]
        if self.kind == "json":
            told = {"title": "F", "items": [{"id": u, "url": u, "title": p.title} for u, p in items]}
            return json.dumps(told).encode(), "application/feed+json"
        made = "".join(self._item(url, piece) for url, piece in items)
        return _FEEDS[self.kind].format(made).encode(), "application/xml"

    def _item(self, url: str, piece: Piece) -> str:
        if self.kind == "atom":
            return f"<entry><id>{url}</id><link href='{url}'/></entry>"
        if self.kind == "sitemap":
            return f"<url><loc>{url}</loc></url>"
        told = "Mon, 99 Foo 9999 99:99:99" if self.manner == "dated" else piece.published
        return f"<item><link>{url}</link><pubDate>{told}</pubDate></item>"

    def page(self, path: str) -> bytes:
        """An article's page."""
        piece = self.pieces[path]
        published = "2099-02-31T00:00:00Z" if self.manner == "dated" else piece.published
        told: dict[str, Any] = {"@type": "NewsArticle", "headline": piece.title, "datePublished": published}
        told |= {"dateModified": piece.modified} if piece.modified else {}
        told |= {"publisher": {"name": f"La Gazzetta {self.server_address[1]}"}}
        text = "".join(f"<p>{p}</p>" for p in piece.paragraphs)
        data = f'<script type="application/ld+json">{json.dumps(told)}</script>'
        head = f"<!doctype html><html lang={piece.language}><head><title>{piece.title}</title>{data}</head>"
        return f"{head}<body><article><h1>{piece.title}</h1>{text}</article></body></html>".encode()


_FEEDS = {
    "rss": "<rss version='2.0'><channel><title>F</title>{}</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>{}</feed>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>",
}


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, *_args: Any) -> None:
        pass

    def do_GET(self) -> None:
        site = self.server
        site.asked[self.path] += 1
        path = self.path.replace("/story/", "/articles/") if site.manner == "moved" else self.path
        if self.path == "/robots.txt":
            self._send(404, b"")
        elif self.path == "/feed" and site.manner in FEEDLESS:
            getattr(self, "_" + site.manner.removeprefix("feed_"))(b"<!doctype html><title>F</title><div id=app></div>")
        elif self.path == "/feed":
            body, kind = site.feed()
            self._send(200, body, Content_Type=kind)
        elif path not in site.pieces:
            self._send(404, b"")
        else:
            getattr(self, f"_{site.manner}")(site.page(path))

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        defaults = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8"}
        for name, value in (defaults | {n.replace("_", "-"): v for n, v in headers.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    # --- those whose articles can be had ---

    def _good(self, body: bytes) -> None:
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"")
        else:
            self._send(200, body, ETag=tag)

    def _plain(self, body: bytes) -> None:
        self._send(200, body)

    def _restless(self, body: bytes) -> None:
        """Lies about ETag and dates."""
        self._send(200, body, ETag=f'"{time.monotonic_ns()}"', Last_Modified="Mon, 99 Foo 0000 99:99:99 GMT")

    def _moved(self, body: bytes) -> None:
        if self.path.startswith("/articles/"):
            self._send(301, b"", Location=self.path.replace("/articles/", "/story/"))
        else:
            self._send(200, body)

    def _flaky(self, body: bytes) -> None:
        self._send(500, b"") if self.server.asked[self.path] % 3 == 1 else self._send(200, body)

    def _busy(self, body: bytes) -> None:
        self.server.asked["busy"] += 1
        if self.server.asked["busy"] <= 3:
            self._send(503, b"", Retry_After="3600")
        else:
            self._send(200, body)

    def _late(self, body: bytes) -> None:
        time.sleep(0.4)
        self._send(200, body)

    def _dated(self, body: bytes) -> None:
        self._send(200, body, Date=format_datetime(_LONG_AGO), Last_Modified="tomorrow")

    def _curt(self, body: bytes) -> None:
        """Says that the page is shorter than it is, by what stands after the article."""
        self._send(200, body + b"<!-- more than was said -->", Content_Length=str(len(body)))

    # --- those whose articles cannot ---

    def _slow(self, body: bytes) -> None:
        time.sleep(20)
        self._send(200, body)

    def _drip(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.2)

    def _endless(self, _body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"<p>" + b"e ancora " * 1000)

    def _failing(self, _body: bytes) -> None:
        self._send(500, b"")

    def _gone(self, _body: bytes) -> None:
        self._send(410, b"")

    def _circle(self, _body: bytes) -> None:
        self._send(302, b"", Location=self.path)

    def _inwards(self, _body: bytes) -> None:
        self._send(302, b"", Location="http://169.254.169.254/latest/meta-data/")

    def _short(self, body: bytes) -> None:
        self._send(200, body, Content_Length=str(len(body) * 2))
        self.close_connection = True

    def _bomb(self, _body: bytes) -> None:
        self._send(200, _BOMB, Content_Encoding="gzip")

    def _garbage(self, _body: bytes) -> None:
        self.wfile.write(b"\x00\xff" * 500)

    _page = _plain


_BOMB = gzip.compress(b"\0" * 30_000_000)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Town:
    """Sites in a process of their own, and what is known here of what they serve."""

    def __init__(self, manners: Sequence[str]) -> None:
        """Open a site for each manner; the kinds of feeds take turns."""
        ours, theirs = multiprocessing.Pipe()
        self.manners, self._pipe = list(manners), ours
        self._process = multiprocessing.get_context("spawn").Process(target=_run, args=(theirs, self.manners))
        self._process.start()
        self.ports: list[int] = ours.recv()
        self.pieces: list[dict[str, Piece]] = [{} for _ in manners]

    def __enter__(self) -> Town:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.join()

    def url(self, site: int, path: str) -> str:
        """The address of a path of a site."""
        return f"http://127.0.0.1:{self.ports[site]}{path}"

    def stands_at(self, site: int, path: str) -> str:
        """Where an article is found in the end."""
        return self.url(site, path.replace("/articles/", "/story/") if self.manners[site] == "moved" else path)

    def publish(self, site: int, path: str, piece: Piece) -> None:
        """Put an article up, or another version of it."""
        self.pieces[site][path] = piece
        self._pipe.send((site, path, piece))
        self._pipe.recv()

    def asked(self) -> int:
        """How many requests there were."""
        self._pipe.send(None)
        return int(self._pipe.recv())


def _run(pipe: Any, manners: list[str]) -> None:
    sites = [Site(manner, KINDS[n % len(KINDS)]) for n, manner in enumerate(manners)]
    pipe.send([site.server_address[1] for site in sites])
    while True:
        told = pipe.recv()
        if told is None:
            pipe.send(sum(sum(s.asked.values()) for s in sites))
            continue
        site, path, piece = told
        sites[site].pieces[path] = piece
        pipe.send(True)
