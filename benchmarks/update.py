"""What a new revision costs beside the first: articles of some thousand words of which one paragraph has changed.

    python benchmarks/update.py DOCS.jsonl [--sample 7]

The documents are JSON Lines with ``id``, ``text`` and ``language``; those of 850 to 1,250 words are taken. Each is read
and added to a fresh record, with its parses kept in a file; then its middle paragraph is told in other words, and it is
read and added again, as another run would do it. Times are of the processor, without what is loaded once. Prints one
JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from ultimora import Record, read
from ultimora.documents import parses
from ultimora.documents.build import forget
from ultimora.record.vectors import vector

_LEAST, _MOST = 850, 1250
_NEW = "The ministry said on Tuesday that the talks would go on until the end of the month."


def changed(text: str) -> str:
    """The text with another sentence for its middle line."""
    lines = text.split("\n")
    told = [i for i, line in enumerate(lines) if line.strip()]
    lines[told[len(told) // 2]] = _NEW
    return "\n".join(lines)


def take(record: Record, text: str, url: str, day: int) -> dict[str, float]:
    """Read and add one revision; the seconds of each."""
    forget()
    began = time.process_time()
    reading = read(text, language="en", published="2026-03-02T09:00:00+00:00", url=url)
    done = time.process_time()
    record.add(reading, seen=f"2026-03-{day:02d}T10:00:00+00:00")
    return {"read": done - began, "add": time.process_time() - done}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path, help="JSON Lines")
    parser.add_argument("--sample", type=int, default=7, help="how many articles")
    given = parser.parse_args()
    docs = [json.loads(line) for line in given.docs.read_text(encoding="utf-8").splitlines()]
    some = [d for d in docs if _LEAST <= len(d["text"].split()) <= _MOST][: given.sample]
    first, again = [], []
    with tempfile.TemporaryDirectory() as folder, parses.kept_in(Path(folder) / "parses.db"):
        with Record(Path(folder) / "warm.db", vectors=vector) as record:  # loads what is loaded once
            take(record, "The minister met the ambassador.", "https://a.example/warm", 2)
        for number, doc in enumerate(some):
            with Record(Path(folder) / f"{number}.db", vectors=vector) as record:
                first.append(take(record, doc["text"], f"https://a.example/{number}", 2))
                again.append(take(record, changed(doc["text"]), f"https://a.example/{number}", 3))
    total = [sum(b.values()) / sum(a.values()) for a, b in zip(first, again, strict=True)]
    means = {
        f"{name}_{what}_ms": round(1000 * statistics.mean(t[what] for t in times), 1)
        for name, times in (("first", first), ("again", again))
        for what in ("read", "add")
    }
    print(json.dumps({"articles": len(some), **means, "share": round(statistics.median(total), 3)}))


if __name__ == "__main__":
    main()
