"""How long the rooms take on one core: articles and sentences a second, and the share of the parse.

    python benchmarks/speed.py DOCS.jsonl [--most 60]

Prints one JSON object. Ratios hold within one run on one machine; the absolute figures do not travel.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import time
from collections import Counter

from ultimora.articles.load import load
from ultimora.claims.extract import extract
from ultimora.documents.build import build
from ultimora.documents.entities import find_entities
from ultimora.documents.quantities import find_quantities
from ultimora.documents.statements import find_statements
from ultimora.documents.times import find_times
from ultimora.types import Article


def measure(articles: list[Article]) -> dict[str, object]:
    spent: Counter[str] = Counter()
    sentences = 0
    for article in articles:
        at = time.perf_counter()

        def lap(room: str) -> None:
            nonlocal at
            now = time.perf_counter()
            spent[room] += now - at  # type: ignore[assignment]
            at = now

        document = build(article)
        lap("parse")
        document.entities = find_entities(document)
        lap("entities")
        document.times = find_times(document)
        lap("times")
        document.quantities = find_quantities(document)
        lap("quantities")
        document.statements = find_statements(document)
        lap("statements")
        extract(document)
        lap("claims")
        sentences += len(document.sentences)
    total = sum(spent.values())
    return {
        "articles": len(articles),
        "articles_per_second": round(len(articles) / total, 2),
        "sentences_per_second": round(sentences / total, 1),
        "share": {room: round(seconds / total, 3) for room, seconds in spent.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=60)
    args = parser.parse_args()
    found = [loaded.article for loaded in load(str(args.docs)) if loaded.article]
    measure(found[:1])  # the first one loads models and data
    print(json.dumps(measure(found[1 : args.most + 1])))


if __name__ == "__main__":
    main()
