"""Following the news, simulated on loopback: a day of feeds, and a watch that is killed again and again.

    python benchmarks/following.py day [--feeds 50] [--articles 2000] [--updates 400] [--good-only]
    python benchmarks/following.py kill [--trials 100] [--seed 1]

``day`` runs 24 hours of a clock that is set by hand. Beside the good hosts there are bad ones: slow, endless, failing,
gone, redirecting in circles or inwards, lying about lengths, compression, dates and ETags. Printed is what of the
reachable is in the record, how often, what was reported, and the seconds that the good hosts' articles took.
``kill`` starts ``ultimora watch``, kills it at random while articles appear and change, and compares the record at the
end with what the site served: lost and doubled articles, missing last revisions, and SQLite's own check.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.following.settings import FollowSettings
from ultimora.following.sources import Wanted, add_sources
from ultimora.following.watch import Watch
from ultimora.record.store import Store, canonical_url

SENTENCES = (
    "Il ministro delle Infrastrutture ha firmato lunedì a Genova l'accordo con la Regione per il nuovo terminal.",
    "I sindacati hanno annunciato uno sciopero di ventiquattro ore in tutti gli scali del Nord.",
    "La procura ha aperto un'inchiesta sul crollo della passerella, nel quale sono rimaste ferite tre persone.",
    "Il presidente della Regione incontrerà domani a Roma il commissario straordinario.",
    "Le associazioni dei pescatori hanno presentato un ricorso al tribunale amministrativo.",
    "Secondo la protezione civile le famiglie evacuate sono circa quaranta.",
)
BAD = ("slow", "endless", "failing", "gone", "circle", "inwards", "short", "bomb", "garbage", "restless")


class Site(ThreadingHTTPServer):
    """One host: a feed at ``/feed``, articles below it, and a way of behaving."""

    daemon_threads = True

    def __init__(self, manner: str = "good") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.manner, self.versions, self.asked = manner, dict[str, int](), Counter[str]()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: somebody hung up, and that is what these hosts are for."""

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def body(self, path: str) -> bytes | None:
        """What stands at a path."""
        if path == "/feed":
            items = "".join(f"<item><link>{self.url(p)}</link></item>" for p in list(self.versions))
            return f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
        return self.page(path) if path in self.versions else None

    def page(self, path: str) -> bytes:
        """An article as it stands now."""
        number, version = int(path.rsplit("/", 1)[1]), self.versions[path]
        title = f"Porto di Genova, cronaca numero {number} da {self.server_address[1]}"
        chosen = [SENTENCES[(number + k) % len(SENTENCES)] for k in range(3)]
        more = [f"Aggiornamento numero {version}: i feriti sono {version + 2}."] if version else []
        told = {"@type": "NewsArticle", "headline": title, "datePublished": f"2025-03-10T06:{version:02d}:00+01:00"}
        text = "".join(f"<p>{line}</p>" for line in [*chosen, *more])
        data = f'<script type="application/ld+json">{json.dumps(told)}</script>'
        return f"<!doctype html><html lang=it><title>{title}</title>{data}<h1>{title}</h1>{text}</html>".encode()


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, *_args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        body = b"" if self.path == "/robots.txt" else self.server.body(self.path)
        if body is None:
            self._send(404, b"")
        elif self.server.manner == "good" or self.path in ("/robots.txt", "/feed"):
            self._send(200, body)
        else:
            getattr(self, f"_{self.server.manner}")(body)

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _slow(self, body: bytes) -> None:
        time.sleep(20)
        self._send(200, body)

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
        self._send(200, gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip")

    def _garbage(self, _body: bytes) -> None:
        self.wfile.write(b"\x00\xff" * 500)

    def _restless(self, body: bytes) -> None:
        """Lies about ETag and dates; what it serves can be had."""
        self._send(200, body, ETag=f'"{time.monotonic_ns()}"', Last_Modified="Mon, 99 Foo 0000 99:99:99 GMT")


class Clock:
    """A present that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 10, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present."""
        return self.now


def revisions_of(path: Path) -> dict[str, list[str]]:
    """The texts of every revision by the address of its article."""
    import zlib

    db = sqlite3.connect(path)
    found: dict[str, list[str]] = {}
    for url, packed in db.execute("select url, reading from revisions order by known_at, id"):
        found.setdefault(url, []).append(json.loads(zlib.decompress(packed))["text"])
    db.close()
    return found


def day(args: argparse.Namespace) -> dict[str, Any]:
    rng = random.Random(args.seed)
    bad = [] if args.good_only else [Site(m) for m in BAD]
    good = [Site() for _ in range(args.feeds - (0 if args.good_only else len(BAD)))]
    share = args.articles // args.feeds
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.db"
        store = Store(path, clock=clock)
        settings = FollowSettings(host_delay=0, first=1800, least=900, most=3600)
        add_sources(store, [Wanted(s.url("/feed")) for s in good + bad], settings, allow_loopback=True)
        landed, reasons, counts = [0.0], dict[str, str](), Counter[str]()
        start = [0.0]
        hosts = {s.url("") for s in good}

        def tell(taken: Any) -> None:
            if taken.url.rsplit("/", taken.url.count("/") - 2)[0] in hosts:
                landed[0] = time.monotonic() - start[0]

        spent = 0.0
        for hour in range(24):
            for site in good + bad:
                for number in range(share * hour // 24, share * (hour + 1) // 24):
                    site.versions[f"/articles/{number}"] = 0
            for _ in range(args.updates // 24 if hour else 0):
                site = rng.choice(good)
                if site.versions:
                    site.versions[rng.choice(list(site.versions))] += 1
            start[0], landed[0] = time.monotonic(), 0.0
            fetcher = Fetcher(Limits(size=5_000_000, seconds=args.seconds), allow_loopback=True)
            report = Watch(store, fetcher, settings, tell=tell).run(once=True)
            spent += landed[0]
            counts.update(report.counts)
            reasons |= report.reasons
            clock.now += timedelta(hours=1)
        clock.now += timedelta(days=2)
        for _ in range(3):
            Watch(store, fetcher, settings).run(once=True)
            clock.now += timedelta(days=2)
        store.close()
        found = revisions_of(path)
        waiting = _waiting(path)
    reachable = [s for s in good + bad if s.manner in ("good", "restless")]
    return _compared(reachable, found) | {
        "unreachable": sum(len(s.versions) for s in bad if s not in reachable),
        "reported": sum(s.url(p) in reasons for s in bad if s not in reachable for p in s.versions),
        "waiting": sum(s.url(p) in waiting for s in bad if s not in reachable for p in s.versions),
        "results": dict(counts),
        "seconds_of_the_good": round(spent, 1),
    }


def _waiting(path: Path) -> set[str]:
    """Articles of hosts that are left alone for now; ``ultimora sources list`` counts them."""
    with sqlite3.connect(path) as db:
        return {row[0] for row in db.execute("select url from followed_entries where visits = 0")}


def _compared(sites: list[Site], found: dict[str, list[str]]) -> dict[str, Any]:
    """The record beside what was served."""
    served = {canonical_url(s.url(p)): (s, p) for s in sites for p in s.versions}
    kept = {canonical_url(url): texts for url, texts in found.items()}
    stale = [u for u, (s, p) in served.items() if u in kept and not _is_last(kept[u], s.versions[p])]
    return {
        "articles": len(served),
        "lost": len(served.keys() - kept.keys()),
        "doubled": len(found) - len(kept) + sum(len(t) != len(set(t)) for t in kept.values()),
        "not_up_to_date": len(stale),
        "revisions": sum(map(len, kept.values())),
        "foreign": len(kept.keys() - served.keys()),
    }


def _is_last(texts: list[str], version: int) -> bool:
    return any(f"Aggiornamento numero {version}:" in t for t in texts) if version else bool(texts)


def kill(args: argparse.Namespace) -> dict[str, Any]:
    rng, sites = random.Random(args.seed), [Site() for _ in range(5)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kill.db"
        settings = {
            "FOLLOW__LEAST": "1",
            "FOLLOW__FIRST": "1",
            "FOLLOW__HOST_DELAY": "0",
            "FETCH__ALLOW_LOOPBACK": "true",
        }
        env = os.environ | {f"ULTIMORA_{k}": v for k, v in settings.items()} | {"OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "ultimora", "watch", "--record", str(path)]
        store = Store(path)
        add_sources(
            store, [Wanted(s.url("/feed")) for s in sites], FollowSettings(first=1, least=1), allow_loopback=True
        )
        store.close()
        number, killed_at_work = 0, 0
        for _ in range(args.trials):
            for site in rng.sample(sites, 2):
                site.versions[f"/articles/{number}"] = 0
                number += 1
                site.versions[rng.choice(list(site.versions))] += 1
            process = subprocess.Popen(
                command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            before = sum(sum(s.asked.values()) for s in sites)
            time.sleep(rng.uniform(0.5, args.longest))
            killed_at_work += sum(sum(s.asked.values()) for s in sites) > before
            process.send_signal(signal.SIGKILL)
            process.wait()
        for _ in range(6):
            subprocess.run([*command, "--once"], env=env, cwd=folder, capture_output=True, check=False)
            time.sleep(4)
        db = sqlite3.connect(path)
        check = db.execute("pragma integrity_check").fetchone()[0]
        db.close()
        found = revisions_of(path)
    return {"trials": args.trials, "killed_while_at_work": killed_at_work, "integrity": check} | _compared(sites, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["day", "kill"])
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--updates", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=1.5, help="what one fetch may take")
    parser.add_argument("--good-only", action="store_true")
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--longest", type=float, default=6.0, help="seconds until the kill, at most")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps(day(args) if args.what == "day" else kill(args)))


if __name__ == "__main__":
    main()
