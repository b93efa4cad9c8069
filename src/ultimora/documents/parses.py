"""Parses that are kept from run to run: the same sentence is read once, whoever prints it.

The key holds the words, the language, and which model and language data read them, so that nothing old is ever taken
for new. The file is a cache: where it cannot be used, sentences are parsed as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ultimora import languages
from ultimora.documents.parser import MODEL, WordAnalysis


class _Kept:
    """A file of parses; what is new is written some at a time, so that others seldom wait."""

    def __init__(self, connection: sqlite3.Connection, every: int) -> None:
        self.connection, self.every = connection, every
        self.fresh: dict[str, str] = {}

    def find(self, key: str) -> str | None:
        """What is kept under a key."""
        if key in self.fresh:
            return self.fresh[key]
        row = self.connection.execute("SELECT words FROM parses WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row is not None else None

    def keep(self, key: str, words: str) -> None:
        """Keep something under a key."""
        self.fresh[key] = words
        if len(self.fresh) >= self.every:
            self.write()

    def write(self) -> None:
        """Write what is new, in one transaction."""
        rows, self.fresh = list(self.fresh.items()), {}
        if not rows:
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany("INSERT OR IGNORE INTO parses VALUES (?, ?)", rows)
        finally:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")


_open: list[_Kept] = []
_spent = [0.0]
_TABLE = "CREATE TABLE IF NOT EXISTS parses (key TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID"


@contextmanager
def kept_in(path: Path, every: int = 1) -> Iterator[None]:
    """Within it, parses are looked up in a file and added to it, ``every`` so many at a time."""
    try:
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
        connection.execute("PRAGMA synchronous=off")
        connection.execute(_TABLE)
    except sqlite3.Error:
        yield
        return
    kept = _Kept(connection, every)
    _open.append(kept)
    try:
        yield
    finally:
        flush()
        _open.remove(kept)
        connection.close()


def flush() -> None:
    """Write what was not written yet, so that others find it."""
    if _open:
        with suppress(sqlite3.Error):
            _open[-1].write()


def known(words: Sequence[str], language: str) -> tuple[WordAnalysis, ...] | None:
    """The parse of a sentence that was read before."""
    if not _open:
        return None
    try:
        found = _open[-1].find(key(words, language))
    except sqlite3.Error:
        return None
    if found is None:
        return None
    return tuple(_word(*word) for word in json.loads(found))


def _word(*kept: Any) -> WordAnalysis:
    *word, parts = kept
    return replace(WordAnalysis(*word), parts=tuple((i, a, r) for i, a, r in parts))


def keep(words: Sequence[str], language: str, parsed: Sequence[WordAnalysis]) -> None:
    """Keep the parse of a sentence."""
    if not _open:
        return
    rows = [[w.lemma, w.upos, dict(w.feats), w.head, w.deprel, w.ner, w.kind, w.sure, w.parts] for w in parsed]
    with suppress(sqlite3.Error):
        _open[-1].keep(key(words, language), json.dumps(rows, ensure_ascii=False))


@contextmanager
def by_model() -> Iterator[None]:
    """What happens within it is the model's own work."""
    begin = time.process_time()
    try:
        yield
    finally:
        _spent[0] += time.process_time() - begin


def model_seconds() -> float:
    """How much of this process's time the model took, in seconds of the processor."""
    return _spent[0]


def key(words: Sequence[str], language: str) -> str:
    """What tells a parse from all others: its words, its language, and what read it."""
    said = json.dumps([list(words), language, version(language)], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def version(language: str) -> str:
    """The state of the model and of the language's data, by the files' names, sizes and times of change."""
    model = Path(str(resources.files("ultimora"))) / MODEL
    files = [*model.rglob("*"), *languages.load(language).folder.rglob("*.toml")]
    stats = [(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in sorted(files) if f.is_file()]
    return hashlib.sha256(json.dumps(stats).encode()).hexdigest()[:16]
