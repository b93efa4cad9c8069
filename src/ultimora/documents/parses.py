"""Parses that are kept from run to run: the same sentence is read once, whoever prints it.

The key holds the words, the language, and which model and language data read them, so that nothing old is ever taken
for new. The file is a cache: where it cannot be used, sentences are parsed as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path

from ultimora import languages
from ultimora.documents.parser import MODEL, WordAnalysis

_open: list[sqlite3.Connection] = []
_TABLE = "CREATE TABLE IF NOT EXISTS parses (key TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID"


@contextmanager
def kept_in(path: Path) -> Iterator[None]:
    """Within it, parses are looked up in a file and added to it."""
    try:
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
        connection.execute("PRAGMA synchronous=off")
        connection.execute(_TABLE)
    except sqlite3.Error:
        yield
        return
    _open.append(connection)
    try:
        yield
    finally:
        _open.remove(connection)
        connection.close()


def known(words: Sequence[str], language: str) -> tuple[WordAnalysis, ...] | None:
    """The parse of a sentence that was read before."""
    if not _open:
        return None
    try:
        row = _open[-1].execute("SELECT words FROM parses WHERE key = ?", (key(words, language),)).fetchone()
    except sqlite3.Error:
        return None
    return tuple(WordAnalysis(*word) for word in json.loads(row[0])) if row is not None else None


def keep(words: Sequence[str], language: str, parsed: Sequence[WordAnalysis]) -> None:
    """Keep the parse of a sentence."""
    if not _open:
        return
    rows = [[w.lemma, w.upos, dict(w.feats), w.head, w.deprel, w.ner] for w in parsed]
    try:
        values = (key(words, language), json.dumps(rows, ensure_ascii=False))
        _open[-1].execute("INSERT OR IGNORE INTO parses VALUES (?, ?)", values)
    except sqlite3.Error:
        return


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
