"""What people wrote is encrypted: answers, notes, the team's work, look-backs. Files are made again."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.database.fernet import FernetValues

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BATCH = 500
_ENCRYPTED = sa.LargeBinary()
_PLAIN = sa.JSON(none_as_null=True)
_STAGE = sa.String(length=60)
_WORK_KEY = ("assessment_id",)
_LOOK_BACK_KEY = ("earlier_id", "later_id", "question_id")

_answer = sa.table(
    "answer",
    sa.column("assessment_id"),
    sa.column("question_id"),
    sa.column("value", _PLAIN),
    sa.column("note"),
    sa.column("reason"),
    sa.column("content", _ENCRYPTED),
)
_ANSWER_KEY = ("assessment_id", "question_id")


def upgrade() -> None:
    """Encrypt what is stored."""
    encrypt = FernetValues().encrypt
    op.add_column("answer", sa.Column("content", _ENCRYPTED, nullable=True))
    _convert(
        _answer, _ANSWER_KEY, "content", lambda row: {"content": encrypt([row.value, row.note, row.reason])}
    )
    with op.batch_alter_table("answer") as batch:
        batch.alter_column("content", existing_type=_ENCRYPTED, nullable=False)
        for column in ("value", "note", "reason"):
            batch.drop_column(column)
    _retype("plan_work", _WORK_KEY, ("data", _PLAIN), _ENCRYPTED, encrypt)
    _retype("look_back", _LOOK_BACK_KEY, ("value", _STAGE), _ENCRYPTED, encrypt)
    op.execute("DELETE FROM kept_file")


def downgrade() -> None:
    """Store in plain what was encrypted."""
    open_ = FernetValues().decrypt
    op.add_column("answer", sa.Column("value", sa.JSON(), nullable=True))
    op.add_column("answer", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("answer", sa.Column("reason", sa.Text(), nullable=True))
    _convert(
        _answer,
        _ANSWER_KEY,
        "note",
        lambda row: dict(zip(("value", "note", "reason"), open_(row.content), strict=True)),
    )
    with op.batch_alter_table("answer") as batch:
        batch.alter_column("note", existing_type=sa.Text(), nullable=False)
        batch.alter_column("reason", existing_type=sa.Text(), nullable=False)
        batch.drop_column("content")
    _retype("plan_work", _WORK_KEY, ("data", _ENCRYPTED), _PLAIN, open_)
    _retype("look_back", _LOOK_BACK_KEY, ("value", _ENCRYPTED), _STAGE, open_)
    op.execute("DELETE FROM kept_file")


def _retype(
    table: str, key: tuple[str, ...], was: tuple[str, Any], to: Any, change: Callable[..., Any]
) -> None:
    """Give a column of a table another type, each value changed by this function."""
    column, before = was
    op.add_column(table, sa.Column("other", to, nullable=True))
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in key]
    rows = sa.table(table, *columns, sa.column(column, before), sa.column("other", to))
    _convert(rows, key, "other", lambda row: {"other": change(getattr(row, column))})
    with op.batch_alter_table(table) as batch:
        batch.drop_column(column)
    with op.batch_alter_table(table) as batch:
        batch.alter_column("other", existing_type=to, nullable=False, new_column_name=column)


def _convert(
    table: sa.TableClause, key: tuple[str, ...], empty: str, changed: Callable[[Any], dict[str, Any]]
) -> None:
    """Fill new columns of all rows from what each row holds, some rows at a time; `empty` is one of them."""
    some = sa.select(table).where(table.c[empty].is_(None)).limit(_BATCH)
    while rows := op.get_bind().execute(some).all():
        for row in rows:
            this = [table.c[name] == getattr(row, name) for name in key]
            op.get_bind().execute(sa.update(table).where(*this).values(**changed(row)))
