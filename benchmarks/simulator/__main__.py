"""The story simulator: ``python -m benchmarks.simulator score --set dev --worlds 20 --mode true``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.simulator import readings
from benchmarks.simulator.measure import measure
from benchmarks.simulator.model import World
from benchmarks.simulator.newsroom import world
from benchmarks.simulator.wording import HERE


def lines(made: World) -> list[str]:
    """The revisions of a world as JSON Lines for ``ultimora add``."""
    return [
        json.dumps(
            {
                "id": t.url,
                "url": t.url,
                "outlet": t.outlet,
                "language": t.language,
                "published": f"{t.published.isoformat()}+00:00",
                "modified": f"{t.modified.isoformat()}+00:00" if t.modified else None,
                "seen": readings.seen(t),
                "text": t.text,
            },
            ensure_ascii=False,
        )
        for t in made.tellings
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", choices=("score", "write", "show"), help="score worlds; write one as JSON Lines, or as text"
    )
    parser.add_argument("--set", default="dev", choices=sorted(p.name for p in HERE.iterdir()), help="whose wordings")
    parser.add_argument("--worlds", type=int, default=20, help="how many worlds to score")
    parser.add_argument("--seed", type=int, default=1, help="the first world")
    parser.add_argument("--mode", default="read", choices=("read", "true"), help="real or true readings")
    parser.add_argument("--keep", type=Path, help="a folder for each world's scores: what it holds is not made again")
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print to standard error")
    args = parser.parse_args()
    if args.what == "score":
        report = measure(range(args.seed, args.seed + args.worlds), args.set, args.mode, args.keep)
        for line in report.pop("errors")[: args.errors]:
            print(line, file=sys.stderr)
        print(json.dumps(report, ensure_ascii=False, indent=1))
    elif args.what == "write":
        print("\n".join(lines(world(args.seed, args.set))))
    else:
        for telling in world(args.seed, args.set).tellings:
            print(f"## {telling.at} {telling.outlet} ({telling.language}), {telling.story}\n{telling.text}")


if __name__ == "__main__":
    main()
