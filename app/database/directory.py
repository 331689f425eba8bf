"""Accounts and agencies as an administrator sees them: who is here, without anything that people wrote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.database.account_tables import AgencyRow, MembershipRow, User
from app.database.agencies import Agency
from app.database.tables import AssessmentRow, HistoryRow, table_of
from app.extensions import db

_agency = table_of(AgencyRow)
_membership = table_of(MembershipRow)
_history = table_of(HistoryRow)
_assessment = table_of(AssessmentRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAgency:
    """An agency with how many members and self-checks it has."""

    agency: Agency
    created_at: datetime.datetime
    members: int
    self_checks: int
    finished: int


def all_accounts() -> list[User]:
    """Return every account, the oldest first."""
    return list(db.session.execute(select(User).order_by(User.id)).scalars())


def find_account(who: str) -> User | None:
    """Return the account with this email address or row id."""
    column = User.id if who.isdecimal() else User.email
    value: Any = int(who) if who.isdecimal() else who
    return db.session.execute(select(User).where(column == value)).scalar_one_or_none()


def all_agencies() -> list[ListedAgency]:
    """Return every agency, the oldest first."""
    return _listed(_AGENCIES.order_by(_agency.c.id))


def find_listed_agency(which: str) -> ListedAgency | None:
    """Return the agency with this public id or row id."""
    column = _agency.c.id if which.isdecimal() else _agency.c.public_id
    value: Any = int(which) if which.isdecimal() else which
    return next(iter(_listed(_AGENCIES.where(column == value))), None)


def _listed(query: Select[Any]) -> list[ListedAgency]:
    return [
        ListedAgency(
            agency=Agency(id=row.id, public_id=row.public_id, name=row.name),
            created_at=row.created_at,
            members=row.members,
            self_checks=row.self_checks,
            finished=row.finished,
        )
        for row in db.session.execute(query)
    ]


_OURS = _assessment.join(_history, _assessment.c.history_id == _history.c.id)
_MEMBERS = select(func.count()).where(_membership.c.agency_id == _agency.c.id).scalar_subquery()
_SELF_CHECKS = (
    select(func.count()).select_from(_OURS).where(_history.c.agency_id == _agency.c.id).scalar_subquery()
)
_FINISHED = (
    select(func.count(_assessment.c.finished_at))
    .select_from(_OURS)
    .where(_history.c.agency_id == _agency.c.id)
    .scalar_subquery()
)
_AGENCIES = select(
    _agency,
    _MEMBERS.label("members"),
    _SELF_CHECKS.label("self_checks"),
    _FINISHED.label("finished"),
)
