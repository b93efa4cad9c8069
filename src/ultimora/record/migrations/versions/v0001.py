"""The layout of ultimora 0.1.0, as it was made without alembic."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: the first layout is there."""
