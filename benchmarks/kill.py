"""kill -9 at random moments while articles are added: no revision is lost or doubled, and the file stays whole.

    python -m benchmarks.kill [--trials 200] [--seed 1]

A child adds the revisions of a simulated world, one transaction each, and says so after each one; it is killed after a
random while. Then the file is checked (``integrity_check``, ``foreign_key_check``), every revision that was said to be
added must be there, and none twice. The next child goes on with the same file until all are in; then the record must
say, event by event, what one says that was never disturbed. Prints one JSON object; the exit status is 1 if anything
was wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.simulator import readings
from benchmarks.simulator.newsroom import world

from ultimora.answers import Record
from ultimora.answers.present import found
from ultimora.serial import to_data
from ultimora.types import Reading

Made = list[tuple[Reading, str]]
_LONGEST = 0.6


def add(path: Path, made: Made, acknowledged: int) -> None:
    """Add everything, and write the number of each one that is in to a pipe."""
    with Record(path) as record:
        for number, (reading, seen) in enumerate(made):
            record.add(reading, seen=seen)
            os.write(acknowledged, f"{number}\n".encode())


def trial(path: Path, made: Made, seconds: float) -> tuple[int, bool]:
    """Let a child add, and kill it after some seconds; how many it had said to be in, and whether it was killed."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        add(path, made, write_end)
        os._exit(0)
    os.close(write_end)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(read_end) as pipe:
        said = len(pipe.read().split())
    _, status = os.waitpid(child, 0)
    return said, os.WIFSIGNALED(status)


def wrong(path: Path, said: int) -> list[str]:
    """What is wrong with a record whose first revisions were said to be in."""
    if not path.exists() or path.stat().st_size == 0:
        return ["acknowledged revisions are lost"] if said else []
    with sqlite3.connect(path) as database:
        if not database.execute("select 1 from sqlite_master where name = 'revisions'").fetchone():
            return ["acknowledged revisions are lost"] if said else []
        checks = [row[0] for row in database.execute("pragma integrity_check")]
        orphans = database.execute("pragma foreign_key_check").fetchall()
        count, distinct = database.execute(
            "select count(*), count(distinct url || coalesce(modified, '') || content) from revisions"
        ).fetchone()
    database.close()
    errors = [] if checks == ["ok"] else [f"integrity_check: {checks[:2]}"]
    errors += [f"{len(orphans)} orphans"] if orphans else []
    errors += [f"{said} were said to be in, {count} are"] if count < said else []
    return errors + ([f"{count - distinct} are there twice"] if distinct != count else [])


def state(path: Path) -> list[Any]:
    """All that a record says."""
    with Record(path) as record, record.store.loader() as loader:
        return [to_data(found(e)) for e in loader.events(loader.find(), history=True)]


def run(trials: int, seed: int) -> dict[str, Any]:
    """The trials: a new record whenever the last one is full."""
    dice = random.Random(seed)
    made = [(readings.true(t, w), readings.seen(t)) for w in [world(seed, "dev")] for t in w.tellings]
    errors: list[str] = []
    killed = records = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.db"
        add(whole, made, os.open(os.devnull, os.O_WRONLY))
        expected, path = state(whole), Path(folder) / "0.db"
        for number in range(trials):
            said, was_killed = trial(path, made, dice.random() * _LONGEST)
            killed += was_killed
            errors += [f"trial {number}: {e}" for e in wrong(path, said)]
            if said == len(made) or dice.random() < 0.05:
                add(path, made, os.open(os.devnull, os.O_WRONLY))
                errors += [] if state(path) == expected else [f"record {path.name} differs from one never disturbed"]
                records += 1
                path = Path(folder) / f"{records}.db"
    return {"trials": trials, "killed": killed, "records_compared": records, "revisions": len(made), "errors": errors}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    report = run(args.trials, args.seed)
    print(json.dumps(report))
    sys.exit(1 if report["errors"] else 0)


if __name__ == "__main__":
    main()
