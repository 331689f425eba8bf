"""An outbox for emails that are waiting to be delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEXED = ("recipient", "user_id", "agency_id", "next_try_at")


def upgrade() -> None:
    """Add the outbox."""
    op.create_table(
        "outgoing_email",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], op.f("fk_outgoing_email_user_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], op.f("fk_outgoing_email_agency_id_agency"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_email")),
    )
    for column in _INDEXED:
        op.create_index(op.f(f"ix_outgoing_email_{column}"), "outgoing_email", [column])


def downgrade() -> None:
    """Remove the outbox, with what is in it."""
    op.drop_table("outgoing_email")
