"""Scores ``ultimora read`` on the gold sets and prints one JSON object a set.

    python benchmarks/gold.py --gold ../shared/gold --scorer ../shared/score/score.py [SET …]

The sets and the scorer belong to others and are no part of the project; the figures stand in RESULTS.md.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys

SETS = (
    "times_meantime_it",
    "times_meantime_en",
    "events_plover_en",
    "attribution_polnear_dev",
    "factuality_meantime_en",
    "quantities_newsquant_en",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--gold", type=pathlib.Path, default=pathlib.Path("../shared/gold"))
    parser.add_argument("--scorer", type=pathlib.Path, default=pathlib.Path("../shared/score/score.py"))
    args = parser.parse_args()
    command = f"{sys.executable} -m ultimora read {{docs}} --format jsonl"
    for name in args.sets:
        subprocess.run([sys.executable, str(args.scorer), str(args.gold / name), "--cmd", command], check=True)


if __name__ == "__main__":
    main()
