"""An archive read through Ray while workers and whole nodes are killed: nothing may be lost or doubled.

    python -m benchmarks.faults [--articles 40] [--kills 10] [--sentences 4] [--seed 1]

A cluster of a head and two nodes of one core each is started on this machine. After each stretch that is read, a worker
or a whole node, by turns, is killed with SIGKILL until there were enough; a node is replaced by a new one. In the end
the tables must have the same bytes as those that one process made. Printed is one JSON object: how many were killed,
how many tasks died with them, the longest time from a death until the next stretch was read, and what differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.archives import make
from ray.cluster_utils import Cluster

from ultimora.scale.run import Order, Report, Run

_TABLES = ("readings", "claims", "events", "stories")


class Trial:
    """A cluster, and what was killed of it."""

    def __init__(self, kills: int, seed: int) -> None:
        self.cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        self.nodes = [self.cluster.add_node(num_cpus=1) for _ in range(2)]
        self.left, self.dice = kills, random.Random(seed)
        self.killed, self.died, self.waits = {"worker": 0, "node": 0}, 0, list[float]()
        self._since: float | None = None

    def tell(self, word: str, _facts: dict[str, Any]) -> None:
        """Hear what a run does, and kill something after each stretch."""
        if word == "died":
            self.died += 1
            self._since = self._since or time.monotonic()
        if word != "read":
            return
        if self._since is not None:
            self.waits.append(time.monotonic() - self._since)
            self._since = None
        if self.left:
            self.kill()

    def kill(self) -> None:
        """Kill a worker or a node, in turn."""
        node = self.dice.choice(self.nodes)
        if self.killed["worker"] > self.killed["node"]:
            self.cluster.remove_node(node, allow_graceful=False)
            self.nodes[self.nodes.index(node)] = self.cluster.add_node(num_cpus=1)
            self.killed["node"] += 1
            self.left -= 1
            return
        for each in (node, *self.nodes):
            if (worker := next(workers(each), None)) is not None:
                os.kill(worker, signal.SIGKILL)
                self.killed["worker"] += 1
                self.left -= 1
                return


def workers(node: Any) -> Iterator[int]:
    """The processes of a node that read."""
    raylets = {str(each.process.pid) for each in node.all_processes["raylet"]}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            parent = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("PPid"))
            if parent in raylets and b"_Actor" in status.with_name("cmdline").read_bytes():
                yield int(status.parent.name)


def written(out: Path) -> dict[str, bytes]:
    """The tables of a folder, by name."""
    return {str(p.relative_to(out)): p.read_bytes() for kind in _TABLES for p in sorted((out / kind).glob("*"))}


def run(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Read the same archive in one process and in a cluster that is killed piece by piece."""
    archive = folder / "archive"
    make(archive, given.articles, 0.2, given.sentences)
    common: dict[str, Any] = {"most": 2}
    Run(Order((str(archive),), str(folder / "one"), **common), lambda _w, _f: None).done()
    trial = Trial(given.kills, given.seed)
    try:
        order = Order(
            (str(archive),), str(folder / "ray"), engine="ray", address=trial.cluster.address, workers=2, **common
        )
        report: Report = Run(order, trial.tell).done()
    finally:
        trial.cluster.shutdown()
    one, ray = written(folder / "one"), written(folder / "ray")
    differs = sorted(name for name in one.keys() | ray.keys() if one.get(name) != ray.get(name))
    told = {"articles": report.tally.articles, "aside": report.tally.aside, "killed": trial.killed, "died": trial.died}
    return told | {"longest_wait": round(max(trial.waits, default=0.0), 1), "differs": differs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--sentences", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), given)
    print(json.dumps(told))
    sys.exit(bool(told["differs"]) or told["articles"] != given.articles or sum(told["killed"].values()) < given.kills)


if __name__ == "__main__":
    main()
