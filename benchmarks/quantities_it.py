#!/usr/bin/env python3
"""Scores readings of single Italian news sentences against the quantities that a careful reader marks in them.

usage: quantities_it.py [--part build|fresh|all] [--errors N]

Prints one JSON object: precision, recall and F1 of quantities by value, and by value and comparison; and of those
found, the share with the marked unit and the marked noun. ``--errors N`` prints the first N sentences that differ to
standard error, of the build part only, whatever ``--part`` is. ``quantities_it/sentences.yaml`` says how a quantity is
written.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

import yaml

import ultimora

SENTENCES = pathlib.Path(__file__).parent / "quantities_it" / "sentences.yaml"
Row = tuple[Any, str, str | None, str | None]


def rounded(value: Any) -> Any:
    """A value as it is compared: four figures after the point, a range as both its ends."""
    return tuple(rounded(v) for v in value) if isinstance(value, list | tuple) else round(float(value), 4)


def sentences(part: str) -> Iterator[tuple[str, str, list[Row]]]:
    """Each sentence of a part with what is marked in it."""
    for group in yaml.safe_load(SENTENCES.read_text(encoding="utf-8")):
        if part in ("all", group["part"]):
            for text, *marked in group["sentences"]:
                yield group["part"], text, [(rounded(v), c, unit, of) for v, c, unit, of in marked]


def read(text: str) -> list[Row]:
    """The quantities of a sentence."""
    reading = ultimora.read(text, language="it", published="2025-10-16")
    return [(rounded(q.value), q.comparison, q.unit, q.of) for q in reading.quantities]


def shared(wanted: list[Row], got: list[Row], keys: int) -> list[tuple[Row, Row]]:
    """Pairs of marked and read quantities that agree in their first ``keys`` fields, each used once."""
    pairs, rest = [], list(got)
    for want in wanted:
        found = next((row for row in rest if row[:keys] == want[:keys]), None)
        if found is not None:
            rest.remove(found)
            pairs.append((want, found))
    return pairs


def figures(hits: int, read_: int, marked: int) -> dict[str, float]:
    """Precision, recall and F1 in percent."""
    precision, recall = hits / max(read_, 1), hits / max(marked, 1)
    both = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * both, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("build", "fresh", "all"), default="all")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    texts, marked, got, values, compared, units, nouns = 0, 0, 0, 0, 0, 0, 0
    for part, text, wanted in sentences(args.part):
        found = read(text)
        pairs = shared(wanted, found, 1)
        texts, marked, got, values = texts + 1, marked + len(wanted), got + len(found), values + len(pairs)
        compared += len(shared(wanted, found, 2))
        units += sum(want[2] == row[2] for want, row in pairs)
        nouns += sum((want[3] or "").casefold() == (row[3] or "").casefold() for want, row in pairs)
        if args.errors > 0 and part == "build" and sorted(map(str, wanted)) != sorted(map(str, found)):
            args.errors -= 1
            print(f"{text}\n  marked {wanted}\n  read   {found}", file=sys.stderr)
    share = {"unit": round(100 * units / max(values, 1), 1), "of": round(100 * nouns / max(values, 1), 1)}
    by = {"value": figures(values, got, marked), "value+comparison": figures(compared, got, marked)}
    print(json.dumps({"set": "quantities_it", "part": args.part, "sentences": texts, "marked": marked, **by, **share}))


if __name__ == "__main__":
    main()
