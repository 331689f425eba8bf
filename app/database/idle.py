"""Agencies and accounts that nobody has used for years, and whether their people know that they end."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from app.database.account_tables import AgencyRow, MembershipRow, User
from app.database.agencies import Agency, Role
from app.database.locking import locking
from app.database.retention import Expired, changed_since
from app.database.tables import AssessmentRow, HistoryRow, table_of
from app.extensions import db

_account = table_of(User)
_agency = table_of(AgencyRow)
_membership = table_of(MembershipRow)
_history = table_of(HistoryRow)
_assessment = table_of(AssessmentRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """The moments that decide: unused since `soon`, people are notified; unused since `end`, it is deleted.

    But only if they were notified after `end` and before `notified_by`.
    """

    soon: datetime.datetime
    end: datetime.datetime
    notified_by: datetime.datetime


def agencies_to_notify(idle: Idle) -> list[Agency]:
    """Return the agencies whose owners are to be notified that it ends, locked."""
    query = select(_agency).where(_agency_unused(idle.soon), _not_notified(_agency.c.notified_at, idle))
    rows = db.session.execute(locking(query.order_by(_agency.c.id)))
    return [Agency(id=row.id, public_id=row.public_id, name=row.name) for row in rows]


def accounts_to_notify(idle: Idle, managing: Collection[Role]) -> list[tuple[int, str]]:
    """Return the ids and addresses of the accounts to be notified that they end, locked."""
    unused = _account_unused(idle.soon, managing)
    query = select(_account.c.id, _account.c.email).where(unused, _not_notified(_account.c.notified_at, idle))
    return [(row.id, row.email) for row in db.session.execute(locking(query))]


def record_notified_agency(id_: int, now: datetime.datetime) -> None:
    """Store that an agency’s owners were notified. The caller commits."""
    db.session.execute(update(_agency).where(_agency.c.id == id_).values(notified_at=now))


def record_notified_account(id_: int, now: datetime.datetime) -> None:
    """Store that a person was notified. The caller commits."""
    db.session.execute(update(_account).where(_account.c.id == id_).values(notified_at=now))


def ended_agencies(idle: Idle) -> Expired:
    """Return the agencies that nobody used, and whose owners were notified in time."""
    return Expired(
        table=_agency, which=and_(_agency_unused(idle.end), _notified(_agency.c.notified_at, idle))
    )


def ended_accounts(idle: Idle, managing: Collection[Role]) -> Expired:
    """Return the accounts that nobody used, and whose people were notified in time.

    One that manages an agency lives as long as the agency.
    """
    unused = _account_unused(idle.end, managing)
    return Expired(table=_account, which=and_(unused, _notified(_account.c.notified_at, idle)))


def address_of(user_id: int) -> str:
    """Return the email address of an account."""
    return db.session.execute(select(_account.c.email).where(_account.c.id == user_id)).scalar_one()


def _agency_unused(since: datetime.datetime) -> ColumnElement[bool]:
    """Return whether nobody has signed in to, joined or changed anything in an agency since then."""
    used = exists().where(
        _membership.c.agency_id == _agency.c.id,
        _membership.c.user_id == _account.c.id,
        or_(_membership.c.joined_at >= since, _last_use() >= since),
    )
    changed = exists().where(
        _history.c.agency_id == _agency.c.id,
        _assessment.c.history_id == _history.c.id,
        changed_since(since),
    )
    return and_(_agency.c.created_at < since, ~used, ~changed)


def _account_unused(since: datetime.datetime, managing: Collection[Role]) -> ColumnElement[bool]:
    manages = exists().where(_membership.c.user_id == _account.c.id, _membership.c.role.in_(sorted(managing)))
    return and_(_last_use() < since, ~manages)


def _last_use() -> ColumnElement[datetime.datetime]:
    return func.coalesce(_account.c.active_at, _account.c.created_at)


def _not_notified(notified_at: ColumnElement[datetime.datetime | None], idle: Idle) -> ColumnElement[bool]:
    """Return whether nobody was notified since it became idle; an earlier email does not count."""
    return or_(notified_at.is_(None), notified_at < idle.soon)


def _notified(notified_at: ColumnElement[datetime.datetime | None], idle: Idle) -> ColumnElement[bool]:
    return and_(notified_at.is_not(None), notified_at >= idle.end, notified_at < idle.notified_by)
