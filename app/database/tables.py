"""Tables and their schema revision. Portable between SQLite and PostgreSQL; times are UTC without a zone."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import JSON, Connection, ForeignKey, String, Table, inspect, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.database.encrypted_types import EncryptedBytes, EncryptedJson
from app.extensions import metadata


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = metadata


def table_of(row: type[Base]) -> Table:
    """Return the table of a mapped class, for statements that return plain rows."""
    return cast(Table, row.__table__)


class HistoryRow(Base):
    """Assessments that belong together: behind one return code, or an agency's."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    return_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    # Raised to close the history in every browser that opened it before.
    generation: Mapped[int] = mapped_column(default=0, server_default="0")


class AssessmentRow(Base):
    """One self-check of one agency, pinned to the content it began with. Once finished, it never changes.

    `left_out` holds the ids of the open actions of the plan before that are not to come along; chosen at the
    start. `under_way` holds those that the team had begun in it; set when finished, as is `number_of_day`,
    which counts the self-checks that its history finished on that day.
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    history_id: Mapped[int] = mapped_column(ForeignKey("history.id", ondelete="CASCADE"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id", ondelete="SET NULL"))
    agency: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime.datetime]
    finished_at: Mapped[datetime.datetime | None]
    finished_on: Mapped[datetime.date | None]
    fingerprint: Mapped[str] = mapped_column(ForeignKey("questionnaire_text.fingerprint"))
    under_way: Mapped[Any | None] = mapped_column(EncryptedJson(__tablename__, "under_way"))
    left_out: Mapped[Any | None] = mapped_column(EncryptedJson(__tablename__, "left_out"))
    number_of_day: Mapped[int] = mapped_column(default=1, server_default="1")


class AnswerRow(Base):
    """One answer with its note and reason. Two tabs that save at once write different rows.

    `content` holds the parts of `StoredAnswer` (app/database/answers.py) that are not blank, by name.
    """

    __tablename__ = "answer"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    content: Mapped[Any] = mapped_column(EncryptedJson(__tablename__, "content"))
    changed_at: Mapped[datetime.datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class QuestionnaireText(Base):
    """The content files of a version that assessments are pinned to."""

    __tablename__ = "questionnaire_text"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(20))
    files: Mapped[Any] = mapped_column(JSON)


class ActionWorkRow(Base):
    """One thing that the team said of one action of its plan, or of the plan (app/database/plan_work.py).

    A value of null was taken back: the row still says who did it. `revision` counts the saves of the plan.
    """

    __tablename__ = "action_work"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    action_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[Any] = mapped_column(EncryptedJson(__tablename__, "value"))
    revision: Mapped[int]
    changed_at: Mapped[datetime.datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class LookBackRow(Base):
    """Where the agency now thinks it stood back then, for a practice whose answer got worse."""

    __tablename__ = "look_back"

    earlier_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    later_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(EncryptedJson(__tablename__, "value"))
    changed_at: Mapped[datetime.datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class LinkReport(Base):
    """How often people said that a resource or supplement does not open: no person, no text, no time."""

    __tablename__ = "link_report"

    item_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]


class CachedFile(Base):
    """A cached PDF. Its key is a keyed digest of everything it depends on; deleted with its assessment."""

    __tablename__ = "kept_file"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[Any] = mapped_column(EncryptedBytes(__tablename__, "content"))
    made_at: Mapped[datetime.datetime]


_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"


def revisions() -> tuple[str, ...]:
    """Return all schema revisions, the oldest first, without loading Alembic."""
    return tuple(sorted(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*_*.py")))


def schema_is_current(connection: Connection) -> bool:
    """Return whether the database has the schema revision that this version of the code needs."""
    return schema_revision(connection) == revisions()[-1]


def schema_revision(connection: Connection) -> str | None:
    """Return the schema revision of the database, None for an empty one."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608
