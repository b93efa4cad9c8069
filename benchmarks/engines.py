"""One archive through every engine: how much faster more of them read, and whether they make the same record.

    PYTHONPATH=.:tests python -m benchmarks.engines speed [--articles 400] [--times 3]
    PYTHONPATH=.:tests python -m benchmarks.engines same [--articles 20000] [--folder DIR]

``speed`` reads the same archive by turns in one process, in two, and on two Ray nodes of one core each, and compares by
the clock how many articles a second were read once all workers were at it: what a cluster takes to start is not in it.
``same`` fills four records from one archive (one process, two, Ray on two nodes, and two processes into PostgreSQL) and
compares tables byte by byte and records event by event. With ``--folder`` it goes on where it was cut off. Printed is
one JSON object. Several ``watch`` workers are compared by ``benchmarks/workers.py``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.archives import make
from benchmarks.faults import written
from benchmarks.workers import state

from postgres import Server
from ultimora.record.store import Store
from ultimora.scale.run import Order, Run

_WAYS: dict[str, dict[str, Any]] = {
    "one process": {"workers": 1},
    "two processes": {"workers": 2},
    "ray": {"workers": 2, "engine": "ray"},
    "postgresql": {"workers": 2},
}


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a Ray cluster of two nodes of one core each, and a head that does no work."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        for _ in range(2):
            made.add_node(num_cpus=1)
        yield made.address
    finally:
        made.shutdown()


@contextmanager
def database(folder: Path) -> Iterator[dict[str, Any]]:
    """A fresh PostgreSQL record, and the folder for what is read."""
    server = Server()
    try:
        yield {"out": server.database(), "work": folder / "work"}
    finally:
        server.remove()


def read(archive: Path, way: str, out: Path | str, **more: Any) -> dict[str, float]:
    """Fill a record in one of the ways; the clock's seconds, and articles a second once all workers read."""
    marks: list[tuple[float, int]] = []

    def tell(word: str, facts: dict[str, Any]) -> None:
        if word == "read":
            marks.append((time.perf_counter(), int(facts["articles"])))

    options = {"known_at": "published"} | _WAYS[way] | more
    began = time.perf_counter()
    with cluster() if way == "ray" else nullcontext(None) as address:
        report = Run(Order((str(archive),), str(out), address=address, **options), tell).done()
    told = {"seconds": round(time.perf_counter() - began, 1), "articles": report.tally.articles}
    first = int(options["workers"])  # until every worker has read one stretch, some were still starting
    if len(marks) > first:
        told["rate"] = sum(n for _, n in marks[first:]) / (marks[-1][0] - marks[first - 1][0])
    return told


def speed(folder: Path, articles: int, times: int) -> dict[str, Any]:
    """Articles a second in each way, taken in turns, and what more workers gain."""
    archive = folder / "archive"
    make(archive, articles, 0.2)
    ways = ("one process", "two processes", "ray")
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(times):
        for way in ways:
            rates[way].append(round(read(archive, way, folder / f"{way}{number}", most=8)["rate"], 2))
            print(json.dumps({way: rates[way]}), file=sys.stderr, flush=True)
    gains = {w: [round(b / a, 2) for a, b in zip(rates[ways[0]], rates[w], strict=True)] for w in ways[1:]}
    return {"articles_a_second": rates, "gains": gains, "median": {w: statistics.median(g) for w, g in gains.items()}}


def said(name: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """All that a record says: a digest of each event with its history, and which revisions are in which story."""
    store = Store(name)
    try:
        events, stories = state(store)
    finally:
        store.close()
    told = {e: _digest(json.dumps(each, sort_keys=True, default=str).encode()) for e, each in events.items()}
    return told, [(str(revision), str(story)) for revision, story in stories]


def tables(out: Path) -> dict[str, str]:
    """A digest of each file of the tables."""
    return {name: _digest(data) for name, data in written(out).items()}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def same(folder: Path, articles: int) -> dict[str, Any]:
    """What differs between the records, and what each took by the clock."""
    archive = folder / "archive"
    if not archive.exists():
        make(archive, articles, 0.2)
    told: dict[str, Any] = {"articles": articles, "differs": {}}
    first: Any = None
    for way in _WAYS:
        kept = folder / f"{way}.json"
        if not kept.exists():
            kept.write_text(json.dumps(_one(archive, way, folder / way)), encoding="utf-8")
        made = json.loads(kept.read_text(encoding="utf-8"))
        told[way] = made["took"]
        first = first or made
        one, other = first["events"], made["events"]
        differs = [e for e in one.keys() | other.keys() if one.get(e) != other.get(e)]
        told["differs"][way] = {
            "events": len(differs), "stories": first["stories"] != made["stories"],
            "tables": way != "postgresql" and first["tables"] != made["tables"],
        }  # fmt: skip
        told["events"], told["tables"] = len(one), len(first["tables"])
        print(json.dumps(told), file=sys.stderr, flush=True)
    return told


def _one(archive: Path, way: str, out: Path) -> dict[str, Any]:
    if way != "postgresql":
        took = read(archive, way, out)
        events, stories = said(str(out / "record.db"))
        return {"took": took, "events": events, "stories": stories, "tables": tables(out)}
    out.mkdir(parents=True, exist_ok=True)
    with database(out) as where:
        took = read(archive, way, where["out"], work=where["work"])
        events, stories = said(where["out"])
    return {"took": took, "events": events, "stories": stories, "tables": {}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    quick = commands.add_parser("speed")
    quick.add_argument("--times", type=int, default=3)
    alike = commands.add_parser("same")
    for each, articles in ((quick, 400), (alike, 20_000)):
        each.add_argument("--articles", type=int, default=articles)
        each.add_argument("--folder", type=Path, help="where all is made; a temporary one, if not given")
    given = parser.parse_args()
    with nullcontext(given.folder) if given.folder else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        made = speed(folder, given.articles, given.times) if given.command == "speed" else same(folder, given.articles)
    print(json.dumps(made))


if __name__ == "__main__":
    main()
