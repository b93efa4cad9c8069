"""Archives made for tests: a few short articles in each kind of file; readers that fail in the ways readers fail."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ultimora.core import Outcome
from ultimora.scale.reading import Reader
from ultimora.scale.run import Order, Report, Run

POISON = "Zorvano"
_TEXTS = [
    "Il ministro a {0}\n\nIl ministro degli Esteri Paolo Verri ha incontrato lunedì a {0} l'ambasciatore turco.",
    "Incendio a {0}\n\nA {0} sono rimaste ferite {1} persone, ha riferito la prefettura.",
    "Talks in {0}\n\nFinance Minister Anna Holt met the mayor of {0} on Tuesday, officials said.",
    "Strike in {0}\n\nAt least {1} flights were cancelled at {0} airport on Monday, according to the operator.",
]
_TOWNS = ["Genova", "Bari", "Dundee", "Leeds", "Udine", "Lecce", "Cardiff", "Truro", "Siena", "Parma", "Derby", "Cork"]


def fields(number: int) -> dict[str, str]:
    text = _TEXTS[number % 4].format(_TOWNS[number % 12], number + 3)
    language, which = "it" if number % 4 < 2 else "en", number % 3
    return {
        "id": f"n{number}", "text": text, "language": language, "outlet": f"Outlet {which}",
        "url": f"https://outlet{which}.example/{number}",
        "published": f"2026-01-{5 + which:02d}T10:{number:02d}:00+01:00",
    }  # fmt: skip


def lines(path: Path, numbers: range, *more: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = [json.dumps(fields(n), ensure_ascii=False) for n in numbers]
    path.write_text("\n".join([*made, *more]) + "\n", encoding="utf-8")
    return path


def table(path: Path, numbers: range, **rename: str) -> Path:
    rows = [{rename.get(k, k): v for k, v in fields(n).items()} for n in numbers]
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)
    return path


def response(url: str, body: bytes, kind: str = "text/plain") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-06T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(body):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed(numbers: range) -> list[bytes]:
    found = [fields(n) for n in numbers]
    return [gzip.compress(response(f["url"], f["text"].encode()), mtime=0) for f in found]


def archive(folder: Path) -> Path:
    """Eleven articles: six lines (and one that is broken), two rows, three pages."""
    lines(folder / "a.jsonl", range(6), '{"id": "broken", "text": 7}')
    table(folder / "b.parquet", range(6, 8))
    (folder / "c.warc.gz").write_bytes(b"".join(packed(range(8, 11))))
    return folder


class Fatal(Reader):
    """A reader whose process ends with one article, as where native code fails."""

    def outcome(self, load: Any) -> Outcome:
        found = load(self.settings.given)
        if found.article is not None and POISON in found.article.text:
            os._exit(11)
        return super().outcome(load)


class Broken(Reader):
    """A reader that raises with one article."""

    def outcome(self, load: Any) -> Outcome:
        def fail(given: Any) -> Any:
            if POISON in (load(given).article.text):
                raise RecursionError("too deep")
            return load(given)

        return super().outcome(fail)


def run(
    source: Path, out: Path | str, reader: type[Reader] = Reader, **more: Any
) -> tuple[Report, list[tuple[str, Any]]]:
    told: list[tuple[str, Any]] = []
    given = {"most": 3} | more
    order = Order((str(source),), str(out), **given)
    return Run(order, lambda word, facts: told.append((word, facts)), reader=reader).done(), told


def written(out: Path) -> dict[str, bytes]:
    """The tables of a folder, by name."""
    kinds = ("readings", "claims", "events", "stories")
    return {str(p.relative_to(out)): p.read_bytes() for kind in kinds for p in sorted((out / kind).glob("*"))}
