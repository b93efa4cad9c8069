"""How the record bears size: what it costs to add an article, and to ask, as it grows to a million claims.

    python -m benchmarks.scale [--claims 1000000] [--worlds 24] [--folder DIR] [--plots DIR]

The first articles are simulated ones, added through the store's own path. From there the record grows by copying them:
every row again, a week earlier, with other ids, other addresses and other people (states stay, and every fiftieth copy
shares its first names), written straight into the tables. That is what a record of the same density over years looks
like, and it is made in minutes rather than days. At each size, fresh articles are added through the store's own path,
and questions are asked about people drawn by lot. Times are of the processor. Prints one JSON object and writes two
charts as SVG.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.plot import chart
from benchmarks.simulator import readings
from benchmarks.simulator.newsroom import world
from benchmarks.simulator.words import load

from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.record.schema import metadata

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
NOW = datetime(2027, 3, 1, tzinfo=UTC)
_FRESH = date(2026, 11, 2)
_SHARED = 50
_MOST_ADDED = 16
_HEX = re.compile(r"(?<![0-9a-zA-Z])([0-9a-f]{12})([0-9a-f]{0,20})(?![0-9a-zA-Z])")
_DAY = re.compile(r"(?<!\d)(20\d\d-\d\d-\d\d)(?!\d)")
_HOST = re.compile(r"\.example/")


class Copier:
    """Copies the rows of a record within itself."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=memory", "synchronous=off", "foreign_keys=off", "cache_size=-400000"):
            self.database.execute(f"pragma {pragma}")
        self.tables = {t.name: [c.name for c in t.columns] for t in metadata.sorted_tables if t.name != "meta"}
        self.rows = {name: self.database.execute(f"select * from {name}").fetchall() for name in self.tables}
        people = [p for each in load("dev")["people"].values() for p in each] + list(load("dev")["mayors"].values())
        self.lasts = {word for p in people for word in _forms(p[1])}
        self.firsts = {word for p in people for word in _forms(p[0])} - self.lasts
        words = sorted(self.lasts | self.firsts, key=len, reverse=True)
        self.names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)")

    def copy(self, number: int) -> None:
        """Everything again, ``number`` weeks earlier."""
        change = self._changer(number)
        self.database.execute("begin")
        for name, rows in self.rows.items():
            columns = self.tables[name]
            week = columns.index("week") if "week" in columns else -1
            made = ([v - number if i == week else change(v) for i, v in enumerate(row)] for row in rows)
            marks = ",".join("?" * len(columns))
            self.database.executemany(f"insert or ignore into {name} values ({marks})", made)
        self.database.execute("commit")

    def _changer(self, number: int) -> Callable[[Any], Any]:
        days: dict[str, str] = {}
        salt, last, first = f"{number}|", _letters(number), _letters(number % _SHARED)

        def day(match: re.Match[str]) -> str:
            known = days.get(match[1])
            if known is None:
                known = days[match[1]] = str(date.fromisoformat(match[1]) - timedelta(weeks=number))
            return known

        def ident(match: re.Match[str]) -> str:
            return hashlib.blake2b((salt + match[1]).encode(), digest_size=6).hexdigest() + match[2]

        def change(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            value = _HEX.sub(ident, _DAY.sub(day, value))
            value = self.names.sub(lambda m: m[0] + (last if m[0] in self.lasts else first), value)
            return _HOST.sub(f".example/{number}/", value)

        return change

    def counts(self) -> dict[str, int]:
        """How much there is."""
        found = {
            n: self.database.execute(f"select count(*) from {n}").fetchone()[0]
            for n in ("revisions", "claims", "events")
        }
        return found | {
            "bytes": self.database.execute(
                "select page_count * page_size from pragma_page_count, pragma_page_size"
            ).fetchone()[0]
        }


def _forms(name: str) -> set[str]:
    """A name as it stands in texts and in keys."""
    from ultimora.record.names import plain, tokens

    return {w for w in (*name.split(), *tokens(name), *plain(name).split()) if len(w) > 2}


def _letters(number: int) -> str:
    """A number as letters, so that a name stays one word, and another one however its spelling is made plain."""
    return "q" + "".join(("abcdefglmn", "oprstuvxzi")[at % 2][int(d)] for at, d in enumerate(str(number)))


def build(path: Path, worlds: int) -> None:
    """The first articles, through the store's own path."""
    told = [
        (t.at, readings.true(t, w), readings.seen(t))
        for w in (world(s, "dev") for s in range(1, worlds + 1))
        for t in w.tellings
    ]
    with Record(path, clock=lambda: NOW) as record:
        for _, reading, seen in sorted(told, key=lambda each: each[0]):
            record.add(reading, seen=seen)


def adding(path: Path, number: int) -> float:
    """The median time of adding a fresh article, in milliseconds; they are newer than all the rest."""
    made = world(10_000 + number, "dev", _FRESH + timedelta(weeks=2 * number))
    times = []
    with Record(path, clock=lambda: NOW) as record:
        for telling in made.tellings[:_MOST_ADDED]:
            reading = readings.true(telling, made)
            at = time.process_time()
            record.add(reading, seen=readings.seen(telling))
            times.append(time.process_time() - at)
    return round(1000 * statistics.median(times), 1)


def asking(path: Path, copies: int, dice: random.Random, times: int = 15) -> dict[str, list[float]]:
    """Median and worst time of each question, in milliseconds, about people drawn by lot, and about two states."""
    found: dict[str, list[float]] = {"last": [], "next": [], "timeline": [], "last_states": [], "next_states": []}
    with Record(path, create=False, clock=lambda: NOW) as record:
        _timed(record.last, "Italia", "Turchia")  # the first question loads what is loaded once
        for pair in _pairs(copies, dice, times):
            a, b = pair
            found["last"].append(_timed(record.last, a, b))
            found["next"].append(_timed(record.next, a, b))
            found["timeline"].append(_timed(record.timeline, a))
        for a, b in (("Italia", "Turchia"), ("France", "Egypt"), ("Japan", "Brazil")):
            found["last_states"].append(_timed(record.last, a, b))
            found["next_states"].append(_timed(record.next, a, b))
    return {name: [round(statistics.median(t), 1), round(max(t), 1)] for name, t in found.items()}


def _pairs(copies: int, dice: random.Random, times: int) -> Iterator[tuple[str, str]]:
    """Two who may have met, of one of the copies."""
    people, pairs = (
        load("dev")["people"],
        (("ITA", "TUR"), ("FRA", "EGY"), ("DEU", "GRC"), ("ESP", "MEX"), ("POL", "CAN")),
    )
    for _ in range(times):
        number, (one, two) = dice.randrange(copies + 1), dice.choice(pairs)
        yield tuple(" ".join(_renamed(p, number)) for p in (people[one][0], people[two][0]))  # type: ignore[misc]


def _renamed(person: list[str], number: int) -> tuple[str, str]:
    if number == 0:
        return person[0], person[1]
    first = " ".join(w + _letters(number % _SHARED) for w in person[0].split())
    return first, " ".join(w + _letters(number) for w in person[1].split())


def _timed(question: Callable[..., Any], *about: str) -> float:
    at = time.process_time()
    with suppress(NoAnswer):
        question(*about)
    return 1000 * (time.process_time() - at)


def run(path: Path, worlds: int, most: int) -> list[dict[str, Any]]:
    """Grow the record, and measure at each size."""
    dice, copies, rows = random.Random(1), 0, []
    build(path, worlds)
    copier = Copier(path)
    for size in (*(s for s in SIZES if s < most), most):
        while copier.counts()["claims"] < size:
            copies += 1
            copier.copy(copies)
        copier.database.execute("analyze")
        row = copier.counts() | {"copies": copies, "add_ms": adding(path, len(rows)), **asking(path, copies, dice)}
        print(json.dumps(row), file=sys.stderr)
        rows.append(row)
    copier.database.close()
    return rows


def draw(rows: list[dict[str, Any]], folder: Path) -> None:
    """The two charts."""
    adds = {"adding one article (median)": [(float(r["revisions"]), r["add_ms"]) for r in rows]}
    base = next((r["add_ms"] for r in rows if r["revisions"] >= 1000), rows[0]["add_ms"])
    made = chart("Adding an article", "articles in the record", "ms", adds, {"1.5 × the 1,000th": 1.5 * base})
    (folder / "scale-add.svg").write_text(made, encoding="utf-8")
    asked = {n: [(float(r["claims"]), r[n][0]) for r in rows] for n in ("last", "next", "timeline")}
    made = chart("Asking about an actor", "claims in the record", "ms (median)", asked, {"50 ms": 50.0})
    (folder / "scale-ask.svg").write_text(made, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--worlds", type=int, default=24)
    parser.add_argument("--folder", type=Path, help="where the record is made; a temporary one, if not given")
    parser.add_argument("--plots", type=Path, default=Path(__file__).parent)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        rows = run(Path(folder) / "scale.db", args.worlds, args.claims)
    draw(rows, args.plots)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
