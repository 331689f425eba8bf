"""Agencies can agree to be counted; the counts that were released."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table: no agency has agreed yet."""
    op.add_column("agency", sa.Column("counted_since", sa.DateTime(), nullable=True))
    op.create_table(
        "released_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("agencies", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_counts")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("released_counts")
    with op.batch_alter_table("agency") as batch:
        batch.drop_column("counted_since")
