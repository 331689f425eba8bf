"""Look-backs: where the agency now thinks it stood back then, beside what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import ColumnElement, Table, delete, insert, select

from app.database.assessments import Assessment
from app.database.models import LookBackRow
from app.extensions import db

_table = cast(Table, LookBackRow.__table__)


def look_backs(earlier: Assessment, later: Assessment) -> dict[str, str]:
    """Return the stage given in a look-back, by question."""
    rows = db.session.execute(select(_table.c.question_id, _table.c.value).where(*_of(earlier, later)))
    return {row.question_id: row.value for row in rows}


def save_look_backs(earlier: Assessment, later: Assessment, values: Mapping[str, str]) -> None:
    """Store these look-backs in place of those before."""
    db.session.execute(delete(_table).where(*_of(earlier, later)))
    rows = [
        {"earlier_id": earlier.id, "later_id": later.id, "question_id": question, "value": value}
        for question, value in values.items()
    ]
    if rows:
        db.session.execute(insert(_table), rows)


def _of(earlier: Assessment, later: Assessment) -> tuple[ColumnElement[bool], ...]:
    return _table.c.earlier_id == earlier.id, _table.c.later_id == later.id
