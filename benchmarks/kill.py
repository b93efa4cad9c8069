"""Kills a process that adds to a record at random moments, again and again: nothing may be lost, doubled or damaged.

``python benchmarks/kill.py --trials 200`` prints how it went; the exit status is 1 if anything did.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

LONGEST = 0.4


def child(path: str, first: int) -> None:
    """Add articles for ever, and say so after each."""
    from factories import ITALY, KARATAS, ODESSA, ROVATI, RUSSIA, TURKEY, UKRAINE, Said, reading
    from ultimora.answers import Record

    parties = [([ROVATI], [KARATAS]), ([ITALY], [TURKEY]), ([RUSSIA], [UKRAINE])]
    with Record(path, vectors=lambda _: "") as record:
        number = first
        while True:
            actors, recipients = parties[number % 3]
            day = f"2025-03-{number % 28 + 1:02}"
            said = [
                Said(f"Frase {i} dell'articolo {number}.", actors, recipients, day=day, place=ODESSA, count=i)
                for i in range(6)
            ]
            record.add(reading(f"a{number}", *said, title=f"Articolo {number}"), raw=b"pagina", keys=[f"file:{number}"])
            print(number, flush=True)
            number += 1


def trial(path: str, known: int, chance: random.Random) -> int:
    """One life: the number of the last article that the child said it had added."""
    command = [sys.executable, __file__, "--child", path, str(known)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    last = int(process.stdout.readline())
    time.sleep(chance.random() * LONGEST)
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")
    process.wait()
    said = [int(line) for line in rest[:-1] if line.isdigit()]
    return max([last, *said])


def check(path: str, acknowledged: int) -> tuple[int, list[str]]:
    """How many articles there are, and what is wrong."""
    connection = sqlite3.connect(path)
    wrong = [r[0] for r in connection.execute("PRAGMA integrity_check") if r[0] != "ok"]
    wrong += [str(r) for r in connection.execute("PRAGMA foreign_key_check")]
    keys = [r[0] for r in connection.execute("SELECT key FROM article_keys WHERE key LIKE 'id:a%'")]
    revisions = connection.execute("SELECT count(*), count(DISTINCT article) FROM revisions").fetchone()
    half = connection.execute("SELECT count(*) FROM gists WHERE story IS NULL").fetchone()[0]
    half += connection.execute("SELECT count(*) FROM reports WHERE event IS NULL").fetchone()[0]
    connection.close()
    found = {int(key[4:]) for key in keys}
    if found != set(range(len(found))):
        wrong.append(f"articles are missing among {len(found)}")
    if len(found) not in (acknowledged + 1, acknowledged + 2):
        wrong.append(f"{acknowledged + 1} articles were added, {len(found)} are there")
    if revisions != (len(found), len(found)):
        wrong.append(f"{len(found)} articles, {revisions[0]} revisions")
    if half:
        wrong.append(f"{half} rows stand half done")
    return len(found), wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=2, metavar=("RECORD", "FIRST"))
    given = parser.parse_args()
    if given.child:
        child(given.child[0], int(given.child[1]))
    chance, known, bad = random.Random(given.seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "kill.db")
        for number in range(given.trials):
            known, wrong = check(path, trial(path, known, chance))
            bad += bool(wrong)
            for each in wrong:
                print(f"trial {number}: {each}")
    print(f"{given.trials} kills, {known} articles: {given.trials - bad} times whole, {bad} times not")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
