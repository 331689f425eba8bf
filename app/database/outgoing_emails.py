"""The outbox: emails that are waiting to be delivered, encrypted, each until it is sent or too old."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from app.database.account_tables import OutgoingEmailRow
from app.database.encrypted_types import InRow
from app.database.tables import table_of
from app.extensions import db
from app.tokens import new_id

_table = table_of(OutgoingEmailRow)


class About(NamedTuple):
    """The account, agency and plan that an email says something about: when one of them goes, it goes."""

    user_id: int | None = None
    agency_id: int | None = None
    assessment_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many emails are waiting, and since when the oldest of them."""

    count: int
    since: datetime.datetime | None


def add_email(
    content: tuple[str, ...],
    recipient: str,
    about: About,
    now: datetime.datetime,
    expires_at: datetime.datetime,
) -> str:
    """Store an email that is due at once; return its id. The caller commits.

    The content is the parts of `app.mail.messages.Email`, and the recipient a digest of its address.
    """
    id_ = new_id()
    values = insert(_table).values(
        id=id_,
        content=InRow(list(content), id_),
        recipient=recipient,
        **about._asdict(),
        created_at=now,
        next_try_at=now,
        tries=0,
        expires_at=expires_at,
    )
    db.session.execute(values)
    return id_


def due_emails(now: datetime.datetime, limit: int) -> list[tuple[str, int]]:
    """Return the ids of emails whose next try is due, each with how often it was tried."""
    due = select(_table.c.id, _table.c.tries).where(_table.c.next_try_at <= now).order_by(_table.c.created_at)
    return [(row.id, row.tries) for row in db.session.execute(due.limit(limit))]


def claim_email(id_: str, tries: int, next_try_at: datetime.datetime) -> tuple[tuple[str, ...], About] | None:
    """Put off the next try; return the email and what it is about, or None if someone else has claimed it.

    So nobody else delivers it now, and if this process dies, someone tries again later. The caller commits.
    """
    claim = update(_table).where(_table.c.id == id_, _table.c.tries == tries)
    claim = claim.values(tries=tries + 1, next_try_at=next_try_at)
    row = db.session.execute(claim.returning(_table)).first()
    if row is None:
        return None
    return tuple(row.content.decrypt(id_)), About(row.user_id, row.agency_id, row.assessment_id)


def remove_email(id_: str) -> None:
    """Delete an email that is delivered or refused. The caller commits."""
    db.session.execute(delete(_table).where(_table.c.id == id_))


def remove_expired_emails(now: datetime.datetime) -> int:
    """Delete the emails that are too old to be of use; return how many. The caller commits."""
    gone = delete(_table).where(_table.c.expires_at <= now).returning(_table.c.id)
    return len(db.session.execute(gone).all())


def remove_emails_to(recipient: str, agency_id: int | None = None) -> None:
    """Delete the emails to a recipient, or those about an agency. What is about one goes with its row too."""
    these = delete(_table).where(_table.c.recipient == recipient)
    db.session.execute(these if agency_id is None else these.where(_table.c.agency_id == agency_id))


def waiting_emails() -> Waiting:
    """Return how many emails are waiting, and since when."""
    row = db.session.execute(select(func.count(), func.min(_table.c.created_at))).one()
    return Waiting(count=row[0], since=row[1])
