"""Look-backs: where the agency now thinks it stood back then, next to what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from app.database.answers import Change
from app.database.assessments import Assessment, History
from app.database.encrypted_types import InRow
from app.database.tables import AssessmentRow, LookBackRow, table_of
from app.extensions import db

_table = table_of(LookBackRow)


def look_backs(earlier: Assessment, later: Assessment) -> dict[str, str]:
    """Return the stage given in a look-back, by question."""
    rows = db.session.execute(select(_table).where(*_of(earlier, later)))
    return {row.question_id: _value(row) for row in rows}


def look_back_changes(earlier: Assessment, later: Assessment) -> dict[str, Change]:
    """Return who gave each look-back and when, by question."""
    columns = _table.c.question_id, _table.c.changed_by_id, _table.c.changed_at
    rows = db.session.execute(select(*columns).where(*_of(earlier, later)))
    return {row.question_id: Change(by_id=row.changed_by_id, at=row.changed_at) for row in rows}


def all_look_backs(history: History) -> list[dict[str, Any]]:
    """Return every look-back of a history by column: assessments, question, stage, and when it was given."""
    its = select(AssessmentRow.id).where(AssessmentRow.history_id == history.id)
    rows = db.session.execute(select(_table).where(_table.c.later_id.in_(its)))
    return [
        {
            "earlier_id": row.earlier_id,
            "later_id": row.later_id,
            "question_id": row.question_id,
            "value": _value(row),
            "changed_at": row.changed_at,
        }
        for row in rows
    ]


def save_look_backs(
    earlier: Assessment, later: Assessment, changed: Mapping[str, str], change: Change
) -> None:
    """Store these look-backs. A stage of "" deletes one."""
    these = _table.c.question_id.in_(list(changed))
    db.session.execute(delete(_table).where(*_of(earlier, later), these))
    rows = [
        {
            "earlier_id": earlier.id,
            "later_id": later.id,
            "question_id": question,
            "value": InRow(value, earlier.id, later.id, question),
            "changed_at": change.at,
            "changed_by_id": change.by_id,
        }
        for question, value in changed.items()
        if value
    ]
    if rows:
        db.session.execute(insert(_table), rows)


def _value(row: Any) -> str:
    return str(row.value.decrypt(row.earlier_id, row.later_id, row.question_id))


def _of(earlier: Assessment, later: Assessment) -> tuple[ColumnElement[bool], ...]:
    return _table.c.earlier_id == earlier.id, _table.c.later_id == later.id
