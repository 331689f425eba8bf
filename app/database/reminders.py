"""Who wants to be reminded of dates in plans by email, and what each person was reminded of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select, update

from app.database.account_tables import AgencyRow, MembershipRow, ReminderRow, User
from app.database.agencies import Agency, Role
from app.database.dialects import insert_into
from app.database.tables import table_of
from app.extensions import db

_account = table_of(User)
_agency = table_of(AgencyRow)
_membership = table_of(MembershipRow)
_reminder = table_of(ReminderRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A member of an agency who wants reminders. `created_at` is the age of the account."""

    user_id: int
    email: str
    created_at: datetime.datetime
    agency: Agency
    role: Role


def subscribers() -> list[Subscriber]:
    """Return everyone who wants reminders, once for each agency that they belong to, by agency."""
    query = (
        select(_account.c.email, _account.c.created_at, _membership, _agency.c.public_id, _agency.c.name)
        .join_from(_membership, _account)
        .join(_agency, _agency.c.id == _membership.c.agency_id)
        .where(_account.c.reminders_since.is_not(None), _account.c.active)
        .order_by(_agency.c.id, _account.c.id)
    )
    return [
        Subscriber(
            user_id=row.user_id,
            email=row.email,
            created_at=row.created_at,
            agency=Agency(id=row.agency_id, public_id=row.public_id, name=row.name),
            role=row.role,
        )
        for row in db.session.execute(query)
    ]


def wants_reminders(user_id: int | None, agency_id: int | None, email: str) -> bool:
    """Return whether this person still wants reminders of this agency's plans, at this address."""
    query = (
        select(_account.c.id)
        .join_from(_membership, _account)
        .where(_account.c.id == user_id, _account.c.email == email, _account.c.active)
        .where(_membership.c.agency_id == agency_id, _account.c.reminders_since.is_not(None))
    )
    return db.session.execute(query).first() is not None


def record_reminder(user_id: int, assessment_id: int, digest: str, now: datetime.datetime) -> bool:
    """Store that a person is reminded of something; return whether that is new. The caller commits.

    If several processes do this at once, it is new for one of them.
    """
    statement = insert_into(_reminder).values(
        user_id=user_id, digest=digest, assessment_id=assessment_id, sent_at=now
    )
    new = statement.on_conflict_do_nothing().returning(_reminder.c.user_id)
    return db.session.execute(new).first() is not None


def stop_reminders(user_id: int, created_at: datetime.datetime) -> None:
    """Send this person no more reminders. An account is known by its age too: ids are used again."""
    some = _account.c.id == user_id, _account.c.created_at == created_at
    db.session.execute(update(_account).where(*some).values(reminders_since=None))


def reminders_sent_to(user_id: int) -> list[datetime.datetime]:
    """Return when a person was reminded of something, the oldest first."""
    query = select(_reminder.c.sent_at).where(_reminder.c.user_id == user_id).order_by(_reminder.c.sent_at)
    return list(db.session.scalars(query))
