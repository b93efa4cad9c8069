"""The full-text index: what articles said, sentence by sentence and statement by statement, found by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from ultimora.record import fulltext
from ultimora.record import statements as say
from ultimora.record.bulk import enter
from ultimora.record.facts import digest
from ultimora.record.schema import texts
from ultimora.record.telling import day_of
from ultimora.record.types import Revision
from ultimora.types import Reading

TextKind = Literal["sentence", "statement"]
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or statement as it was first known in its article; ``source`` is who says a statement."""

    id: int
    article: str
    kind: TextKind
    text_hash: str
    known_at: str
    day: str
    revision: str
    source: str
    text: str


class Indexer:
    """Puts the texts of a revision into the index, inside the transaction that adds it."""

    def __init__(self, connection: sa.Connection) -> None:
        self.db = connection

    def take_in(self, revision: Revision, reading: Reading, *, fresh: bool = False) -> None:
        """Index what the article had not said before; what it had, is known from the earlier revision on.

        Args:
            revision: Which revision.
            reading: What it was read as.
            fresh: Nothing of the article was known before.
        """
        place = "|".join(revision.order)
        since = {"known_at": revision.known_at, "position": place, "day": day_of(revision), "revision": revision.id}
        known = {} if fresh else self._known(revision.article)
        new: list[dict[str, str]] = []
        for kind, source, text in said(reading):
            key = (kind, said_hash(f"{source} {text}" if kind == "statement" else text))
            if key not in known:
                row = {"article": revision.article, "kind": kind, "text_hash": key[1], "source": source, "text": text}
                new.append(row | since)
                known[key] = place
            elif place < known[key]:
                where = {"of": revision.article, "what": kind, "mark": key[1]}
                self.db.execute(say.MOVE_TEXT, where | since)
                known[key] = place
        if new:
            enter(self.db, texts, new)
            rows = self.db.execute(say.TEXT_IDS, {"article": revision.article}).tuples()
            ids = {(kind, said): ident for kind, said, ident in rows}
            words = [(ids[row["kind"], row["text_hash"]], row["text"], revision.language) for row in new]
            fulltext.enter(self.db, words)

    def _known(self, article: str) -> dict[tuple[str, str], str]:
        rows = self.db.execute(say.TEXTS, {"article": article}).tuples()
        return {(kind, said): place for kind, said, place in rows}


def said(reading: Reading) -> Iterator[tuple[TextKind, str, str]]:
    """The sentences of a reading, and its statements with who makes them."""
    for sentence in reading.sentences:
        text = " ".join(reading.text[sentence.start : sentence.end].split())
        if _WORD.search(text):
            yield "sentence", "", text
    names = {e.id: e.name for e in reading.entities}
    for statement in reading.statements:
        text = " ".join(reading.text[statement.content.start : statement.content.end].split())
        if _WORD.search(text):
            yield "statement", names.get(statement.source or "", ""), text


def said_hash(text: str) -> str:
    """The hash of a sentence."""
    return digest("words", text)


def search(db: sa.Connection, words: str, as_of: str | None, since: str | None, until: str | None) -> Iterator[Text]:
    """What was known to be said in some words, of days in ``[since, until)``, the newest first.

    A ranking by how rare the words are would depend on what became known later.
    """
    hits = fulltext.hits(db, words)
    if hits is None:
        return
    query = sa.select(texts).join(hits, hits.c.id == texts.c.id)
    if as_of is not None:
        query = query.where(texts.c.known_at <= as_of)
    if since is not None:
        query = query.where(texts.c.day >= since)
    if until is not None:
        query = query.where(texts.c.day < until)
    newest = (texts.c.day.desc(), texts.c.known_at.desc(), texts.c.article, texts.c.kind, texts.c.text_hash)
    rows = db.execute(query.order_by(*newest))
    for row in rows.mappings():
        yield _text(row)


def _text(row: Mapping[Any, Any]) -> Text:
    return Text(**{f: row[f] for f in Text.__dataclass_fields__})
