"""The log of security events: what happened and when, by numbers of rows; no names and no contents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, insert, select

from app.database.account_tables import AgencyRow, SecurityEventRow, User
from app.extensions import db

_table = cast(Table, SecurityEventRow.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityEvent:
    """Something that happened, as stored: accounts and agencies are numbers of rows."""

    at: datetime.datetime
    kind: str
    user_id: int | None
    agency_id: int | None
    network: str


def record_event(
    kind: str,
    at: datetime.datetime,
    *,
    user_id: int | None = None,
    agency_id: int | None = None,
    network: str = "",
) -> None:
    """Store that something happened. The caller commits."""
    db.session.execute(
        insert(_table).values(at=at, kind=kind, user_id=user_id, agency_id=agency_id, network=network)
    )


def events_since(then: datetime.datetime, kind: str = "") -> Iterable[SecurityEvent]:
    """Return what happened since then, the newest first: all, or of one kind."""
    query = select(_table).where(_table.c.at >= then)
    return _events(query.where(_table.c.kind == kind) if kind else query)


def events_of_account(user_id: int) -> Iterable[SecurityEvent]:
    """Return what happened to an account, the newest first."""
    return _events(select(_table).where(_table.c.user_id == user_id, _since(User, user_id)))


def events_of_agency(agency_id: int) -> Iterable[SecurityEvent]:
    """Return what happened in an agency, the newest first."""
    return _events(select(_table).where(_table.c.agency_id == agency_id, _since(AgencyRow, agency_id)))


def _since(owner: type[User | AgencyRow], id_: int) -> ColumnElement[bool]:
    """Return whether it was since this one was made: one that is deleted may leave its number to another."""
    made = select(owner.created_at).where(owner.id == id_).scalar_subquery()
    return _table.c.at >= made


def _events(query: Select[Any]) -> Iterable[SecurityEvent]:
    for row in db.session.execute(query.order_by(_table.c.id.desc())):
        yield SecurityEvent(
            at=row.at, kind=row.kind, user_id=row.user_id, agency_id=row.agency_id, network=row.network
        )
