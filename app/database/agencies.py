"""Agencies and their members."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from sqlalchemy import bindparam, delete, func, insert, select, update

from app.database.account_tables import AgencyRow, MembershipRow, User
from app.database.dialects import insert_into
from app.database.locking import locking
from app.database.tables import table_of
from app.extensions import db

Role: TypeAlias = str  # the id of a row of the table in app/permissions.py


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as stored."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An agency that a person belongs to, and the person's role there."""

    agency: Agency
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of an agency. `name` is the email address of a person who gave no name."""

    user_id: int
    name: str
    email: str
    role: Role
    joined_at: datetime.datetime


_agency_table = table_of(AgencyRow)
_membership_table = table_of(MembershipRow)
_account_table = table_of(User)
_BY_PUBLIC_ID = select(_agency_table).where(_agency_table.c.public_id == bindparam("public_id"))
_NAME = func.coalesce(func.nullif(_account_table.c.name, ""), _account_table.c.email).label("shown_name")
_MEMBERSHIPS = (
    select(_agency_table, _membership_table.c.role)
    .join_from(_membership_table, _agency_table)
    .where(_membership_table.c.user_id == bindparam("user_id"))
    .order_by(_agency_table.c.name, _agency_table.c.id)
)
_MEMBERS = (
    select(_membership_table, _account_table.c.email, _NAME)
    .join_from(_membership_table, _account_table)
    .where(_membership_table.c.agency_id == bindparam("agency_id"))
    .order_by(_membership_table.c.joined_at, _membership_table.c.user_id)
)


def add_agency(public_id: str, name: str, founder_id: int, role: Role, now: datetime.datetime) -> Agency:
    """Add an agency with its first member, in this role, and return it."""
    db.session.execute(insert(_agency_table).values(public_id=public_id, name=name, created_at=now))
    agency = cast(Agency, find_agency(public_id))
    add_member(agency, founder_id, role, now)
    return agency


def find_agency(public_id: str, *, lock: bool = False) -> Agency | None:
    """Return the agency with this id, or None. `lock` keeps others from changing its members."""
    query = locking(_BY_PUBLIC_ID) if lock else _BY_PUBLIC_ID
    row = db.session.execute(query, {"public_id": public_id}).first()
    return _agency(row) if row else None


def rename_agency(agency: Agency, name: str) -> None:
    """Rename the agency."""
    db.session.execute(update(_agency_table).where(_agency_table.c.id == agency.id).values(name=name))


def memberships_of(user_id: int) -> list[Membership]:
    """Return a person's agencies, by name, with the person's role in each."""
    rows = db.session.execute(_MEMBERSHIPS, {"user_id": user_id})
    return [Membership(agency=_agency(row), role=row.role) for row in rows]


def members_of(agency: Agency) -> list[Member]:
    """Return the members of an agency in the order they joined."""
    rows = db.session.execute(_MEMBERS, {"agency_id": agency.id})
    return [
        Member(
            user_id=row.user_id,
            name=row.shown_name,
            email=row.email,
            role=row.role,
            joined_at=row.joined_at,
        )
        for row in rows
    ]


def add_member(agency: Agency, user_id: int, role: Role, now: datetime.datetime) -> None:
    """Make a person a member; one who is a member already keeps the role."""
    statement = insert_into(_membership_table).values(
        agency_id=agency.id, user_id=user_id, role=role, joined_at=now
    )
    db.session.execute(statement.on_conflict_do_nothing())


def set_role(agency: Agency, user_id: int, role: Role) -> None:
    """Change a member's role. The caller makes sure that someone can still manage the agency."""
    db.session.execute(update(_membership_table).where(*_of(agency, user_id)).values(role=role))


def remove_member(agency: Agency, user_id: int) -> bool:
    """Remove a member and return whether there was one.

    The caller makes sure that someone can still manage the agency.
    """
    gone = delete(_membership_table).where(*_of(agency, user_id)).returning(_membership_table.c.user_id)
    return bool(db.session.execute(gone).first())


def agencies_depending_on(user_id: int, roles: Collection[Role]) -> list[Agency]:
    """Return the agencies where this person is the only member with one of these roles.

    Until the transaction ends, nobody else changes the members of any agency that the person belongs to.
    """
    mine = select(_membership_table.c.agency_id).where(_membership_table.c.user_id == user_id)
    query = select(_agency_table).where(_agency_table.c.id.in_(mine)).order_by(_agency_table.c.id)
    agencies = [_agency(row) for row in db.session.execute(locking(query))]
    holders = select(_membership_table.c.agency_id, _membership_table.c.user_id).where(
        _membership_table.c.agency_id.in_([agency.id for agency in agencies]),
        _membership_table.c.role.in_(roles),
    )
    found = [(row.agency_id, row.user_id) for row in db.session.execute(holders)]
    return [agency for agency in agencies if {user for id_, user in found if id_ == agency.id} == {user_id}]


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of these people by id, without those who no longer have an account."""
    wanted = sorted({id_ for id_ in user_ids if id_ is not None})
    if not wanted:
        return {}
    rows = db.session.execute(select(_account_table.c.id, _NAME).where(_account_table.c.id.in_(wanted)))
    return {row.id: row.shown_name for row in rows}


def _of(agency: Agency, user_id: int) -> tuple[Any, ...]:
    return _membership_table.c.agency_id == agency.id, _membership_table.c.user_id == user_id


def _agency(row: Any) -> Agency:
    return Agency(id=row.id, public_id=row.public_id, name=row.name)
