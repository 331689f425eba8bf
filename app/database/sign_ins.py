"""Where people are signed in: one row for each browser. Only the hash of its token is stored."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from app.database.account_tables import SignInRow, User
from app.database.tables import table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A sign-in. `seen_at` is when the browser last sent a form, give or take some minutes."""

    id: int
    device: str
    started_at: datetime.datetime
    seen_at: datetime.datetime


_table = table_of(SignInRow)
_account = table_of(User)


def add_sign_in(user_id: int, token_hash: str, device: str, now: datetime.datetime) -> None:
    """Store a sign-in. The caller commits."""
    new = {"user_id": user_id, "token_hash": token_hash, "device": device}
    db.session.execute(insert(_table).values(**new, started_at=now, seen_at=now))


def find_sign_in(token_hash: str, uniquifier: str) -> SignIn | None:
    """Return the sign-in of a browser to the account with this changing identifier, None if it has ended."""
    query = select(_table).join_from(_table, _account)
    theirs = query.where(_table.c.token_hash == token_hash, _account.c.fs_uniquifier == uniquifier)
    return next(iter(_sign_ins(theirs)), None)


def sign_ins_of(user_id: int) -> list[SignIn]:
    """Return where a person is signed in, the last begun first."""
    return _sign_ins(select(_table).where(_table.c.user_id == user_id).order_by(_table.c.id.desc()))


def touch_sign_in(id_: int, now: datetime.datetime) -> None:
    """Store that a sign-in is in use."""
    db.session.execute(update(_table).where(_table.c.id == id_).values(seen_at=now))


def end_sign_in_of(user_id: int, id_: int) -> bool:
    """End a sign-in of this person; return whether there was one."""
    theirs = _table.c.user_id == user_id, _table.c.id == id_
    return bool(db.session.execute(delete(_table).where(*theirs).returning(_table.c.id)).first())


def end_sign_in_with(token_hash: str) -> None:
    """End the sign-in of the browser that holds this token."""
    db.session.execute(delete(_table).where(_table.c.token_hash == token_hash))


def end_sign_ins_of(user_id: int) -> None:
    """End all sign-ins of this person."""
    db.session.execute(delete(_table).where(_table.c.user_id == user_id))


def _sign_ins(query: Select[Any]) -> list[SignIn]:
    return [
        SignIn(
            id=row.id,
            device=row.device,
            started_at=row.started_at,
            seen_at=row.seen_at,
        )
        for row in db.session.execute(query)
    ]
