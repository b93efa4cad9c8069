"""Many clients at once ask a record in PostgreSQL, as pgbench does: ``last``, ``next`` and ``timeline`` about people.

    PYTHONPATH=.:tests python -m benchmarks.clients [--claims 200000] [--clients 20] [--seconds 60] [--pause 0]
        [--worlds 6] [--record postgresql://…]

The record is the one of ``benchmarks.scale``: simulated articles, copied a week earlier each until there are so many
claims. It is copied into a server on this machine with ``ultimora copy``, which is timed. Then each client, a process
of its own, asks one question after the other for so many seconds, with a pause between if one is given; once alone and
once with all the others. Printed is one JSON object: questions a second, and median and 95th percentile by question.
With ``--record`` a record that is there is asked instead.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks import scale
from postgres import Server
from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.following.tables import following_metadata, leases
from ultimora.record.copying import copy
from ultimora.record.store import Store

Times = dict[str, list[float]]


def build(path: Path, worlds: int, claims: int) -> int:
    """A record with so many claims; the number of copies in it."""
    scale.build(path, worlds)
    copier, copies = scale.Copier(path), 0
    while copier.counts()["claims"] < claims:
        copies += 1
        copier.copy(copies)
    print(json.dumps(copier.counts()), file=sys.stderr, flush=True)
    copier.database.close()
    return copies


def moved(path: Path, address: str) -> dict[str, Any]:
    """Copy it to the server."""
    source, target, began = Store(path), Store(address, unfinished=True), time.monotonic()
    for step in copy(source, target, following_metadata, without=(leases,)):
        done = step.done
    seconds = time.monotonic() - began
    with target.writing() as db:
        db.exec_driver_sql("ANALYZE")
    source.close()
    target.close()
    return {"rows": done, "seconds": round(seconds, 1), "rows_a_second": round(done / seconds)}


def ask(address: str, copies: int, seed: int, seconds: float, pause: float) -> Times:
    """One client."""
    dice, found = random.Random(seed), defaultdict[str, list[float]](list)
    with Record(address, create=False, clock=lambda: scale.NOW) as record:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            a, b = next(scale._pairs(copies, dice, 1))
            name = dice.choice(("last", "next", "timeline"))
            began = time.perf_counter()
            with suppress(NoAnswer):
                getattr(record, name)(*((a,) if name == "timeline" else (a, b)))
            found[name].append(1000 * (time.perf_counter() - began))
            time.sleep(pause)
    return found


def together(address: str, copies: int, clients: int, seconds: float, pause: float) -> dict[str, Any]:
    """All clients at once."""
    with tempfile.TemporaryDirectory() as folder:
        children = []
        for number in range(clients):
            child = os.fork()
            if child == 0:
                found = ask(address, copies, number + 1, seconds, pause)
                (Path(folder) / str(number)).write_text(json.dumps(found), "utf-8")
                os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, 0)
        every = [json.loads(file.read_text("utf-8")) for file in sorted(Path(folder).iterdir())]
    told: dict[str, Any] = {"clients": len(every), "pause": pause}
    for name in ("last", "next", "timeline"):
        times = sorted(t for each in every for t in each.get(name, ()))
        p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
        told[name] = {"asked": len(times), "median_ms": round(times[len(times) // 2], 1), "p95_ms": round(p95, 1)}
    return told | {"a_second": round(sum(told[n]["asked"] for n in ("last", "next", "timeline")) / seconds, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("claims", 200_000), ("clients", 20), ("worlds", 6), ("copies", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--record")
    given = parser.parse_args()
    told: dict[str, Any] = {"claims": given.claims}
    if given.record:
        told["asked"] = [
            together(given.record, given.copies, n, given.seconds, given.pause) for n in (1, given.clients)
        ]
        print(json.dumps(told, indent=2))
        return
    server = Server(options=("shared_buffers=1GB", "synchronous_commit=on"))
    try:
        with tempfile.TemporaryDirectory() as folder:
            path, address = Path(folder) / "clients.db", server.database()
            copies = build(path, given.worlds, given.claims)
            told["copied"] = moved(path, address)
            print(json.dumps(told), file=sys.stderr, flush=True)
        told["asked"] = [
            together(address, copies, 1, given.seconds / 3, 0),
            together(address, copies, given.clients, given.seconds, given.pause),
            together(address, copies, given.clients, given.seconds, max(given.pause, 5.0)),
        ]
    finally:
        server.remove()
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
