"""Measure the names of the shipped parser on gold tokens; prints one JSON object.

Usage: python benchmarks/names.py FILE [--language it] [--model FOLDER]

FILE holds one word a line with its BIO tag: `word TAB tag` (.tsv) or `number TAB word TAB tag` (.iob2). Only PER, ORG
and LOC count.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from training.treebanks import read_names, spans  # noqa: E402

from ultimora.documents.parser import Parser  # noqa: E402


def scores(right: int, guessed: int, wanted: int) -> dict[str, float]:
    precision, recall = right / max(1, guessed), right / max(1, wanted)
    f = 2 * right / max(1, guessed + wanted)
    return {"p": round(100 * precision, 2), "r": round(100 * recall, 2), "f": round(100 * f, 2), "gold": wanted}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--language", help="default: en for en_*, else it")
    options.add_argument("--model", type=Path, help="model folder (default: the one in the package)")
    arguments = options.parse_args()
    language = arguments.language or ("en" if arguments.file.name.startswith("en") else "it")
    columns = (1, 2) if arguments.file.suffix == ".iob2" else (0, 1)
    parser = Parser(arguments.model)
    counts: Counter[str] = Counter()
    for words, tags in read_names(arguments.file, *columns):
        gold, guess = spans(tags), spans([word.ner for word in parser.parse(words, language)])
        for prefix, found in (("gold", gold), ("guess", guess), ("right", gold & guess)):
            for _, _, kind in found:
                counts[f"{prefix} {kind}"] += 1
                counts[f"{prefix} all"] += 1
    kinds = ("all", "PER", "ORG", "LOC")
    print(json.dumps({k: scores(counts[f"right {k}"], counts[f"guess {k}"], counts[f"gold {k}"]) for k in kinds}))


if __name__ == "__main__":
    main()
