"""What has expired, and deleting it in small steps.

Only what belongs to no agency expires: a draft a number of days after its last change, finished assessments
a number of days after the last change of anything in their history.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, func, or_, select

from app.database.account_tables import InvitationRow, PlanLinkRow, RateLimitRow, SecurityEventRow, SignInRow
from app.database.dialects import insert_into
from app.database.locking import locking
from app.database.tables import (
    ActionWorkRow,
    AnswerRow,
    AssessmentRow,
    CachedFile,
    HistoryRow,
    LookBackRow,
    table_of,
)
from app.extensions import db

_PURGE_TURN = "purge of the day"
BATCH_SIZE = 100  # rows per transaction, so that nobody waits long

_assessment = table_of(AssessmentRow)
_answer = table_of(AnswerRow)
_history = table_of(HistoryRow)
_work = table_of(ActionWorkRow)
_look_back = table_of(LookBackRow)
_event = table_of(SecurityEventRow)
_limit = table_of(RateLimitRow)
_invitation = table_of(InvitationRow)
_link = table_of(PlanLinkRow)
_file = table_of(CachedFile)
_sign_in = table_of(SignInRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """When an assessment was last changed: started, answered, finished, or its plan worked on."""

    assessment_id: int
    history_id: int
    finished: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """The rows of a table that have expired."""

    table: Table
    which: ColumnElement[bool]

    @property
    def id(self) -> ColumnElement[Any]:
        """The primary key."""
        return next(iter(self.table.primary_key.columns))


def last_changes(history_ids: Iterable[int]) -> list[LastChange]:
    """Return when each assessment of these histories was last changed, without those of an agency."""
    answered = select(func.max(_answer.c.changed_at)).where(_answer.c.assessment_id == _assessment.c.id)
    worked = select(func.max(_work.c.changed_at)).where(_work.c.assessment_id == _assessment.c.id)
    looked_back = select(func.max(_look_back.c.changed_at)).where(_look_back.c.later_id == _assessment.c.id)
    query = (
        select(
            _assessment.c.id,
            _assessment.c.history_id,
            _assessment.c.started_at,
            _assessment.c.finished_at,
            answered.scalar_subquery().label("answered_at"),
            looked_back.scalar_subquery().label("looked_back_at"),
            worked.scalar_subquery().label("worked_at"),
        )
        .join_from(_assessment, _history)
        .where(_history.c.agency_id.is_(None), _history.c.id.in_(list(history_ids)))
    )
    return [
        LastChange(
            assessment_id=row.id,
            history_id=row.history_id,
            finished=row.finished_at is not None,
            at=max(filter(None, row[2:])),
        )
        for row in db.session.execute(query)
    ]


def expired_drafts(before: datetime.datetime) -> Expired:
    """Return the drafts outside any agency that were last changed before this moment."""
    no_agency = exists().where(_history.c.id == _assessment.c.history_id, _history.c.agency_id.is_(None))
    draft = _assessment.c.finished_at.is_(None)
    return Expired(table=_assessment, which=and_(draft, no_agency, ~_changed_since(before)))


def expired_histories(before: datetime.datetime, drafts_before: datetime.datetime) -> Expired:
    """Return the histories outside any agency with a finished assessment in which nothing changed since.

    A draft in one is kept as long as any other draft.
    """
    mine = _assessment.c.history_id == _history.c.id
    finished = exists().where(mine, _assessment.c.finished_at.is_not(None))
    changed = exists().where(mine, _changed_since(before))
    draft = exists().where(mine, _assessment.c.finished_at.is_(None), _changed_since(drafts_before))
    return Expired(table=_history, which=and_(_history.c.agency_id.is_(None), finished, ~changed, ~draft))


def empty_histories() -> Expired:
    """Return the histories outside any agency that have no assessments left."""
    left = exists().where(_assessment.c.history_id == _history.c.id)
    return Expired(table=_history, which=and_(_history.c.agency_id.is_(None), ~left))


def other_expired_rows(
    now: datetime.datetime,
    *,
    today: datetime.datetime,
    sign_ins: datetime.datetime,
    files: datetime.datetime,
    events: datetime.datetime,
) -> dict[str, Expired]:
    """Return what else has expired, by its name in a report.

    Sign-ins, files and events: those last used or created before the given moments. Invitations and links:
    those that expired before `today`, the first moment of the day.
    """
    return {
        "invitations": Expired(table=_invitation, which=_invitation.c.expires_at < today),
        "links to a plan": Expired(table=_link, which=_link.c.expires_at < today),
        "sign-ins": Expired(table=_sign_in, which=_sign_in.c.seen_at < sign_ins),
        "rate limit counts": Expired(table=_limit, which=_limit.c.expires_at <= now),
        "cached files": Expired(table=_file, which=_file.c.made_at < files),
        "security events": Expired(table=_event, which=_event.c.at < events),
    }


def count(expired: Expired) -> int:
    """Return the number of expired rows."""
    query = select(func.count()).select_from(expired.table).where(expired.which)
    return db.session.execute(query).scalar_one()


def delete_some(expired: Expired) -> int:
    """Delete up to BATCH_SIZE expired rows and return how many. The caller commits.

    They are locked first and then checked again, so that what someone changes meanwhile is not deleted.
    """
    ids = [row[0] for row in db.session.execute(_locked(expired))]
    if not ids:
        return 0
    still = delete(expired.table).where(expired.id.in_(ids), expired.which)
    return int(cast(Any, db.session.execute(still)).rowcount)


def take_turn(now: datetime.datetime, until: datetime.datetime) -> bool:
    """Take the turn to purge until then, and return whether it was free. The caller commits."""
    statement = insert_into(_limit).values(key=_PURGE_TURN, count=1, expires_at=until)
    taken = statement.on_conflict_do_update(
        index_elements=["key"], set_={"expires_at": until}, where=_limit.c.expires_at <= now
    )
    return db.session.execute(taken.returning(_limit.c.key)).first() is not None


def _locked(expired: Expired) -> Select[Any]:
    """Return a query that locks up to BATCH_SIZE expired rows; a save locks its assessment first too."""
    query = select(expired.id).where(expired.which).limit(BATCH_SIZE)
    return locking(query, skip_locked=True, of=expired.table)


def _changed_since(then: datetime.datetime) -> ColumnElement[bool]:
    """Return whether an assessment was started, answered, finished, or worked on since then."""
    return or_(
        _assessment.c.started_at >= then,
        and_(_assessment.c.finished_at.is_not(None), _assessment.c.finished_at >= then),
        exists().where(_answer.c.assessment_id == _assessment.c.id, _answer.c.changed_at >= then),
        exists().where(_work.c.assessment_id == _assessment.c.id, _work.c.changed_at >= then),
        exists().where(_look_back.c.later_id == _assessment.c.id, _look_back.c.changed_at >= then),
    )
