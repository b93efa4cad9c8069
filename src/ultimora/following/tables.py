"""The tables of what is followed. They lie in the record's database, so that a job commits with what it made."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ultimora.record.columns import portable
from ultimora.record.locks import hold

following_metadata = sa.MetaData()


def _visits() -> list[sa.Column[Any]]:
    """When something is visited, how often it was, and what the last answer said of itself."""
    return [
        sa.Column("next_at", sa.Text),
        sa.Column("interval", sa.Float, nullable=False),
        sa.Column("visits", sa.Integer, nullable=False, default=0),
        sa.Column("failures", sa.Integer, nullable=False, default=0),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("visited_at", sa.Text),
        sa.Column("changed_at", sa.Text),
    ]


# What is asked for new articles. ``interval`` is in seconds; instants are as the record writes them.
sources = sa.Table(
    "followed_sources",
    following_metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("added_at", sa.Text, nullable=False),
    *_visits(),
    sa.Column("error", sa.Text),
    sa.Index("followed_sources_due", "next_at"),
)

# The articles that sources name. ``key`` is the address without what does not tell articles apart; ``watched`` are
# those that are sources of their own (a page, a live blog) and never rest.
entries = sa.Table(
    "followed_entries",
    following_metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("watched", sa.Boolean, nullable=False, default=False),
    sa.Column("published", sa.Text),
    sa.Column("updated", sa.Text),
    *_visits(),
    sa.Column("article", sa.Text),
    sa.Column("error", sa.Text),
    sa.Index("followed_entries_due", "next_at"),
    sa.Index("followed_entries_by_source", "source"),
)

# Pages that gave nothing: kept as they came, with the reason, so that they can be read when we can read them.
aside = sa.Table(
    "followed_aside",
    following_metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("raw", sa.LargeBinary, nullable=False),
)

# What is known of a host: its robots.txt, and until when it asked to be left alone.
hosts = sa.Table(
    "followed_hosts",
    following_metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("robots", sa.Text),
    sa.Column("robots_at", sa.Text),
    sa.Column("pause_until", sa.Text),
)

# Alerts: each once, as many times tried as it takes.
deliveries = sa.Table(
    "followed_deliveries",
    following_metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_at", sa.Text),
    sa.Column("error", sa.Text),
    sa.Index("followed_deliveries_due", "state", "next_at"),
)

# The manifest of archives: how far each file was read, by what is in it.
archives = sa.Table(
    "followed_archives",
    following_metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
)

# What was begun, and when, by name: rules of alerts whose past is known.
marks = sa.Table(
    "followed_marks",
    following_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


# Who has taken what, where several workers follow one list: a source, an entry, a host. ``until`` is in seconds of the
# database's clock; a worker that lives moves it on, one that died lets it pass. A free host has no worker, but may have
# asked to be left alone until then.
leases = sa.Table(
    "followed_leases",
    following_metadata,
    sa.Column("what", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("worker", sa.Text, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
    sa.Index("followed_leases_by_worker", "worker"),
)

portable(following_metadata)


def prepare(connection: sa.Connection) -> None:
    """Make the tables where they are not there."""
    there = set(sa.inspect(connection).get_table_names())
    if not there.issuperset(following_metadata.tables):
        hold(connection, "record")
        following_metadata.create_all(connection, checkfirst=True)
