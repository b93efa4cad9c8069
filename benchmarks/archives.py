"""Archives of any size, and what it costs to read them: how cost, memory and speed go with size, workers and repeats.

    python -m benchmarks.archives make FOLDER --articles 20000 [--repeats 0.6] [--sentences 12] [--kind jsonl|warc]
    python -m benchmarks.archives measure [--sizes 100,300,1000] [--workers 60] [--repeat 200] [--plots DIR]

``make`` writes an archive, the same for the same arguments: articles of several outlets in two languages, their lengths
spread as those of news (log-normal), of whose sentences a share stands in an earlier article, word for word and in a
row, as where papers print an agency. ``measure`` makes some and reads them, prints one JSON object, and writes charts
as SVG. Ratios hold within one run; the absolute figures do not travel.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections import deque
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml
from benchmarks.plot import chart
from benchmarks.simulator.words import load

from ultimora.scale.run import Order, Run

_BEGIN = datetime.fromisoformat("2026-01-05T06:00:00+01:00")
_LATELY = 40
_A_FILE = 1000


@cache
def words() -> dict[str, Any]:
    return dict(yaml.safe_load((Path(__file__).parent / "archive_words.yaml").read_text(encoding="utf-8")))


@cache
def people() -> list[str]:
    return [f"{p[0]} {p[1]}" for each in load("dev")["people"].values() for p in each]


class Press:
    """Writes articles by lot."""

    def __init__(self, seed: int, repeats: float, sentences: float, minutes: float = 4.0) -> None:
        self.dice, self.repeats, self.sentences, self.minutes = Random(seed), repeats, sentences, minutes
        self.lately: dict[str, deque[list[str]]] = {language: deque(maxlen=_LATELY) for language in words()}
        self.total = self.copied = 0

    def article(self, number: int) -> dict[str, str]:
        """The next article, as JSON Lines have it."""
        language = self.dice.choice(list(words()))
        told = words()[language]
        body = self._body(language)
        outlet = self.dice.choice(told["outlets"])
        published = _BEGIN + timedelta(minutes=self.minutes * number)
        paragraphs = [
            "\n".join([self._fill(told, told["titles"])]),
            *(" ".join(body[i : i + 3]) for i in range(0, len(body), 3)),
        ]
        slug = "-".join(outlet.lower().split())
        return {
            "id": f"a{number:08d}", "url": f"https://{slug}.example/{published:%Y/%m/%d}/{number}", "outlet": outlet,
            "language": language, "published": published.isoformat(), "text": "\n\n".join(paragraphs),
        }  # fmt: skip

    def _body(self, language: str) -> list[str]:
        length = max(3, min(60, round(self.dice.lognormvariate(math.log(self.sentences), 0.5))))
        told = words()[language]
        wanted = round(length * self.repeats)
        # Printed by others too: as much as is wanted of one dispatch, and of a second where the first is shorter.
        chosen = self.dice.sample(list(self.lately[language]), min(2, len(self.lately[language])))
        copied = list(dict.fromkeys(s for earlier in chosen for s in earlier))[:wanted]
        fresh = [self._fill(told, told["sentences"]) for _ in range(length - len(copied))]
        self.lately[language].append([*fresh, *copied])
        self.total, self.copied = self.total + length, self.copied + len(copied)
        return [*copied, *fresh]

    def _fill(self, told: dict[str, Any], wordings: list[str]) -> str:
        who, other = self.dice.sample(people(), 2)
        filled = self.dice.choice(wordings).format(
            who=who, other=other, town=self.dice.choice(told["towns"]), body=self.dice.choice(told["bodies"]),
            day=self.dice.choice(told["days"]), n=self.dice.randint(2, 900), m=self.dice.randint(10, 22),
            sum=self.dice.randint(2, 9000),
        )  # fmt: skip
        return filled[0].upper() + filled[1:]


def make(
    folder: Path, articles: int, repeats: float = 0.0, sentences: float = 12, kind: str = "jsonl", seed: int = 1
) -> float:
    """Write an archive, a file for every thousand articles; the share of its sentences that repeat."""
    press = Press(seed, repeats, sentences)
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, articles, _A_FILE):
        some = [press.article(n) for n in range(first, min(first + _A_FILE, articles))]
        path = folder / f"{first:08d}.{'warc.gz' if kind == 'warc' else kind}"
        path.write_bytes(b"".join(_packed(each, kind) for each in some))
    return press.copied / press.total


def _packed(article: dict[str, str], kind: str) -> bytes:
    if kind == "jsonl":
        return json.dumps(article, ensure_ascii=False).encode() + b"\n"
    import gzip
    from html import escape

    title, *rest = article["text"].split("\n\n")
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
                       "datePublished": article["published"], "publisher": {"name": article["outlet"]}})  # fmt: skip
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in rest)
    page = (
        f'<!doctype html><html lang="{article["language"]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<script type="application/ld+json">{data}</script></head><body><article><h1>{escape(title)}</h1>'
        f"{paragraphs}</article></body></html>"
    ).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    date = datetime.fromisoformat(article["published"]) + timedelta(minutes=2)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {article['url']}\r\n"
        f"WARC-Date: {(date - date.utcoffset()).replace(tzinfo=None).isoformat()}Z\r\n"  # type: ignore[operator]
        f"WARC-Record-ID: <urn:uuid:{int(article['id'][1:]):032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    return gzip.compress(head + http + b"\r\n\r\n", mtime=0)


# --- measuring ---


def read(archive: Path, folder: Path, workers: int = 1, **more: Any) -> dict[str, float]:
    """Read an archive into a folder; the seconds of each phase: of the processor, of reading also by the clock."""
    times: dict[str, float] = {}
    marks: list[tuple[str, float, float]] = []

    def show(progress: Any) -> None:
        if not marks or marks[-1][0] != progress.phase:
            marks.append((progress.phase, time.perf_counter(), time.process_time()))

    report = Run(Order((str(archive),), str(folder), workers=workers, **more), lambda _w, _f: None, show).done()
    marks.append(("end", time.perf_counter(), time.process_time()))
    for (phase, at, spent), (_, then, after) in pairwise(marks):
        times[f"{phase}_clock"], times[phase] = then - at, after - spent
    times |= {"read": report.tally.seconds, "model": report.tally.model, "articles": report.tally.articles}
    return times


def by_size(folder: Path, sizes: list[int], sentences: float) -> list[dict[str, float]]:
    """What an article costs, by phase, as the archive grows; in milliseconds of the processor."""
    found = []
    for size in sizes:
        archive = folder / f"size{size}"
        make(archive, size, 0.2, sentences)
        spent = read(archive, folder / f"out{size}")
        row = {name: round(1000 * spent[name] / size, 2) for name in ("read", "model", "joining", "writing")}
        whole = spent["read"] + spent["joining"] + spent["writing"]
        row |= {"articles": size, "outside_model": round(1 - spent["model"] / whole, 3)}
        row |= {"outside_model_reading": round(1 - spent["model"] / spent["read"], 3)}
        print(json.dumps(row), file=sys.stderr, flush=True)
        found.append(row)
        shutil.rmtree(folder / f"out{size}")
    return found


def by_workers(folder: Path, size: int, sentences: float, times: int = 3) -> dict[str, Any]:
    """How much faster two processes read than one, taken in turns, by the clock; most of it is the machine's load."""
    archive = folder / "workers"
    make(archive, size, 0.2, sentences)
    rates: dict[int, list[float]] = {1: [], 2: []}
    for number in range(times):
        for workers in (1, 2):
            out = folder / f"w{workers}-{number}"
            rates[workers].append(size / read(archive, out, workers, most=8)["reading_clock"])
            shutil.rmtree(out)
    ratios = [b / a for a, b in zip(rates[1], rates[2], strict=True)]
    return {"articles_a_second": rates, "two_to_one": round(statistics.median(ratios), 2), "each": ratios}


def by_repeats(folder: Path, size: int, sentences: float) -> dict[str, float]:
    """What reading costs where 60 % of the sentences repeat, beside none; of the processor."""
    spent = {}
    for repeats in (0.0, 0.6):
        archive = folder / f"repeats{repeats}"
        share = make(archive, size, repeats, sentences)
        spent[repeats] = read(archive, folder / f"r{repeats}") | {"share": share}
    parts = {n: round(spent[0.6][n] / spent[0.0][n], 3) for n in ("read", "model", "joining")}
    whole = [spent[r]["read"] + spent[r]["joining"] + spent[r]["writing"] for r in (0.6, 0.0)]
    return parts | {"whole": round(whole[0] / whole[1], 3), "share": round(spent[0.6]["share"], 3)}


def memory(folder: Path, size: int, sentences: float) -> list[tuple[float, float]]:
    """The memory of a worker, in MB, as it reads on: after every stretch, by articles read."""
    from ultimora.articles.inputs import Given
    from ultimora.scale.chunks import cut
    from ultimora.scale.reading import Reader, Settings

    archive = folder / "memory"
    make(archive, size, 0.2, sentences)
    reader = Reader(Settings(Given(), None, "2026-01-01T00:00:00+00:00", True, 32, folder / "memory.parses"))
    found, done = [], 0
    for file in sorted(archive.iterdir()):
        for chunk in cut(str(file), 32).chunks:
            done += reader.read(chunk).articles
            found.append((float(done), _resident()))
    reader.close()
    return found


def _resident() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def draw(found: dict[str, Any], folder: Path) -> None:
    sizes = found["by_size"]
    lines = {n: [(r["articles"], r[n]) for r in sizes] for n in ("model", "read", "joining", "writing")}
    limit = {"1.3 × reading the first": 1.3 * sizes[0]["read"]}
    made = chart("What an article costs", "articles in the archive", "ms of processor", lines, limit)
    (folder / "archive-cost.svg").write_text(made, encoding="utf-8")
    made = chart("Memory of a worker", "articles read", "MB", {"resident": found["memory"]})
    (folder / "archive-memory.svg").write_text(made, encoding="utf-8")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"sentences": args.sentences}
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder, sizes = Path(name), [int(s) for s in args.sizes.split(",")]
        for key, get in (
            ("by_repeats", lambda: by_repeats(folder, args.repeat, args.sentences)),
            ("by_workers", lambda: by_workers(folder, args.workers, args.sentences)),
            ("memory", lambda: memory(folder, args.memory, args.sentences)),
            ("by_size", lambda: by_size(folder, sizes, args.sentences)),
        ):
            found[key] = get()
            print(json.dumps({key: found[key]}), file=sys.stderr, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make")
    maker.add_argument("folder", type=Path)
    maker.add_argument("--articles", type=int, default=1000)
    maker.add_argument("--repeats", type=float, default=0.2)
    maker.add_argument("--kind", choices=("jsonl", "warc"), default="jsonl")
    maker.add_argument("--seed", type=int, default=1)
    measurer = commands.add_parser("measure")
    measurer.add_argument("--sizes", default="100,300,1000")
    measurer.add_argument("--workers", type=int, default=60)
    measurer.add_argument("--repeat", type=int, default=200)
    measurer.add_argument("--memory", type=int, default=1000)
    measurer.add_argument("--folder", type=Path, help="where archives are made; a temporary one, if not given")
    measurer.add_argument("--plots", type=Path, default=Path(__file__).parent)
    for each in (maker, measurer):
        each.add_argument("--sentences", type=float, default=12, help="of a middling article")
    args = parser.parse_args()
    if args.command == "make":
        share = make(args.folder, args.articles, args.repeats, args.sentences, args.kind, args.seed)
        print(json.dumps({"articles": args.articles, "repeated": round(share, 3)}))
        return
    found = measure(args)
    draw(found, args.plots)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
