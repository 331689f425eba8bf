"""Accounts whose address nobody confirmed are gone: now the address is proven before there is an account."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Delete them: nobody ever signed in to one."""
    op.execute("DELETE FROM account WHERE confirmed_at IS NULL")


def downgrade() -> None:
    """Leave the accounts as they are."""
