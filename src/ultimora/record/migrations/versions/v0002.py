"""Stories, full text, corrections of actors, fingerprints; offices with their sentences."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NEW = (
    "CREATE INDEX revisions_by_age ON revisions (article, age)",
    "CREATE INDEX revisions_by_content ON revisions (article, content)",
    "DROP INDEX claims_by_article",
    "CREATE INDEX claims_by_article ON claims (article, text_hash)",
    "DROP TABLE offices",
    """CREATE TABLE offices (actor TEXT NOT NULL, title TEXT NOT NULL, "of" TEXT NOT NULL, article TEXT NOT NULL,
       tense TEXT NOT NULL, day TEXT NOT NULL, sentence TEXT NOT NULL, known_at TEXT NOT NULL,
       PRIMARY KEY (actor, title, "of", article, tense))""",
    'CREATE INDEX offices_by_of ON offices ("of")',
    """CREATE TABLE actor_edits (id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
       actor TEXT NOT NULL, value TEXT NOT NULL, undone TEXT)""",
    """CREATE TABLE article_prints (band TEXT NOT NULL, outlet TEXT NOT NULL,
       revision TEXT NOT NULL REFERENCES revisions (id), PRIMARY KEY (band, outlet, revision))""",
    "CREATE INDEX article_prints_by_revision ON article_prints (revision)",
    """CREATE TABLE gists (revision TEXT NOT NULL PRIMARY KEY REFERENCES revisions (id),
       article TEXT NOT NULL REFERENCES articles (id), known_at TEXT NOT NULL, position TEXT NOT NULL, story TEXT,
       payload TEXT NOT NULL)""",
    "CREATE INDEX gists_by_position ON gists (position)",
    "CREATE INDEX gists_by_story ON gists (story, position)",
    "CREATE INDEX gists_by_article ON gists (article)",
    """CREATE TABLE gist_keys ("key" TEXT NOT NULL, position TEXT NOT NULL,
       revision TEXT NOT NULL REFERENCES gists (revision), PRIMARY KEY ("key", position))""",
    "CREATE INDEX gist_keys_by_revision ON gist_keys (revision)",
    """CREATE TABLE stories (id TEXT NOT NULL PRIMARY KEY, position TEXT NOT NULL, known_at TEXT NOT NULL,
       branch_of TEXT, payload TEXT NOT NULL)""",
    "CREATE INDEX stories_by_branch ON stories (branch_of)",
    """CREATE TABLE texts (id INTEGER NOT NULL PRIMARY KEY,
       article TEXT NOT NULL REFERENCES articles (id), kind TEXT NOT NULL, text_hash TEXT NOT NULL,
       position TEXT NOT NULL, known_at TEXT NOT NULL, day TEXT NOT NULL,
       revision TEXT NOT NULL REFERENCES revisions (id), source TEXT NOT NULL, text TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX texts_by_article ON texts (article, kind, text_hash)",
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')",
)


def upgrade() -> None:
    """Make room; what stands in it is derived from the readings afterwards."""
    op.add_column("revisions", sa.Column("age", sa.Text, nullable=False, server_default=""))
    op.add_column("revisions", sa.Column("hash", sa.Text))
    op.add_column("claims", sa.Column("text_hash", sa.Text, nullable=False, server_default=""))
    for statement in _NEW:
        op.execute(statement)
