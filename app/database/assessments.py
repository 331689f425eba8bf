"""Assessments, their histories, and the versions of the content that they are pinned to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, cast

from sqlalchemy import bindparam, func, insert, select, update

from app.database.dialects import insert_into
from app.database.encrypted_types import EncryptedValue, InRow
from app.database.locking import locking
from app.database.tables import AssessmentRow, HistoryRow, QuestionnaireText, table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A chain of assessments that share an address, and a return code (its hash) or an agency.

    A browser without an account may open it only if it remembers the current `generation`.
    """

    id: int
    public_id: str
    return_code_hash: str | None
    agency_id: int | None
    generation: int

    @property
    def has_return_code(self) -> bool:
        """Whether there is a return code."""
        return self.return_code_hash is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One stored assessment. `finished_on` is None for a draft.

    `previous_id` is the finished assessment it was started from; `fingerprint` that of its content.
    `number_of_day` tells it from others of its history that were finished on the same day: 1 for the first.
    """

    id: int
    public_id: str
    history: History
    previous_id: int | None
    agency: str
    started_at: datetime.datetime
    finished_on: datetime.date | None
    fingerprint: str
    number_of_day: int
    encrypted_under_way: EncryptedValue | None
    encrypted_left_out: EncryptedValue | None

    @property
    def finished(self) -> bool:
        """Whether the assessment is frozen."""
        return self.finished_on is not None

    @property
    def under_way(self) -> tuple[str, ...]:
        """The actions that the team had begun in the plan before, as of the day it was finished."""
        return self._decrypted(self.encrypted_under_way)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The open actions of the plan before that are not to come along from it."""
        return self._decrypted(self.encrypted_left_out)

    def _decrypted(self, actions: EncryptedValue | None) -> tuple[str, ...]:
        return () if actions is None else tuple(actions.decrypt(self.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """A draft to be added."""

    public_id: str
    history_id: int
    fingerprint: str
    previous_id: int | None
    agency: str


_assessment_table = table_of(AssessmentRow)
_history_table = table_of(HistoryRow)
_ASSESSMENTS = select(
    _assessment_table,
    _history_table.c.public_id.label("history_public_id"),
    _history_table.c.return_code_hash,
    _history_table.c.agency_id,
    _history_table.c.generation,
).join_from(_assessment_table, _history_table)
_BY_PUBLIC_ID = _ASSESSMENTS.where(_assessment_table.c.public_id == bindparam("public_id"))
_LOCKED_BY_PUBLIC_ID = locking(_BY_PUBLIC_ID)
_OF_HISTORY = _ASSESSMENTS.where(_assessment_table.c.history_id == bindparam("history_id")).order_by(
    _assessment_table.c.finished_at.desc(), _assessment_table.c.id.desc()
)
_OF_HISTORIES = _ASSESSMENTS.where(
    _history_table.c.public_id.in_(bindparam("public_ids", expanding=True))
).order_by(_assessment_table.c.id.desc())
_BY_ID = _ASSESSMENTS.where(_assessment_table.c.id == bindparam("id"))


def add_assessment(new: NewAssessment, now: datetime.datetime) -> Assessment:
    """Add an empty draft and return it."""
    db.session.execute(insert(_assessment_table).values(**asdict(new), started_at=now))
    return cast(Assessment, find_assessment(new.public_id))


def find_assessment(public_id: str, *, lock: bool = False) -> Assessment | None:
    """Return the assessment with this id, or None. `lock` keeps others from changing it."""
    query = _LOCKED_BY_PUBLIC_ID if lock else _BY_PUBLIC_ID
    return _assessment(db.session.execute(query, {"public_id": public_id}).first())


def previous_of(assessment: Assessment) -> Assessment | None:
    """Return the finished assessment that this one was started from, or None."""
    return None if assessment.previous_id is None else by_id(assessment.previous_id)


def by_id(id_: int) -> Assessment | None:
    """Return the assessment with this row id, or None."""
    return _assessment(db.session.execute(_BY_ID, {"id": id_}).first())


def assessments_of(history_ids: Iterable[str]) -> list[Assessment]:
    """Return all assessments of the histories with these public ids, the newest first."""
    rows = db.session.execute(_OF_HISTORIES, {"public_ids": list(history_ids)})
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
    """Return the finished assessments of a history, the last finished first: all, or one page of them."""
    query = _OF_HISTORY.where(_assessment_table.c.finished_on.is_not(None)).limit(limit).offset(offset)
    rows = db.session.execute(query, {"history_id": history.id})
    return [found for row in rows if (found := _assessment(row))]


def count_finished(history: History) -> int:
    """Return how many finished assessments a history has."""
    some = _assessment_table.c.history_id == history.id, _assessment_table.c.finished_on.is_not(None)
    return db.session.execute(select(func.count()).select_from(_assessment_table).where(*some)).scalar_one()


def finish(
    assessment: Assessment,
    *,
    agency: str,
    now: datetime.datetime,
    day: datetime.date,
    under_way: Iterable[str] = (),
) -> None:
    """Freeze the assessment, with the actions that the team had begun in the plan before."""
    its = _assessment_table.c.history_id == assessment.history.id, _assessment_table.c.finished_on == day
    last = db.session.execute(select(func.max(_assessment_table.c.number_of_day)).where(*its)).scalar()
    _change(
        assessment,
        agency=agency,
        finished_at=now,
        finished_on=day,
        under_way=InRow(list(under_way), assessment.id),
        number_of_day=(last or 0) + 1,
    )


def leave_out(assessment: Assessment, actions: Iterable[str]) -> None:
    """Note which open actions of the plan before are not to come along into the plan of this draft."""
    _change(assessment, left_out=InRow(list(actions), assessment.id))


def pin(assessment: Assessment, fingerprint: str) -> None:
    """Pin the draft to the content with this fingerprint."""
    _change(assessment, fingerprint=fingerprint)


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
            generation=row.generation,
        ),
        previous_id=row.previous_id,
        agency=row.agency,
        started_at=row.started_at,
        finished_on=row.finished_on,
        fingerprint=row.fingerprint,
        number_of_day=row.number_of_day,
        encrypted_under_way=row.under_way,
        encrypted_left_out=row.left_out,
    )


_HISTORY_BY_PUBLIC_ID = select(_history_table).where(_history_table.c.public_id == bindparam("public_id"))
_BY_CODE = select(_history_table).where(_history_table.c.return_code_hash == bindparam("code_hash"))


def add_history(public_id: str, agency_id: int | None) -> History:
    """Add an empty history, of an agency or of the browser that created it, and return it."""
    db.session.execute(insert(_history_table).values(public_id=public_id, agency_id=agency_id))
    return cast(History, find_history(public_id))


def find_histories(public_ids: Iterable[str]) -> dict[str, History]:
    """Return the histories with these public ids, by public id."""
    rows = db.session.execute(select(_history_table).where(_history_table.c.public_id.in_(list(public_ids))))
    return {row.public_id: found for row in rows if (found := _history(row))}


def find_history(public_id: str, *, lock: bool = False) -> History | None:
    """Return the history with this id, or None. `lock` keeps others from changing it."""
    query = locking(_HISTORY_BY_PUBLIC_ID) if lock else _HISTORY_BY_PUBLIC_ID
    return _history(db.session.execute(query, {"public_id": public_id}).first())


def find_by_code(code_hash: str) -> History | None:
    """Return the history with this return code's hash, or None."""
    return _history(db.session.execute(_BY_CODE, {"code_hash": code_hash}).first())


def set_return_code(history: History, code_hash: str) -> None:
    """Set the return code of a history; an earlier one stops working. It closes in no browser by that."""
    db.session.execute(
        update(_history_table).where(_history_table.c.id == history.id).values(return_code_hash=code_hash)
    )


def close_in_browsers(history: History) -> History:
    """Close the history in every browser that opened it without an account; return it as it is then."""
    raised = {"generation": _history_table.c.generation + 1}
    db.session.execute(update(_history_table).where(_history_table.c.id == history.id).values(raised))
    return cast(History, find_history(history.public_id))


def give_to_agency(history: History, agency_id: int) -> None:
    """Transfer the history to an agency; its return code stops working."""
    values = {"agency_id": agency_id, "return_code_hash": None}
    db.session.execute(update(_history_table).where(_history_table.c.id == history.id).values(**values))


def _history(row: Any) -> History | None:
    if row is None:
        return None
    return History(
        id=row.id,
        public_id=row.public_id,
        return_code_hash=row.return_code_hash,
        agency_id=row.agency_id,
        generation=row.generation,
    )


def store_questionnaire(fingerprint: str, version: str, files: Mapping[str, str]) -> None:
    """Store the content files under their fingerprint, unless they are stored already."""
    stored = select(QuestionnaireText.fingerprint).where(QuestionnaireText.fingerprint == fingerprint)
    if db.session.execute(stored).first():
        return
    statement = insert_into(table_of(QuestionnaireText)).values(
        fingerprint=fingerprint, version=version, files=dict(files)
    )
    db.session.execute(statement.on_conflict_do_nothing())


def questionnaire_files(fingerprint: str) -> dict[str, str]:
    """Return the content files with this fingerprint. Raises NoResultFound."""
    query = select(QuestionnaireText.files).where(QuestionnaireText.fingerprint == fingerprint)
    return dict(db.session.execute(query).scalar_one())


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySummary:
    """A history: its newest assessment, how many it has, and the agency's name ("" if none was given)."""

    newest: Assessment
    count: int
    agency: str


def summarize_histories(assessments: Iterable[Assessment]) -> list[HistorySummary]:
    """Return a summary of each history of these assessments (newest first), the last used first."""
    by_history = sorted(assessments, key=lambda a: (-a.history.id, -a.id))
    grouped = [list(group) for _, group in groupby(by_history, key=lambda a: a.history.id)]
    found = [
        HistorySummary(newest=group[0], count=len(group), agency=_agency_name(group)) for group in grouped
    ]
    return sorted(found, key=lambda summary: -summary.newest.id)


def _agency_name(assessments: Iterable[Assessment]) -> str:
    return next((assessment.agency for assessment in assessments if assessment.agency), "")
