"""Text that is the same on every database: no NUL, and in the order of its code points whatever the server's locale."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TEXT


def kept(text: str) -> str:
    """A text as a record keeps it: PostgreSQL takes no NUL, so there is none anywhere."""
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


class Words(sa.types.TypeDecorator[str]):
    """Text; in PostgreSQL with the collation ``C``, since instants and places in an order are compared as text."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """The type in one database."""
        return dialect.type_descriptor(TEXT(collation="C") if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """A value on its way in."""
        return None if value is None else kept(value)


def portable(metadata: sa.MetaData) -> None:
    """Make every text column of some tables the same on every database."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.Text):
                column.type = Words()
