"""How well pages are read: title, day and instant of publication, body, on saved pages with what is expected.

    python benchmarks/pages.py FOLDER [--errors]

FOLDER holds ``expected.jsonl`` (file, url, title, published, paragraphs) and the pages, gzipped. One JSON object is
printed: the pages, how many titles are right (equal, or one has all of the other's words in order), exactly equal,
how many days and instants (to the minute), the mean and the least word-overlap F1 of the body with the expected
paragraphs, the pages lost and those flagged.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from ultimora.articles.pages.shape import Page
from ultimora.articles.pages.worker import extract_safely

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def overlap(ours: str, expected: str) -> float:
    """Word-overlap F1, 0 to 1."""
    a, b = Counter(words(ours)), Counter(words(expected))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if a and b else 0.0


def title_right(ours: str, expected: str) -> bool:
    a, b = " ".join(words(ours)), " ".join(words(expected))
    return bool(a and b) and (a == b or f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def same_instant(ours: str, expected: str) -> bool:
    """To the minute; where either has no offset, by the clock."""
    if "T" not in ours:
        return False
    a, b = datetime.fromisoformat(ours), datetime.fromisoformat(expected)
    if a.tzinfo is None or b.tzinfo is None:
        a, b = a.replace(tzinfo=None), b.replace(tzinfo=None)
    return abs((a - b).total_seconds()) < 60


def same_day(ours: str, expected: str) -> bool:
    return ours[:10] == expected[:10] or same_instant(ours, expected)


def judge(page: Page, expected: dict[str, Any]) -> dict[str, Any]:
    published = page.published or ""
    return {
        "file": expected["file"],
        "title": title_right(page.title or "", expected["title"]),
        "title_exact": " ".join((page.title or "").split()) == " ".join(expected["title"].split()),
        "day": same_day(published, expected["published"]),
        "instant": same_instant(published, expected["published"]),
        "body": overlap(page.body, "\n".join(expected["paragraphs"])),
        "lost": not page.body,
        "flagged": bool(page.doubts),
        "found": (page.title, page.published, page.outlet, page.authors, page.section, page.doubts),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="what is wrong, on standard error")
    args = parser.parse_args()
    rows = []
    for line in (args.folder / "expected.jsonl").read_text("utf-8").splitlines():
        expected = json.loads(line)
        data = gzip.decompress((args.folder / expected["file"]).read_bytes())
        rows.append(judge(extract_safely(data, expected["url"]).page, expected))
    for row in rows if args.errors else []:
        if not (row["title"] and row["instant"] and row["body"] > 0.95) or row["flagged"]:
            print(row, file=sys.stderr)
    counts = {
        key: sum(row[key] for row in rows) for key in ("title", "title_exact", "day", "instant", "lost", "flagged")
    }
    bodies = [row["body"] for row in rows]
    mean = {"body_f1": round(sum(bodies) / len(rows), 4), "body_f1_least": round(min(bodies), 3)}
    print(json.dumps({"pages": len(rows), **counts, **mean}))


if __name__ == "__main__":
    main()
