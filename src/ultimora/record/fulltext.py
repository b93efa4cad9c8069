"""The index of words behind a search: FTS5 in SQLite, ``tsvector`` with the language's configuration in PostgreSQL.

What is looked for is the same in both: all words, "phrases" in quotation marks, beginnings with a star. PostgreSQL also
finds other forms of a word where it knows the language. Diacritics tell nothing apart in either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from ultimora import languages
from ultimora.record.columns import kept

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"
)
_TSVECTOR = (
    "CREATE TABLE IF NOT EXISTS words (id INTEGER PRIMARY KEY REFERENCES texts (id) ON DELETE CASCADE, "
    "config REGCONFIG NOT NULL, text TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS words_by_text ON words USING gin (text)",
)
_PLAINEST = "simple"


def attach(metadata: sa.MetaData) -> None:
    """Make the index together with the tables of a record."""
    for dialect, statements in (("sqlite", (_FTS5,)), ("postgresql", _TSVECTOR)):
        for statement in statements:
            made = sa.DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            sa.event.listen(metadata, "after_create", made)


def enter(db: sa.Connection, said: Sequence[tuple[int, str, str]]) -> None:
    """Index texts, each with its id and its language."""
    if not said:
        return
    if db.dialect.name == "sqlite":
        query = "INSERT INTO words (rowid, text) VALUES (:id, :text)"
        db.execute(sa.text(query), [{"id": ident, "text": text} for ident, text, _ in said])
        return
    query = (
        "INSERT INTO words (id, config, text) SELECT i, CAST(c AS REGCONFIG), to_tsvector(CAST(c AS REGCONFIG), t) "
        "FROM unnest(CAST(:ids AS INTEGER[]), CAST(:configs AS TEXT[]), CAST(:texts AS TEXT[])) AS said (i, c, t)"
    )
    configs = [_config(db, language) for _, _, language in said]
    values = {"ids": [i for i, _, _ in said], "configs": configs, "texts": [kept(folded(t)) for _, t, _ in said]}
    db.execute(sa.text(query), values)


def clear(db: sa.Connection) -> None:
    """Forget all texts."""
    wholly = "INSERT INTO words (words) VALUES ('delete-all')" if db.dialect.name == "sqlite" else "DELETE FROM words"
    db.execute(sa.text(wholly))


def hits(db: sa.Connection, words: str) -> sa.Subquery | None:
    """The ids of the texts that have all the words; None if nothing is asked for."""
    terms = terms_of(words)
    if not terms:
        return None
    if db.dialect.name == "sqlite":
        query, values = "SELECT rowid AS id FROM words WHERE words MATCH :asked", {"asked": expression(terms)}
    else:
        query, values = _for_tsvector(db, terms)
    return sa.text(query).columns(sa.column("id", sa.Integer)).bindparams(**values).subquery("hits")


def terms_of(words: str) -> list[tuple[list[str], bool]]:
    """What a user types: words that stand in a row, and whether the last of them is only the beginning of one."""
    found = [(_WORD.findall(phrase or word), word.endswith("*")) for phrase, word in _TERM.findall(words)]
    return [(parts, begins) for parts, begins in found if parts]


def expression(terms: list[tuple[list[str], bool]]) -> str:
    """What is asked for as FTS5 has it."""
    return " ".join(f'"{" ".join(parts)}"{"*" if begins else ""}' for parts, begins in terms)


def _for_tsvector(db: sa.Connection, terms: list[tuple[list[str], bool]]) -> tuple[str, dict[str, Any]]:
    asked = " & ".join(f"({_phrase(parts, begins)})" for parts, begins in terms)
    each = [
        f"(config = CAST(:config{i} AS REGCONFIG) AND text @@ to_tsquery(CAST(:config{i} AS REGCONFIG), :asked))"
        for i, _ in enumerate(_configs(db))
    ]
    values = {f"config{i}": config for i, config in enumerate(_configs(db))}
    return f"SELECT id FROM words WHERE {' OR '.join(each)}", values | {"asked": asked}  # noqa: S608


def _phrase(parts: list[str], begins: bool) -> str:
    said = [f"'{folded(part)}'" for part in parts]  # a word has no quotation mark in it
    return " <-> ".join(said) + (":*" if begins else "")


def folded(text: str) -> str:
    """A text without diacritics."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


@cache
def _named(language: str) -> str:
    """The configuration that the language's data name."""
    base = language.lower().split("-")[0]
    known = base in languages.available()
    return str(languages.load(base).settings.get("text_search", _PLAINEST)) if known else _PLAINEST


def _config(db: sa.Connection, language: str) -> str:
    """The configuration for a language, as far as this server has it."""
    named = _named(language)
    return named if named in _configs(db) else _PLAINEST


def _configs(db: sa.Connection) -> list[str]:
    """The configurations that texts may be indexed with."""
    found: list[str] | None = db.info.get("text_search")
    if found is None:
        wanted = sorted({_PLAINEST, *(_named(tag) for tag in languages.available())})
        query = sa.text("SELECT DISTINCT cfgname::text FROM pg_ts_config WHERE cfgname = ANY(:wanted)")
        found = sorted(db.execute(query, {"wanted": wanted}).scalars())
        db.info["text_search"] = found
    return found
