#!/usr/bin/env python3
"""Draws typed claims at random from English news articles, to be judged by a person, and scores the judgements.

    python benchmarks/precision.py draw --seed 1 ../shared/gold/pages/expected.jsonl > drawn.jsonl
    python benchmarks/precision.py draw --seed 1 --articles 40 ../shared/gold/attribution_polnear_dev/docs.jsonl
    python benchmarks/precision.py score benchmarks/precision/*.jsonl

``draw`` reads the English articles of a JSON Lines file (saved pages with their expected ``title`` and ``paragraphs``,
or ``text``), ``--articles`` of them at random, and prints ``--count`` claims at random in text order, one JSON object
a line: article, offsets, type, parties; nothing of the text. ``--show`` prints to standard error what the judge has to
see. The judge adds ``verdict``: ``right``; ``type`` where the event is none of that type; ``parties`` where somebody
is missing or wrong.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
import sys
from collections.abc import Iterator
from typing import Any

import ultimora
from ultimora.errors import UltimoraError
from ultimora.types import Claim, Reading

Row = dict[str, Any]
VERDICTS = ("right", "type", "parties")


def articles(path: pathlib.Path, count: int | None, seed: int) -> Iterator[tuple[str, Reading]]:
    """The English articles of the file by name, each as a reading."""
    found = sorted(map(json.loads, path.read_text(encoding="utf-8").splitlines()), key=name)
    if count is not None:
        found = sorted(random.Random(seed).sample(found, min(count, len(found))), key=name)
    for article in found:
        text = article.get("text") or "\n\n".join([article["title"], *article["paragraphs"]])
        published = article.get("published")
        try:
            reading = ultimora.read(text, published=published.replace(" ", "T") if published else None)
        except UltimoraError:  # another language than those that are read
            continue
        if reading.article.language.startswith("en"):
            yield name(article), reading


def name(article: Row) -> str:
    return str(article.get("id") or article["file"].partition(".")[0])


def row(article: str, claim: Claim) -> Row:
    return {
        "article": article,
        "start": claim.trigger.start,
        "end": claim.trigger.end,
        "event_type": claim.event_type,
        "actors": claim.actors,
        "recipients": claim.recipients,
        "rule": claim.rule,
    }


def shown(reading: Reading, claim: Claim) -> str:
    """What the judge reads: the sentence, the trigger, the parties by name."""
    parties = {e.id: f"{e.name} ({e.country or e.kind})" for e in reading.entities}
    sentence = reading.sentences[claim.sentence]
    before = reading.text[max(0, sentence.start - 150) : sentence.start].replace("\n", " ")
    who = " -> ".join(", ".join(parties[i] for i in ids) or "-" for ids in (claim.actors, claim.recipients))
    marked = (
        reading.text[sentence.start : claim.trigger.start]
        + f"[[{claim.trigger.text}]]"
        + reading.text[claim.trigger.end : sentence.end]
    )
    return f"{claim.event_type} {who} ({claim.status}, {claim.polarity})  {claim.rule}\n   …{before}| {marked}"


def draw(options: argparse.Namespace) -> None:
    read = articles(options.file, options.articles, options.seed)
    found = [(article, reading, c) for article, reading in read for c in reading.claims if c.event_type]
    count = min(options.count, len(found))
    chosen = sorted(random.Random(options.seed).sample(range(len(found)), count))
    print(f"{len(found)} typed claims in {len({each for each, _, _ in found})} articles", file=sys.stderr)
    for number, index in enumerate(chosen, 1):
        article, reading, claim = found[index]
        print(json.dumps(row(article, claim)))
        if options.show:
            print(f"{number}. {article}: {shown(reading, claim)}\n", file=sys.stderr)


def score(paths: list[pathlib.Path]) -> None:
    for path in paths:
        verdicts = [json.loads(line)["verdict"] for line in path.read_text(encoding="utf-8").splitlines()]
        counted = collections.Counter(verdicts)
        unknown = set(counted) - set(VERDICTS)
        if unknown:
            raise SystemExit(f"{path}: verdict {sorted(unknown)[0]!r} is none of {', '.join(VERDICTS)}")
        n = len(verdicts)
        result = {"list": path.stem, "judged": n, "type_right": round(100 * (n - counted["type"]) / n, 1)}
        print(json.dumps({**result, "type_and_parties_right": round(100 * counted["right"] / n, 1)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("file", type=pathlib.Path)
    drawing.add_argument("--articles", type=int, help="draw from so many articles only")
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("--count", type=int, default=100)
    drawing.add_argument("--show", action="store_true", help="print what the judge has to see to standard error")
    scoring = commands.add_parser("score")
    scoring.add_argument("lists", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    if options.command == "draw":
        draw(options)
    else:
        score(options.lists)


if __name__ == "__main__":
    main()
