"""Whom a link is for, and which plan a waiting email is about."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_INDEX = "ix_outgoing_email_assessment_id"
_TO_PLAN = "fk_outgoing_email_assessment_id_assessment"


def upgrade() -> None:
    """Add the columns; what is stored does not say whom or what."""
    op.add_column(
        "plan_link", sa.Column("reader", sa.String(length=16), nullable=False, server_default="other")
    )
    with op.batch_alter_table("outgoing_email") as batch:
        batch.add_column(sa.Column("assessment_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(_TO_PLAN), "assessment", ["assessment_id"], ["id"], ondelete="CASCADE")
        batch.create_index(op.f(_INDEX), ["assessment_id"])


def downgrade() -> None:
    """Remove them: a list of links tells their dates only."""
    with op.batch_alter_table("outgoing_email") as batch:
        batch.drop_index(op.f(_INDEX))
        batch.drop_constraint(op.f(_TO_PLAN), type_="foreignkey")
        batch.drop_column("assessment_id")
    with op.batch_alter_table("plan_link") as batch:
        batch.drop_column("reader")
