"""Answers of assessments: rows in, core objects out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select

from app.database.assessments import Assessment
from app.database.models import AnswerRow
from app.database.upserts import insert_into
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """One answer as stored: its value (None for none), note and reason, and when it was last given."""

    value: Any = None
    note: str = ""
    reason: str = ""
    changed_at: datetime.datetime | None = field(default=None, compare=False)


_answer_table = cast(Table, AnswerRow.__table__)
_ANSWERS = select(
    _answer_table.c.question_id,
    _answer_table.c.value,
    _answer_table.c.note,
    _answer_table.c.reason,
    _answer_table.c.changed_at,
).where(_answer_table.c.assessment_id == bindparam("assessment_id"))


def stored_answers(assessment: Assessment) -> dict[str, StoredAnswer]:
    """Return every stored answer by question id."""
    rows = db.session.execute(_ANSWERS, {"assessment_id": assessment.id})
    return {row[0]: StoredAnswer(value=row[1], note=row[2], reason=row[3], changed_at=row[4]) for row in rows}


def save_answers(assessment: Assessment, changed: Mapping[str, StoredAnswer], now: datetime.datetime) -> None:
    """Store these answers, each in its own row; others stay as they are."""
    if changed:
        db.session.execute(_upsert(db.engine.dialect.name), list(_rows(assessment, changed.items(), now)))


def answers_to(
    assessment_ids: Iterable[int], question_ids: Iterable[str]
) -> dict[int, dict[str, StoredAnswer]]:
    """Return the answers of several assessments to these questions, by assessment and question."""
    some = (
        _answer_table.c.assessment_id.in_(list(assessment_ids)),
        _answer_table.c.question_id.in_(list(question_ids)),
    )
    found: dict[int, dict[str, StoredAnswer]] = {}
    for row in db.session.execute(select(_answer_table).where(*some)):
        answer = StoredAnswer(value=row.value, note=row.note, reason=row.reason, changed_at=row.changed_at)
        found.setdefault(row.assessment_id, {})[row.question_id] = answer
    return found


def copy_answers(assessment: Assessment, answers: Mapping[str, StoredAnswer]) -> None:
    """Store answers given elsewhere before, each with the time it was given."""
    for given in sorted({answer.changed_at for answer in answers.values() if answer.changed_at}):
        then = {id_: answer for id_, answer in answers.items() if answer.changed_at == given}
        save_answers(assessment, then, given)


def remove_answers(assessment: Assessment, question_ids: Iterable[str]) -> None:
    """Delete the answers to these questions."""
    of_these = _answer_table.c.question_id.in_(list(question_ids))
    db.session.execute(delete(_answer_table).where(_answer_table.c.assessment_id == assessment.id, of_these))


def _rows(
    assessment: Assessment, changed: Iterable[tuple[str, StoredAnswer]], now: datetime.datetime
) -> Iterable[dict[str, Any]]:
    for id_, answer in changed:
        yield {
            "assessment_id": assessment.id,
            "question_id": id_,
            "value": answer.value,
            "note": answer.note,
            "reason": answer.reason,
            "changed_at": now,
        }


@cache
def _upsert(_dialect: str) -> Any:
    """Return the statement that adds an answer or replaces it; made once for each kind of database."""
    statement = insert_into(_answer_table)
    changed = {name: statement.excluded[name] for name in ("value", "note", "reason", "changed_at")}
    return statement.on_conflict_do_update(index_elements=["assessment_id", "question_id"], set_=changed)
