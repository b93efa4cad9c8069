"""The tables of a record, in SQLAlchemy Core, and how they are versioned.

``VERSION`` is kept in the table ``meta`` and, in SQLite, in ``PRAGMA user_version`` beside an ``application_id``, so
that a file can be told from other databases before anything is read from it. A record with a higher version is not
opened.
What is asked by is a column; what is only shown lies in ``payload`` as JSON.
"""

from __future__ import annotations

import sqlalchemy as sa

from ultimora.record.columns import portable
from ultimora.record.fulltext import attach

VERSION = 3
COPYING = "copying"  # the key in ``meta`` of a copy that is not finished
APPLICATION_ID = 0x756C_7469  # "ulti"

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("known_at", sa.Text, nullable=False),
)

# An article is found again by its address, by the id it came with, or by the file it was in.
article_keys = sa.Table(
    "article_keys",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
)

# Fingerprints of texts, by outlet: an article is also found again by its words under a new address.
article_prints = sa.Table(
    "article_prints",
    metadata,
    sa.Column("band", sa.Text, primary_key=True),
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, sa.ForeignKey("revisions.id"), primary_key=True),
    sa.Index("article_prints_by_revision", "revision"),
)

# ``age`` puts the revisions of an article in the order of what they state; ``hash`` is the SHA-256 of the raw bytes.
revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("stated", sa.Text),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("seen", sa.Boolean, nullable=False),
    sa.Column("age", sa.Text, nullable=False),
    sa.Column("hash", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("sketch", sa.Text),
    sa.Column("claims", sa.Text, nullable=False),
    sa.Column("reports", sa.Text, nullable=False),
    sa.Column("reading", sa.LargeBinary, nullable=False),
    sa.Column("raw", sa.LargeBinary),
    sa.Index("revisions_by_article", "article", "known_at"),
    sa.Index("revisions_by_age", "article", "age"),
    sa.Index("revisions_by_content", "article", "content"),
    sa.Index("revisions_by_known_at", "known_at"),
    sa.Index("revisions_by_stated", "stated", "known_at"),
)

# ``said`` is the hash of the claim's sentence.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("claims_by_article", "article", "text_hash"),
)

# When a claim stood, by what was known: [since, until), open while it stands.
spans = sa.Table(
    "spans",
    metadata,
    sa.Column("claim", sa.Text, sa.ForeignKey("claims.id"), primary_key=True),
    sa.Column("since", sa.Text, primary_key=True),
    sa.Column("until", sa.Text),
    sa.Column("opened_by", sa.Text, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("closed_by", sa.Text, sa.ForeignKey("revisions.id")),
)

# What one article says of one happening. ``known_at``, ``place`` (its revision's order and its own) are where it comes
# in the canonical order; ``event`` is what it was joined to.
reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("revision", sa.Text, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("event_type", sa.Text, nullable=False),
    sa.Column("event", sa.Text),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("reports_by_event", "event", "position"),
    sa.Index("reports_by_type", "event_type", "position"),
    sa.Index("reports_by_article", "article"),
)

# ``low`` and ``high`` are the days between which its claims place it, ``planned`` says that somebody announced it;
# ``payload`` is the event as matching sees it.
events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("event_type", sa.Text, nullable=False),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("low", sa.Text),
    sa.Column("high", sa.Text),
    sa.Column("planned", sa.Boolean, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("events_by_days", "low", "high"),
    sa.Index("events_by_known_at", "known_at"),
    sa.Index("events_by_plan", "planned", "high"),
)

# Under which marks of its parties an event is found, the latest first: ``high`` is its last day, empty where it has
# none.
event_parties = sa.Table(
    "event_parties",
    metadata,
    sa.Column("mark", sa.Text, primary_key=True),
    sa.Column("event_type", sa.Text, primary_key=True),
    sa.Column("high", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, sa.ForeignKey("events.id"), primary_key=True),
    sa.Index("event_parties_by_event", "event"),
)

# The weeks in which an event may have happened: what a report may join is found without looking at all the rest.
event_weeks = sa.Table(
    "event_weeks",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("event_type", sa.Text, primary_key=True),
    sa.Column("week", sa.Integer, primary_key=True),
    sa.Column("event", sa.Text, sa.ForeignKey("events.id"), primary_key=True),
    sa.Index("event_weeks_by_event", "event"),
)

# Every name met of every actor, and every office with the articles that say so; who is who is made of these when asked.
names = sa.Table(
    "names",
    metadata,
    sa.Column("actor", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("plain", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Index("names_by_plain", "plain"),
)

name_words = sa.Table(
    "name_words",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("actor", sa.Text, primary_key=True),
)

offices = sa.Table(
    "offices",
    metadata,
    sa.Column("actor", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, primary_key=True),
    sa.Column("of", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, primary_key=True),
    sa.Column("tense", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Index("offices_by_of", "of"),
)

# What a user said of actors: that two are one, that a name is somebody else's, what one is called. ``undone`` is when
# the user took it back.
actor_edits = sa.Table(
    "actor_edits",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("undone", sa.Text),
)

# What a revision is about: the story it was put into, the one that story branched from, and all that deciding needs.
gists = sa.Table(
    "gists",
    metadata,
    sa.Column("revision", sa.Text, sa.ForeignKey("revisions.id"), primary_key=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("story", sa.Text),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("gists_by_position", "position"),
    sa.Index("gists_by_story", "story", "position"),
    sa.Index("gists_by_article", "article"),
)

gist_keys = sa.Table(
    "gist_keys",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("position", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, sa.ForeignKey("gists.revision"), nullable=False),
    sa.Index("gist_keys_by_revision", "revision"),
)

# ``payload`` is the story as deciding sees it: what it has been about lately.
stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("branch_of", sa.Text),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("stories_by_branch", "branch_of"),
)

# Every sentence and statement that an article ever made, once, since when it was known; their words are in the
# full-text index ``words``, row by row.
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text, nullable=False),
    sa.Column("position", sa.Text, nullable=False),
    sa.Column("known_at", sa.Text, nullable=False),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("revision", sa.Text, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("texts_by_article", "article", "kind", "text_hash", unique=True),
)

portable(metadata)
attach(metadata)
