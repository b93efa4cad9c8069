"""Builds the record of each world out of its articles, and scores it against the truth."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
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


def measure(seeds: Iterable[int], set_: str, mode: str) -> dict[str, Any]:
    """Score the worlds of some seeds.

    Args:
        seeds: Which worlds.
        set_: Whose wordings: ``dev`` or ``test``.
        mode: ``read`` lets ultimora read the texts; ``true`` gives the record true readings.
    """
    scores, began, revisions = Scores(), time.perf_counter(), 0
    seeds = list(seeds)
    for seed in seeds:
        world = make_world(seed, set_)
        revisions += len(world.tellings)
        with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "world.db") as record:
            fill(record, world, mode)
            _score(scores, record, world)
    seconds = time.perf_counter() - began
    about = {"worlds": len(seeds), "set": set_, "mode": mode, "revisions": revisions, "seconds": round(seconds, 1)}
    return {**about, **scores.report(), "errors": scores.errors}


def fill(record: Record, world: World, mode: str) -> None:
    """Add every revision in the order in which it came out."""
    for telling in world.tellings:
        reading = readings.read(telling) if mode == "read" else readings.true(telling, world)
        record.add(reading, seen=readings.seen(telling))


def _score(scores: Scores, record: Record, world: World) -> None:
    seen = observe.observe(record, world)
    true = {m: m[2] for m in seen.of}
    scores.events.add(true, seen.of, seen.beside)
    scores.split.add(_split(world, true), seen.of, seen.beside)
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
        told = observe.origins(record, seen, happening)
        kind = world.happenings[happening].kind
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


def _split(world: World, true: dict[truth.Mention, str]) -> dict[truth.Mention, str]:
    """The mentions with a moved plan as a happening of its own: what speaks of the old day alone."""
    old = {}
    for telling in world.tellings:
        for sentence in telling.sentences:
            for told in sentence.told:
                event, day = told.fact.event, told.fact.day
                if world.expectations.get((event, day)) == "moved":
                    old[telling.url, truth.one_line(sentence.text), event] = f"{event}@{day}"
    return {m: old.get(m, name) for m, name in true.items()}
