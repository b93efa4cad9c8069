"""What the record has of a page already, so that a page that says nothing new is not read again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from ultimora.record.facts import words_hash
from ultimora.record.schema import revisions
from ultimora.record.store import Store
from ultimora.types import Article


@dataclass(frozen=True, slots=True)
class Known:
    """The newest revision that is known of an article: its words, and the bytes that they were read from."""

    content: str | None = None
    raw: str | None = None

    def has_bytes(self, body: bytes) -> bool:
        """Whether these are the very bytes that were read."""
        return self.raw is not None and self.raw == hashlib.sha256(body).hexdigest()

    def has_words(self, article: Article | None) -> bool:
        """Whether an article says in other bytes, as with another advertisement, what was read."""
        return article is not None and self.content == words_hash(article.title, article.standfirst, article.text)


def known_of(store: Store, article: str | None) -> Known:
    """What the record has of an article, by its id there; nothing where it was not read yet."""
    if article is None:
        return Known()
    newest = sa.select(revisions.c.content, revisions.c.hash).where(revisions.c.article == article)
    with store.reading() as db:
        row = db.execute(newest.order_by(revisions.c.known_at.desc()).limit(1)).first()
    return Known(*row) if row else Known()
