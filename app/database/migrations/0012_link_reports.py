"""The counts of links that people said do not open."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "link_report",
        sa.Column("item_id", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_link_report")),
    )


def downgrade() -> None:
    """Remove the table, with the counts."""
    op.drop_table("link_report")
