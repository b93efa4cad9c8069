"""Builds the record of each world out of its articles, and scores it against the truth."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.simulator import observe, readings, truth
from benchmarks.simulator.model import World
from benchmarks.simulator.newsroom import world as make_world
from benchmarks.simulator.scores import BCubed, Hits, Share

from ultimora.answers import Record

SETTLED = {"happened": ("happened",), "moved": ("moved",), "called off": ("called off",),
           "denied": ("denied", "called off"), "unreported": ("unreported",)}  # fmt: skip


@dataclass
class Scores:
    """What is scored over all worlds."""

    events: BCubed = field(default_factory=BCubed)
    split: BCubed = field(default_factory=BCubed)
    stories: BCubed = field(default_factory=BCubed)
    changes: Hits = field(default_factory=Hits)
    origins: Share = field(default_factory=Share)
    counted: Share = field(default_factory=Share)
    disputes: Hits = field(default_factory=Hits)
    settled: Share = field(default_factory=Share)
    found: Share = field(default_factory=Share)
    errors: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The scores as plain data."""
        return {name: v if isinstance(v, list) else v.plain() for name, v in vars(self).items()}

    def add(self, other: Mapping[str, Any]) -> None:
        """Take in the scores of another world, as plain data."""
        for name, score in vars(self).items():
            if isinstance(score, list):
                score.extend(other[name])
            else:
                score.take_in(other[name])

    def report(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "mentions_found": self.found.report(),
            "events_b3": self.events.report(),
            "events_b3_moved_are_two": self.split.report(),
            "stories_b3": self.stories.report(),
            "changes": self.changes.report(),
            "origins_exact": self.origins.report(),
            "origins_number": self.counted.report(),
            "disputes": self.disputes.report(),
            "expectations_settled": self.settled.report(),
        }


def measure(seeds: Iterable[int], set_: str, mode: str, keep: Path | None = None) -> dict[str, Any]:
    """Score the worlds of some seeds.

    Args:
        seeds: Which worlds.
        set_: Whose wordings: ``dev`` or ``test``.
        mode: ``read`` lets ultimora read the texts; ``true`` gives the record true readings.
        keep: A folder for the scores of each world: what is in it is not made again, so that a run that was cut off
            goes on, and several may share the worlds. Whoever changes the code takes another folder.
    """
    seeds = list(seeds)
    scores, total = Scores(), {"revisions": 0, "seconds": 0.0}
    for seed in seeds:
        made = kept(keep and keep / f"{set_}-{mode}-{seed}.json", partial(_world, seed, set_, mode))
        scores.add(made["scores"])
        total = {what: total[what] + made[what] for what in total}
    about = {"worlds": len(seeds), "set": set_, "mode": mode, "revisions": total["revisions"]}
    return {**about, "seconds": round(total["seconds"], 1), **scores.report(), "errors": scores.errors}


def _world(seed: int, set_: str, mode: str) -> dict[str, Any]:
    """The scores of one world, as plain data."""
    scores, began, world = Scores(), time.perf_counter(), make_world(seed, set_)
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "world.db") as record:
        fill(record, world, mode)
        _score(scores, record, world)
    seconds = time.perf_counter() - began
    return {"scores": scores.plain(), "revisions": len(world.tellings), "seconds": seconds}


def kept(path: Path | None, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a file holds as JSON, or else what is made, which it holds then."""
    if path is not None and path.exists():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    made = make()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        writing = path.with_suffix(f".{os.getpid()}")
        writing.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        writing.replace(path)
    return made


def fill(record: Record, world: World, mode: str) -> None:
    """Add every revision in the order in which it came out."""
    for telling in world.tellings:
        reading = readings.read(telling) if mode == "read" else readings.true(telling, world)
        record.add(reading, seen=readings.seen(telling))


def _score(scores: Scores, record: Record, world: World) -> None:
    seen = observe.observe(record, world)
    true = {m: m[2] for m in seen.of}
    scores.events.add(true, seen.of, seen.beside)
    parted = truth.parted(world)
    scores.split.add({m: parted[m] for m in true}, seen.of, seen.beside)
    for mention, event in seen.of.items():
        scores.found.add(world.happenings[mention[2]].kind, event is not None)
    scores.stories.add(truth.stories(world), observe.stories(record))
    changed, told = truth.changes(world), observe.changes(record, seen, world)
    scores.changes.add(changed, told, 2)
    disputed, called = world.disputes, observe.disputes(record, seen, world)
    scores.disputes.add(disputed, called, 1)
    where = f"world {world.seed}"
    scores.errors += [f"{where} change {sign} {c}" for sign, c in _differences(changed, told)]
    scores.errors += [f"{where} dispute {sign} {d}" for sign, d in _differences(disputed, called)]
    scores.errors += _event_errors(where, seen)
    _origins(scores, record, world, seen)
    for plan, became in observe.outcomes(seen, world).items():
        right = became in SETTLED[world.expectations[plan]]
        scores.settled.add(world.expectations[plan], right)
        scores.errors += (
            [] if right else [f"{where} plan {plan[0]} {plan[1]}: {world.expectations[plan]}, not {became}"]
        )


def _origins(scores: Scores, record: Record, world: World, seen: observe.Observed) -> None:
    for happening, origins in truth.origins(world).items():
        told = observe.origins(record, seen, happening, truth.parted(world))
        kind = world.happenings[happening.split("@")[0]].kind
        scores.origins.add(kind, told == origins)
        scores.counted.add(kind, told is not None and len(told) == len(origins))
        if told != origins:
            scores.errors.append(
                f"world {world.seed} origins {happening}: {_names(origins)}, not {_names(told or set())}"
            )


def _names(groups: set[frozenset[str]]) -> list[list[str]]:
    return sorted(sorted("/".join(url.split("/")[2:3] + url.split("/")[-1:]) for url in g) for g in groups)


def _differences(true: set[Any], made: set[Any]) -> list[tuple[str, Any]]:
    return [("missed", x) for x in sorted(true - made, key=str)] + [("wrong", x) for x in sorted(made - true, key=str)]


def _event_errors(where: str, seen: observe.Observed) -> list[str]:
    """The sentences that are in no event, or not in the one that most of their happening are in."""
    found = []
    for mention, event in sorted(seen.of.items()):
        main = seen.event_of(mention[2])
        if event is None:
            found.append(f"{where} unread {mention[2]}: {mention[1]}")
        elif event != main or seen.names[event] != mention[2]:
            found.append(f"{where} {'apart' if event != main else 'mixed'} {mention[2]} [{event}]: {mention[1]}")
    return found
