"""Answers of assessments, and who changed something last and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, select

from app.database.assessments import Assessment
from app.database.dialects import upsert
from app.database.encrypted_types import InRow
from app.database.tables import AnswerRow, table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """One stored answer: its value (None if blank), note and reason; when it was last changed, and by whom.

    `points_to` says whether the agency can point to the evidence. `changed_by_id` is None for a person
    without an account.
    """

    value: Any = None
    note: str = ""
    reason: str = ""
    points_to: bool = False
    changed_at: datetime.datetime | None = field(default=None, compare=False)
    changed_by_id: int | None = field(default=None, compare=False)


def as_stored(value: Any) -> Any:
    """Return the value of an answer as a stored one has it: JSON knows lists, no tuples."""
    return list(value) if isinstance(value, tuple) else value


_answer_table = table_of(AnswerRow)
_ANSWERS = (
    select(_answer_table)
    .where(_answer_table.c.assessment_id == bindparam("assessment_id"))
    .order_by(
        _answer_table.c.question_id
    )  # else PostgreSQL's order, and so that of files, changes with each save
)
_ANSWERS_TO = select(_answer_table).where(
    _answer_table.c.assessment_id.in_(bindparam("assessment_ids", expanding=True)),
    _answer_table.c.question_id.in_(bindparam("question_ids", expanding=True)),
)


def stored_answers(assessment: Assessment) -> dict[str, StoredAnswer]:
    """Return every stored answer by question id."""
    rows = db.session.execute(_ANSWERS, {"assessment_id": assessment.id})
    return {row.question_id: _answer(row) for row in rows}


def save_answers(
    assessment: Assessment, changed: Mapping[str, StoredAnswer], now: datetime.datetime, by_id: int | None
) -> None:
    """Store these answers, each in its own row. `by_id` is the user who gives them."""
    if changed:
        rows = [_row(assessment, id_, answer, now, by_id) for id_, answer in changed.items()]
        db.session.execute(upsert(_answer_table), rows)


def answers_to(
    assessment_ids: Iterable[int], question_ids: Iterable[str]
) -> dict[int, dict[str, StoredAnswer]]:
    """Return the answers of several assessments to these questions, by assessment and question."""
    of_these = {"assessment_ids": list(assessment_ids), "question_ids": list(question_ids)}
    found: dict[int, dict[str, StoredAnswer]] = {}
    for row in db.session.execute(_ANSWERS_TO, of_these):
        found.setdefault(row.assessment_id, {})[row.question_id] = _answer(row)
    return found


def copy_answers(assessment: Assessment, answers: Mapping[str, StoredAnswer]) -> None:
    """Copy answers from another assessment, each with its time and author."""
    rows = [
        _row(assessment, id_, answer, answer.changed_at, answer.changed_by_id)
        for id_, answer in answers.items()
        if answer.changed_at
    ]
    if rows:
        db.session.execute(upsert(_answer_table), rows)


def remove_answers(assessment: Assessment, question_ids: Iterable[str]) -> None:
    """Delete the answers to these questions."""
    of_these = _answer_table.c.question_id.in_(list(question_ids))
    db.session.execute(delete(_answer_table).where(_answer_table.c.assessment_id == assessment.id, of_these))


def _answer(row: Any) -> StoredAnswer:
    parts = row.content.decrypt(row.assessment_id, row.question_id)
    return StoredAnswer(**parts, changed_at=row.changed_at, changed_by_id=row.changed_by_id)


def _row(
    assessment: Assessment, id_: str, answer: StoredAnswer, at: datetime.datetime, by_id: int | None
) -> dict[str, Any]:
    parts = {
        "value": answer.value,
        "note": answer.note,
        "reason": answer.reason,
        "points_to": answer.points_to,
    }
    return {
        "assessment_id": assessment.id,
        "question_id": id_,
        "content": InRow({name: part for name, part in parts.items() if part}, assessment.id, id_),
        "changed_at": at,
        "changed_by_id": by_id,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change: `by_id` is None for a person without an account, `at` is None where no time is known."""

    by_id: int | None = None
    at: datetime.datetime | None = None
