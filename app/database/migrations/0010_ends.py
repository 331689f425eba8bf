"""Agencies and accounts end when nobody uses them; whose turn the purge is, and why it waits."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; everyone counts as having signed in today."""
    op.add_column("account", sa.Column("active_at", sa.DateTime(), nullable=True))
    op.add_column("account", sa.Column("notified_at", sa.DateTime(), nullable=True))
    op.add_column("agency", sa.Column("notified_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE account SET active_at = CURRENT_TIMESTAMP")
    op.create_table(
        "turn",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("held_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_turn")),
    )


def downgrade() -> None:
    """Remove them: nothing of an agency or account ends by itself anymore."""
    op.drop_table("turn")
    with op.batch_alter_table("agency") as batch:
        batch.drop_column("notified_at")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("notified_at")
        batch.drop_column("active_at")
