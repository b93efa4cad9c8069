"""Events found by the marks of their parties, the latest first; the newest article found at once; copies told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room; what stands in it is derived from the readings afterwards."""
    op.add_column("revisions", sa.Column("sketch", sa.Text))
    op.drop_table("event_keys")
    op.create_table(
        "event_parties",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("event_type", sa.Text, primary_key=True),
        sa.Column("high", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, sa.ForeignKey("events.id"), primary_key=True),
    )
    op.create_index("event_parties_by_event", "event_parties", ["event"])
    op.create_index("revisions_by_stated", "revisions", ["stated", "known_at"])
