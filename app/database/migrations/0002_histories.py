"""Histories, drafts pinned to their content, the team's work on a plan, look-backs, and cached files."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from questions.loading.loader import fingerprint, load_folder, read_folder

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each assessment a history of its own, with its return code."""
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("return_code_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("public_id", name=op.f("uq_history_public_id")),
        sa.UniqueConstraint("return_code_hash", name=op.f("uq_history_return_code_hash")),
    )
    op.add_column("assessment", sa.Column("history_id", sa.Integer(), nullable=True))
    op.add_column("assessment", sa.Column("previous_id", sa.Integer(), nullable=True))
    op.execute(
        "INSERT INTO history (public_id, return_code_hash) SELECT public_id, return_code_hash FROM assessment"
    )
    op.execute(
        "UPDATE assessment SET history_id = "
        "(SELECT id FROM history WHERE history.public_id = assessment.public_id)"
    )
    _pin_drafts()
    op.drop_table("plan_file")
    with op.batch_alter_table("assessment") as batch:
        _upgrade_assessment(batch)
    op.create_index(op.f("ix_assessment_history_id"), "assessment", ["history_id"])
    _create_tables()


def downgrade() -> None:
    """Give each assessment the return code of its history; the newest keeps it."""
    op.drop_table("kept_file")
    op.drop_table("look_back")
    op.drop_table("plan_work")
    op.add_column("assessment", sa.Column("return_code_hash", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE assessment SET return_code_hash = "
        "(SELECT return_code_hash FROM history WHERE history.id = assessment.history_id) "
        "WHERE id IN (SELECT MAX(id) FROM assessment GROUP BY history_id)"
    )
    op.drop_index(op.f("ix_assessment_history_id"), "assessment")
    with op.batch_alter_table("assessment") as batch:
        _downgrade_assessment(batch)
    op.drop_table("history")
    op.create_table(
        "plan_file",
        _assessment_id("plan_file", "assessment_id"),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_plan_file")),
    )


def _pin_drafts() -> None:
    """Pin each draft to the content it went by until now: today's."""
    count = sa.text("SELECT COUNT(*) FROM assessment WHERE fingerprint IS NULL")
    if not op.get_bind().execute(count).scalar():
        return
    files = read_folder()
    table = sa.table(
        "questionnaire_text", sa.column("fingerprint"), sa.column("version"), sa.column("files", sa.JSON())
    )
    today = fingerprint(files)
    known = op.get_bind().execute(sa.select(table.c.fingerprint).where(table.c.fingerprint == today)).first()
    if not known:
        row = {"fingerprint": today, "version": load_folder().version, "files": files}
        op.bulk_insert(table, [row])
    op.get_bind().execute(
        sa.text("UPDATE assessment SET fingerprint = :today WHERE fingerprint IS NULL"), {"today": today}
    )


def _upgrade_assessment(batch: BatchOperations) -> None:
    batch.alter_column("history_id", existing_type=sa.Integer(), nullable=False)
    batch.alter_column("fingerprint", existing_type=sa.String(length=64), nullable=False)
    batch.drop_constraint(op.f("uq_assessment_return_code_hash"), type_="unique")
    batch.drop_column("return_code_hash")
    batch.create_foreign_key(
        op.f("fk_assessment_history_id_history"), "history", ["history_id"], ["id"], ondelete="CASCADE"
    )
    batch.create_foreign_key(
        op.f("fk_assessment_previous_id_assessment"),
        "assessment",
        ["previous_id"],
        ["id"],
        ondelete="SET NULL",
    )


def _downgrade_assessment(batch: BatchOperations) -> None:
    batch.drop_constraint(op.f("fk_assessment_history_id_history"), type_="foreignkey")
    batch.drop_constraint(op.f("fk_assessment_previous_id_assessment"), type_="foreignkey")
    batch.drop_column("history_id")
    batch.drop_column("previous_id")
    batch.alter_column("fingerprint", existing_type=sa.String(length=64), nullable=True)
    batch.create_unique_constraint(op.f("uq_assessment_return_code_hash"), ["return_code_hash"])


def _create_tables() -> None:
    op.create_table(
        "plan_work",
        _assessment_id("plan_work", "assessment_id"),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_plan_work")),
    )
    op.create_table(
        "look_back",
        _assessment_id("look_back", "earlier_id"),
        _assessment_id("look_back", "later_id"),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("earlier_id", "later_id", "question_id", name=op.f("pk_look_back")),
    )
    op.create_table(
        "kept_file",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        _assessment_id("kept_file", "assessment_id", nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_file")),
    )
    op.create_index(op.f("ix_kept_file_assessment_id"), "kept_file", ["assessment_id"])


def _assessment_id(table: str, column: str, *, nullable: bool = False) -> sa.Column[Any]:
    name = op.f(f"fk_{table}_{column}_assessment")
    key = sa.ForeignKey("assessment.id", name=name, ondelete="CASCADE")
    return sa.Column(column, sa.Integer(), key, nullable=nullable)
