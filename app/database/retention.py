"""What has expired, and deleting it in small steps.

What belongs to no agency expires: a draft a number of days after its last change, finished assessments a
number of days after the last change of anything in their history. For agencies and accounts, see idle.py.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select

from app.database.account_tables import (
    InvitationRow,
    PlanLinkRow,
    RateLimitRow,
    ReminderRow,
    SecurityEventRow,
    SignInRow,
)
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
_reminder = table_of(ReminderRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """When an assessment was last changed: started, answered, finished, or its plan worked on."""

    assessment_id: int
    history_id: int
    finished: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """The rows of a table that have expired. Of what people wrote, a purge stops before too much goes."""

    table: Table
    which: ColumnElement[bool]
    written_by_people: bool = True

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
    return Expired(table=_assessment, which=and_(draft, no_agency, ~changed_since(before)))


def expired_histories(before: datetime.datetime, drafts_before: datetime.datetime) -> Expired:
    """Return the histories outside any agency with a finished assessment in which nothing changed since.

    A draft in one is stored as long as any other draft.
    """
    mine = _assessment.c.history_id == _history.c.id
    finished = exists().where(mine, _assessment.c.finished_at.is_not(None))
    changed = exists().where(mine, changed_since(before))
    draft = exists().where(mine, _assessment.c.finished_at.is_(None), changed_since(drafts_before))
    return Expired(table=_history, which=and_(_history.c.agency_id.is_(None), finished, ~changed, ~draft))


def empty_histories() -> Expired:
    """Return the histories outside any agency that have no assessments left."""
    left = exists().where(_assessment.c.history_id == _history.c.id)
    return _made(_history, and_(_history.c.agency_id.is_(None), ~left))


def other_expired_rows(
    now: datetime.datetime,
    *,
    today: datetime.datetime,
    sign_ins: datetime.datetime,
    reminders: datetime.datetime,
    files: datetime.datetime,
    events: datetime.datetime,
) -> dict[str, Expired]:
    """Return what else has expired, by its name in a report.

    Sign-ins, reminders, files and events: those last used or created before the given moments. Invitations
    and links: those that expired before `today`, the first moment of the day.
    """
    return {
        "invitations": _made(_invitation, _invitation.c.expires_at < today),
        "links to a plan": _made(_link, _link.c.expires_at < today),
        "sign-ins": _made(_sign_in, _sign_in.c.seen_at < sign_ins),
        "reminders": _made(_reminder, _reminder.c.sent_at < reminders),
        "rate limit counts": _made(_limit, _limit.c.expires_at <= now),
        "cached files": _made(_file, _file.c.made_at < files),
        "security events": _made(_event, _event.c.at < events),
    }


def _made(table: Table, which: ColumnElement[bool]) -> Expired:
    """Return expired rows that the site made, and that nobody misses."""
    return Expired(table=table, which=which, written_by_people=False)


def count_all(table: Table) -> int:
    """Return the number of rows of a table."""
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def count(expired: Expired) -> int:
    """Return the number of expired rows."""
    query = select(func.count()).select_from(expired.table).where(expired.which)
    return db.session.execute(query).scalar_one()


def delete_some(expired: Expired) -> int:
    """Delete up to BATCH_SIZE expired rows and return how many. The caller commits.

    They are locked first and then checked again, so that what someone changes meanwhile is not deleted.
    """
    ids = some_ids(expired)
    if not ids:
        return 0
    still = delete(expired.table).where(expired.id.in_(ids), expired.which)
    return int(cast(Any, db.session.execute(still)).rowcount)


def some_ids(expired: Expired) -> list[Any]:
    """Return the ids of up to BATCH_SIZE expired rows, locked; a save locks its assessment first too."""
    query = select(expired.id).where(expired.which).limit(BATCH_SIZE)
    return [row[0] for row in db.session.execute(locking(query, skip_locked=True, of=expired.table))]


def changed_since(then: datetime.datetime) -> ColumnElement[bool]:
    """Return whether an assessment was started, answered, finished, or worked on since then."""
    return or_(
        _assessment.c.started_at >= then,
        and_(_assessment.c.finished_at.is_not(None), _assessment.c.finished_at >= then),
        exists().where(_answer.c.assessment_id == _assessment.c.id, _answer.c.changed_at >= then),
        exists().where(_work.c.assessment_id == _assessment.c.id, _work.c.changed_at >= then),
        exists().where(_look_back.c.later_id == _assessment.c.id, _look_back.c.changed_at >= then),
    )
