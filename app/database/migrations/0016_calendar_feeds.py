"""Addresses for calendars, who wants reminders, and what they were reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on_delete)


def upgrade() -> None:
    """Add the tables and the column; nobody wants reminders yet."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        _reference("calendar_feed", "history_id", "history", "CASCADE"),
        _reference("calendar_feed", "made_by_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_index(op.f("ix_calendar_feed_history_id"), "calendar_feed", ["history_id"])
    op.create_table(
        "reminder",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        _reference("reminder", "user_id", "account", "CASCADE"),
        _reference("reminder", "assessment_id", "assessment", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "digest", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_assessment_id"), "reminder", ["assessment_id"])
    op.add_column("account", sa.Column("reminders_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Remove them: calendars stop, and nobody is reminded."""
    op.drop_table("reminder")
    op.drop_table("calendar_feed")
    op.drop_column("account", "reminders_since")
