"""Assessments: rows in, core objects out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from app.database.models import AssessmentRow, HistoryRow
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What assessments that belong together share: an address, and a return code (its hash) or an agency."""

    id: int
    public_id: str
    return_code_hash: str | None
    agency_id: int | None

    @property
    def has_return_code(self) -> bool:
        """Whether a return code was made."""
        return self.return_code_hash is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment as stored. `finished_on` is None for a draft.

    `previous_id` is the finished assessment it was started from; `fingerprint` that of its content.
    """

    id: int
    public_id: str
    history: History
    previous_id: int | None
    agency: str
    started_at: datetime.datetime
    finished_on: datetime.date | None
    fingerprint: str

    @property
    def finished(self) -> bool:
        """Whether the assessment is frozen."""
        return self.finished_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """A draft to be added."""

    public_id: str
    history_id: int
    fingerprint: str
    previous_id: int | None
    agency: str


# Tables, not mapped classes: rows become core objects here, and the mapper would only cost time.
_assessment_table = cast(Table, AssessmentRow.__table__)
_history_table = cast(Table, HistoryRow.__table__)
_ASSESSMENTS = select(
    _assessment_table,
    _history_table.c.public_id.label("history_public_id"),
    _history_table.c.return_code_hash,
    _history_table.c.agency_id,
).join_from(_assessment_table, _history_table)
_BY_PUBLIC_ID = _ASSESSMENTS.where(_assessment_table.c.public_id == bindparam("public_id"))
_OF_HISTORY = _ASSESSMENTS.where(_assessment_table.c.history_id == bindparam("history_id")).order_by(
    _assessment_table.c.finished_at.desc(), _assessment_table.c.id.desc()
)
_BY_ID = _ASSESSMENTS.where(_assessment_table.c.id == bindparam("id"))


def add_assessment(new: NewAssessment, now: datetime.datetime) -> Assessment:
    """Add an empty draft and return it."""
    db.session.execute(insert(_assessment_table).values(**asdict(new), started_at=now))
    return cast(Assessment, find_assessment(new.public_id))


def find_assessment(public_id: str, *, to_change: bool = False) -> Assessment | None:
    """Return the assessment with this id, or None. `to_change` keeps others from changing it now."""
    query = _BY_PUBLIC_ID.with_for_update() if to_change else _BY_PUBLIC_ID
    return _assessment(db.session.execute(query, {"public_id": public_id}).first())


def previous_of(assessment: Assessment) -> Assessment | None:
    """Return the finished assessment that this one was started from, or None."""
    return None if assessment.previous_id is None else by_id(assessment.previous_id)


def by_id(id_: int) -> Assessment | None:
    """Return the assessment with this number of its row, or None."""
    return _assessment(db.session.execute(_BY_ID, {"id": id_}).first())


def assessments_of(history_ids: Iterable[str]) -> list[Assessment]:
    """Return all assessments of the histories with these public ids, the newest first."""
    query = _ASSESSMENTS.where(_history_table.c.public_id.in_(list(history_ids)))
    rows = db.session.execute(query.order_by(_assessment_table.c.id.desc()))
    return [found for row in rows if (found := _assessment(row))]


def assessments_of_agency(agency_id: int) -> list[Assessment]:
    """Return all assessments of an agency, the newest first."""
    query = _ASSESSMENTS.where(_history_table.c.agency_id == agency_id)
    rows = db.session.execute(query.order_by(_assessment_table.c.id.desc()))
    return [found for row in rows if (found := _assessment(row))]


def drafts_of(history: History) -> list[Assessment]:
    """Return the drafts of a history, the newest first."""
    query = _OF_HISTORY.where(_assessment_table.c.finished_on.is_(None))
    rows = db.session.execute(query, {"history_id": history.id})
    return [found for row in rows if (found := _assessment(row))]


def finished_of(history: History, *, limit: int | None = None, offset: int = 0) -> list[Assessment]:
    """Return the finished assessments of a history, the last finished first: all, or some of them."""
    query = _OF_HISTORY.where(_assessment_table.c.finished_on.is_not(None)).limit(limit).offset(offset)
    rows = db.session.execute(query, {"history_id": history.id})
    return [found for row in rows if (found := _assessment(row))]


def count_finished(history: History) -> int:
    """Return how many finished assessments a history has."""
    some = _assessment_table.c.history_id == history.id, _assessment_table.c.finished_on.is_not(None)
    return db.session.execute(select(func.count()).select_from(_assessment_table).where(*some)).scalar_one()


def finish(assessment: Assessment, *, agency: str, now: datetime.datetime, day: datetime.date) -> None:
    """Freeze the assessment."""
    _change(assessment, agency=agency, finished_at=now, finished_on=day)


def pin(assessment: Assessment, fingerprint: str) -> None:
    """Let the draft go by the content with this fingerprint from now on."""
    _change(assessment, fingerprint=fingerprint)


def discard(assessment: Assessment) -> None:
    """Delete the assessment with its answers."""
    db.session.execute(delete(_assessment_table).where(_assessment_table.c.id == assessment.id))


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
        history=History(
            id=row.history_id,
            public_id=row.history_public_id,
            return_code_hash=row.return_code_hash,
            agency_id=row.agency_id,
        ),
        previous_id=row.previous_id,
        agency=row.agency,
        started_at=row.started_at,
        finished_on=row.finished_on,
        fingerprint=row.fingerprint,
    )
