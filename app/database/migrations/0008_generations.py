"""Each history gets a generation: raising it closes the history in every browser that opened it before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with the generation of browsers that remember none."""
    op.add_column("history", sa.Column("generation", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Open the histories again in every browser that remembers them."""
    with op.batch_alter_table("history") as batch:
        batch.drop_column("generation")
