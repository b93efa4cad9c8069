"""What two workers must not decide at once is locked by name until the transaction ends.

SQLite has one writer at a time, so there is nothing to do. In PostgreSQL the names are advisory locks. A transaction
takes them in three steps, always in this order, each step's in one order: its article, the types of its events, the
order of stories. So nobody waits in a circle; where somebody does all the same, the server ends one of them, and that
article is added again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa

Kind = Literal["article", "events", "stories", "record"]
_TAKE = sa.text("SELECT count(pg_advisory_xact_lock(k)) FROM unnest(CAST(:keys AS BIGINT[])) AS k")


def hold(db: sa.Connection, kind: Kind, names: Iterable[str] = ("",)) -> None:
    """Wait until nobody else holds any of the names, and hold them until the transaction ends."""
    if db.dialect.name == "postgresql":
        keys = sorted({_key(f"{kind}|{name}") for name in names})
        if keys:
            db.execute(_TAKE, {"keys": keys})


def alone(db: sa.Connection) -> None:
    """Wait until nobody else adds anything, and let nobody until the transaction ends."""
    if db.dialect.name == "postgresql":
        db.execute(sa.text("LOCK TABLE articles, article_keys, revisions IN EXCLUSIVE MODE"))


def _key(name: str) -> int:
    """64 bits of a name, as the server counts them."""
    return int.from_bytes(hashlib.sha256(f"ultimora|{name}".encode("utf-8", "surrogatepass")).digest()[:8], signed=True)
