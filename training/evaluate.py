"""Measure a model on every set that measures; prints one JSON object, which `export --scores` puts on the card.

Usage: python -m training.evaluate TREEBANKS [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SETS = {
    "Italian ISDT test": ("syntax.py", "measure/it_isdt-ud-test.conllu"),
    "Italian VIT test": ("syntax.py", "measure/it_vit-ud-test.conllu"),
    "English EWT test": ("syntax.py", "ship/en_ewt-ud-test.conllu"),
    "Names, KIND Wikinews test": ("names.py", "measure/kind_wikinews_test.tsv"),
    "Names, UNER English EWT test": ("names.py", "ship/en_ewt-ud-test.iob2"),
}


def measure(script: str, path: Path, model: Path | None) -> dict[str, object]:
    command = [sys.executable, str(BENCHMARKS / script), str(path), *(["--model", str(model)] if model else [])]
    result: dict[str, object] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    result.pop("tokens_per_second", None)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, default=Path("../shared/gold/treebanks"), nargs="?")
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    scores = {name: measure(s, options.treebanks / path, options.model) for name, (s, path) in SETS.items()}
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
