"""What a retake leaves behind of the last plan; self-checks that were finished on one day are numbered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; number what was finished on one day in the order of finishing."""
    op.add_column("assessment", sa.Column("left_out", sa.LargeBinary(), nullable=True))
    op.add_column("assessment", sa.Column("number_of_day", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE assessment SET number_of_day = 1 + ("
        "SELECT COUNT(*) FROM assessment AS before WHERE before.history_id = assessment.history_id "
        "AND before.finished_on = assessment.finished_on AND (before.finished_at < assessment.finished_at "
        "OR (before.finished_at = assessment.finished_at AND before.id < assessment.id)))"
    )


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("assessment") as batch:
        batch.drop_column("number_of_day")
        batch.drop_column("left_out")
