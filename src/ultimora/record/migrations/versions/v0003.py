"""Events found by the marks of their parties, the latest first; the newest article found at once; copies told."""

import sqlalchemy as sa
from alembic import op

from ultimora.record.columns import Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room; what stands in it is derived from the readings afterwards."""
    op.add_column("revisions", sa.Column("sketch", Words()))
    op.drop_table("event_keys")
    op.create_table(
        "event_parties",
        sa.Column("mark", Words(), primary_key=True),
        sa.Column("event_type", Words(), primary_key=True),
        sa.Column("high", Words(), primary_key=True),
        sa.Column("event", Words(), sa.ForeignKey("events.id"), primary_key=True),
    )
    op.create_index("event_parties_by_event", "event_parties", ["event"])
    op.create_index("revisions_by_stated", "revisions", ["stated", "known_at"])
