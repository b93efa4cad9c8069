#!/usr/bin/env python3
"""Scores readings of single news sentences against the events that a careful coder marks in them.

usage: events.py [--set it|it-varied|it-wide|en-varied|en-wide] [--part build|aside|all] [--errors N]

Prints one JSON object: the share of marked events found with their type, with type and parties, and with type,
parties, status and polarity; the same by type; and the share of counterexamples without a (forbidden) typed claim.
``--errors N`` prints the first N differences to standard error, of the build part only, whatever ``--part`` is.
``events/it.yaml`` says how an event is written and which part is for what.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
import sys
from typing import Any

import yaml

import ultimora

SETS = pathlib.Path(__file__).parent / "events"
RECIPROCAL = ("AGREE", "CONSULT", "COOPERATE")
LEVELS = ("type", "type+parties", "type+parties+status")
Item = dict[str, Any]


# --- a reading, as far as it is scored -------------------------------------------------------------------------


def read(sentence: Item, language: str) -> list[Item]:
    """The typed claims of a sentence, each party with its country and the words it goes by."""
    reading = ultimora.read(sentence["text"], language=language, published=str(sentence["published"]))
    parties = {e.id: (e.country, names(e)) for e in reading.entities}
    return [
        {
            "event_type": c.event_type,
            "actors": [parties[a] for a in c.actors if a in parties],
            "recipients": [parties[r] for r in c.recipients if r in parties],
            "status": c.status,
            "polarity": c.polarity,
            "trigger": c.trigger.text,
        }
        for c in reading.claims
        if c.event_type
    ]


def names(entity: Any) -> list[str]:
    return list(dict.fromkeys(n for n in (entity.name, *(m.text for m in entity.mentions)) if n))


# --- does a claim have what is marked? -------------------------------------------------------------------------


def choices(value: str) -> list[str]:
    """``a|b`` allows either."""
    return [part.strip() for part in value.split("|")]


def is_party(want: str, party: tuple[str | None, list[str]]) -> bool:
    """A country by its code, anything else by its name, one within the other."""
    country, known = party
    if re.fullmatch(r"[A-Z]{3}", want):
        return country == want or want in known  # "SLP" is a party's name
    low = want.casefold()
    return bool(low) and any(low in name.casefold() or name.casefold() in low for name in known)


def has_party(want: str, parties: list[Any]) -> bool:
    """Is a marked party among those read? An empty alternative needs none."""
    return any(not choice or any(is_party(choice, p) for p in parties) for choice in choices(want))


def covers(wanted: list[str], parties: list[Any], exact: bool) -> bool:
    """Is every marked party read, and every party read a marked one? An empty list allows any, if ``exact`` none."""
    if not wanted:
        return not (exact and parties)
    allowed = [choice for want in wanted for choice in choices(want)]
    known = all(any(is_party(choice, p) for choice in allowed) for p in parties)
    return known and all(has_party(want, parties) for want in wanted)


def two_sided(want: Item) -> bool:
    """Does it not matter who stands first?"""
    return want["event_type"] in RECIPROCAL or (len(want["actors"]) > 1 and not want["recipients"])


def parties_match(want: Item, got: Item) -> bool:
    exact = "trigger" in want  # those sets mark every party that the text gives
    if two_sided(want):
        wanted, read_here = [*want["actors"], *want["recipients"]], [*got["actors"], *got["recipients"]]
        return covers(wanted, read_here, exact) if len(wanted) != 1 else has_party(wanted[0], read_here)
    return all(covers(want[role], got[role], exact) for role in ("actors", "recipients"))


def level(want: Item, got: Item) -> int:
    """How far a claim agrees with what is marked: 0 not at all, 1 in type, 2 also in parties, 3 also in status."""
    if got["event_type"] not in choices(want["event_type"]):
        return 0
    if not parties_match(want, got):
        return 1
    status = got["status"] in choices(want["status"]) and got["polarity"] == want.get("polarity", "positive")
    return 3 if status else 2


def pairing(wants: list[Item], gots: list[Item]) -> list[int]:
    """The level each marked event reaches; a claim read answers for one marked event only, best pairs first."""
    pairs = [(level(w, g), i, j) for i, w in enumerate(wants) for j, g in enumerate(gots)]
    reached = [0] * len(wants)
    used: set[int] = set()
    for value, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if value and not reached[i] and j not in used:
            reached[i] = value
            used.add(j)
    return reached


def forbidden(sentence: Item, gots: list[Item]) -> list[Item]:
    """The typed claims that a sentence should not give."""
    banned = sentence.get("no_types")
    return [g for g in gots if banned is None or g["event_type"] in banned]


def is_counterexample(sentence: Item) -> bool:
    return "no_types" in sentence or sentence.get("claims") == []


# --- the run ---------------------------------------------------------------------------------------------------


class Tally:
    """Marked events by type and level, and counterexamples kept clean."""

    def __init__(self) -> None:
        self.events: dict[str, list[int]] = collections.defaultdict(list)
        self.clean: list[bool] = []

    def result(self) -> Item:
        """What is printed."""
        every = [value for values in self.events.values() for value in values]
        return {
            "events": shares(every),
            "counterexamples": {"clean": sum(self.clean), **share(sum(self.clean), len(self.clean))},
            "types": {name: shares(values) for name, values in sorted(self.events.items())},
        }


def share(good: int, of: int) -> Item:
    return {"of": of, "share": round(100 * good / max(of, 1), 1)}


def shares(values: list[int]) -> Item:
    reached = {name: share(sum(v >= n for v in values), len(values))["share"] for n, name in enumerate(LEVELS, 1)}
    return {"of": len(values), **reached}


def differences(sentence: Item, reached: list[int], wrong: list[Item], gots: list[Item]) -> list[str]:
    """What to say of a sentence that is not read as it is marked."""
    wants = zip(sentence.get("claims") or [], reached, strict=True)
    missed = [f"  {('no type', 'parties', 'status')[value]}: {show(want)}" for want, value in wants if value < 3]
    extra = [f"  not wanted: {show(g)}" for g in wrong]
    if not missed and not extra:
        return []
    has = [f"    has {show(g)}" for g in gots] if missed else []
    return [f"{sentence['id']} ({sentence['published']}) {sentence['text']}", *missed, *extra, *has]


def show(claim: Item) -> str:
    return json.dumps(claim, ensure_ascii=False)


def score(sentences: list[Item], language: str, errors: int) -> Item:
    tally = Tally()
    for sentence in sentences:
        gots = read(sentence, language)
        wants: list[Item] = sentence.get("claims") or []
        reached = pairing(wants, gots)
        for want, value in zip(wants, reached, strict=True):
            tally.events[choices(want["event_type"])[0]].append(value)
        wrong = forbidden(sentence, gots) if is_counterexample(sentence) else []
        if is_counterexample(sentence):
            tally.clean.append(not wrong)
        lines = differences(sentence, reached, wrong, gots) if sentence["part"] == "build" and errors else []
        if lines:
            errors -= 1
            print("\n".join(lines), file=sys.stderr)
    return {"sentences": len(sentences), **tally.result()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = sorted(path.stem for path in SETS.glob("*.yaml"))
    parser.add_argument("--set", choices=names, default="it", help="which sentences (default: it)")
    parser.add_argument("--part", choices=("build", "aside", "all"), default="all")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print differences of the build part")
    options = parser.parse_args()
    sentences: list[Item] = yaml.safe_load((SETS / f"{options.set}.yaml").read_text(encoding="utf-8"))
    chosen = [s for s in sentences if options.part in ("all", s["part"])]
    print(json.dumps(score(chosen, options.set[:2], options.errors), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
