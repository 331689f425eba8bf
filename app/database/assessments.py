"""Assessments and their answers: rows in, core objects out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from app.database.models import AnswerRow, AssessmentRow
from app.database.upserts import insert_into
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment as stored. `fingerprint` and the finished dates are None for a draft."""

    id: int
    public_id: str
    agency: str
    return_code_hash: str | None
    started_at: datetime.datetime
    finished_on: datetime.date | None
    fingerprint: str | None

    @property
    def has_return_code(self) -> bool:
        """Whether a return code was made."""
        return self.return_code_hash is not None

    @property
    def finished(self) -> bool:
        """Whether the assessment is frozen."""
        return self.finished_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """One answer as stored: its value (None for none), note and reason."""

    value: Any = None
    note: str = ""
    reason: str = ""


# Tables, not mapped classes: rows become core objects here, and the mapper would only cost time.
_assessment_table = cast(Table, AssessmentRow.__table__)
_answer_table = cast(Table, AnswerRow.__table__)
_BY_PUBLIC_ID = select(_assessment_table).where(_assessment_table.c.public_id == bindparam("public_id"))
_BY_CODE = select(_assessment_table).where(_assessment_table.c.return_code_hash == bindparam("code_hash"))
_ANSWERS = select(
    _answer_table.c.question_id, _answer_table.c.value, _answer_table.c.note, _answer_table.c.reason
).where(_answer_table.c.assessment_id == bindparam("assessment_id"))


def add_assessment(public_id: str, now: datetime.datetime) -> None:
    """Add an empty draft."""
    db.session.execute(insert(_assessment_table).values(public_id=public_id, started_at=now, agency=""))


def find_assessment(public_id: str, *, to_change: bool = False) -> Assessment | None:
    """Return the assessment with this id, or None. `to_change` keeps others from changing it now."""
    query = _BY_PUBLIC_ID.with_for_update() if to_change else _BY_PUBLIC_ID
    return _assessment(db.session.execute(query, {"public_id": public_id}).first())


def open_assessments(public_ids: Iterable[str]) -> list[Assessment]:
    """Return the assessments with these ids, the newest first."""
    query = select(_assessment_table).where(_assessment_table.c.public_id.in_(list(public_ids)))
    rows = db.session.execute(query.order_by(_assessment_table.c.id.desc()))
    return [found for row in rows if (found := _assessment(row))]


def find_by_code(code_hash: str) -> Assessment | None:
    """Return the assessment with this return code's hash, or None."""
    return _assessment(db.session.execute(_BY_CODE, {"code_hash": code_hash}).first())


def set_return_code(assessment: Assessment, code_hash: str) -> None:
    """Give the assessment a return code; one it had before no longer works."""
    _change(assessment, return_code_hash=code_hash)


def finish(
    assessment: Assessment, *, agency: str, fingerprint: str, now: datetime.datetime, day: datetime.date
) -> None:
    """Freeze the assessment with the content it was answered with."""
    _change(assessment, agency=agency, fingerprint=fingerprint, finished_at=now, finished_on=day)


def stored_answers(assessment: Assessment) -> dict[str, StoredAnswer]:
    """Return every stored answer by question id."""
    rows = db.session.execute(_ANSWERS, {"assessment_id": assessment.id})
    return {id_: StoredAnswer(value=value, note=note, reason=reason) for id_, value, note, reason in rows}


def save_answers(assessment: Assessment, changed: Mapping[str, StoredAnswer], now: datetime.datetime) -> None:
    """Store these answers, each in its own row; others stay as they are."""
    if changed:
        db.session.execute(_upsert(db.engine.dialect.name), list(_rows(assessment, changed.items(), now)))


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


def _change(assessment: Assessment, **values: Any) -> None:
    db.session.execute(
        update(_assessment_table).where(_assessment_table.c.id == assessment.id).values(**values)
    )


def _assessment(row: Any) -> Assessment | None:
    if row is None:
        return None
    return Assessment(
        id=row.id,
        public_id=row.public_id,
        agency=row.agency,
        return_code_hash=row.return_code_hash,
        started_at=row.started_at,
        finished_on=row.finished_on,
        fingerprint=row.fingerprint,
    )
