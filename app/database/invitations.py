"""Invitations to an agency that nobody has accepted yet. Only the hash of a link's token is stored.

An invitation can be accepted to the end of the day on which it expires, so functions that look for valid ones
ask for the first moment of today.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from app.database.account_tables import AgencyRow, InvitationRow
from app.database.agencies import Agency, Role, add_member, find_agency
from app.database.tables import table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A stored invitation."""

    id: int
    agency: Agency
    email: str
    role: Role
    invited_at: datetime.datetime
    expires_at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvitation:
    """An invitation to be added."""

    email: str
    role: Role
    token_hash: str
    expires_at: datetime.datetime


_table = table_of(InvitationRow)
_agency_table = table_of(AgencyRow)
_INVITATIONS = select(
    _table, _agency_table.c.public_id.label("agency_public_id"), _agency_table.c.name.label("agency_name")
).join_from(_table, _agency_table)


def add_invitation(agency: Agency, new: NewInvitation, now: datetime.datetime) -> None:
    """Store an invitation; it replaces one to the same address."""
    db.session.execute(delete(_table).where(_table.c.agency_id == agency.id, _table.c.email == new.email))
    db.session.execute(
        insert(_table).values(
            agency_id=agency.id,
            email=new.email,
            role=new.role,
            token_hash=new.token_hash,
            invited_at=now,
            expires_at=new.expires_at,
        )
    )


def invitations_of(agency: Agency, today: datetime.datetime) -> list[Invitation]:
    """Return the invitations to an agency that can still be accepted, the newest first."""
    query = _INVITATIONS.where(_table.c.agency_id == agency.id, _table.c.expires_at >= today)
    return [_invitation(row) for row in db.session.execute(query.order_by(_table.c.id.desc()))]


def invitations_to(email: str, today: datetime.datetime) -> list[Invitation]:
    """Return the invitations to an email address that can still be accepted, the newest first."""
    query = _INVITATIONS.where(_table.c.email == email, _table.c.expires_at >= today)
    return [_invitation(row) for row in db.session.execute(query.order_by(_table.c.id.desc()))]


def find_invitation(token_hash: str, today: datetime.datetime) -> Invitation | None:
    """Return the invitation whose link has this token, None if there is none or it has expired."""
    query = _INVITATIONS.where(_table.c.token_hash == token_hash, _table.c.expires_at >= today)
    row = db.session.execute(query).first()
    return _invitation(row) if row else None


def accept_invitation(
    token_hash: str, email: str, user_id: int, now: datetime.datetime, today: datetime.datetime
) -> Agency | None:
    """Make an account a member by the invitation to its address, delete that, and return the agency.

    Returns None, and does nothing, if there is no such invitation to this address. The agency is locked, so
    that nobody else withdraws or accepts it at the same time.
    """
    found = find_invitation(token_hash, today)
    if found is None or found.email != email:
        return None
    find_agency(found.agency.public_id, lock=True)
    if remove_invitation(found.agency, found.id) is None:
        return None
    add_member(found.agency, user_id, found.role, now)
    return found.agency


def remove_invitation(agency: Agency, id_: int) -> str | None:
    """Delete an invitation, withdrawn or accepted; return the address it was to, None if there was none."""
    this = _table.c.agency_id == agency.id, _table.c.id == id_
    return db.session.execute(delete(_table).where(*this).returning(_table.c.email)).scalar()


def _invitation(row: Any) -> Invitation:
    return Invitation(
        id=row.id,
        agency=Agency(id=row.agency_id, public_id=row.agency_public_id, name=row.agency_name),
        email=row.email,
        role=row.role,
        invited_at=row.invited_at,
        expires_at=row.expires_at,
    )
