"""The log of security events: what happened and when, with row ids; no names and no contents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select

from app.database.account_tables import AgencyRow, SecurityEventRow, User
from app.database.tables import table_of
from app.extensions import db

_table = table_of(SecurityEventRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityEvent:
    """A stored event: accounts and agencies are row ids."""

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
    """Store an event. The caller commits."""
    db.session.execute(
        insert(_table).values(at=at, kind=kind, user_id=user_id, agency_id=agency_id, network=network)
    )


def events_since(then: datetime.datetime, kind: str = "") -> Iterable[SecurityEvent]:
    """Return the events since then, the newest first: all, or of one kind."""
    query = select(_table).where(_table.c.at >= then)
    return _events(query.where(_table.c.kind == kind) if kind else query)


def events_of_account(user_id: int) -> Iterable[SecurityEvent]:
    """Return the events of an account, the newest first."""
    return _events(select(_table).where(_table.c.user_id == user_id, _since(User, user_id)))


def events_of_agency(agency_id: int) -> Iterable[SecurityEvent]:
    """Return the events of an agency, the newest first."""
    return _events(select(_table).where(_table.c.agency_id == agency_id, _since(AgencyRow, agency_id)))


def _since(owner: type[User | AgencyRow], id_: int) -> ColumnElement[bool]:
    """Return whether an event is younger than its owner: the id of a deleted row may be reused."""
    created = select(owner.created_at).where(owner.id == id_).scalar_subquery()
    return _table.c.at >= created


def _events(query: Select[Any]) -> Iterable[SecurityEvent]:
    for row in db.session.execute(query.order_by(_table.c.id.desc())):
        yield SecurityEvent(
            at=row.at, kind=row.kind, user_id=row.user_id, agency_id=row.agency_id, network=row.network
        )
