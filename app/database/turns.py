"""Whose turn it is to do the work of the day, when that was last done, and why it waits, if it does."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from app.database.account_tables import TurnRow
from app.database.dialects import insert_into
from app.database.tables import table_of
from app.extensions import db

_table = table_of(TurnRow)
_CLOCK_SLACK = datetime.timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When the work was last done (None: never), and why it is not done now; "" if it is."""

    done_at: datetime.datetime | None
    held_because: str


def take_turn(name: str, now: datetime.datetime, until: datetime.datetime) -> bool:
    """Take the turn until then, and return whether it was free. The caller commits.

    It is free too if it ends in days to come: then it was taken when the clock was ahead.
    """
    statement = insert_into(_table).values(name=name, next_at=until, held_because="")
    free = or_(_table.c.next_at <= now, _table.c.next_at > now + _CLOCK_SLACK)
    taken = statement.on_conflict_do_update(index_elements=["name"], set_={"next_at": until}, where=free)
    return db.session.execute(taken.returning(_table.c.name)).first() is not None


def turn(name: str) -> Turn:
    """Return the state of the work."""
    row = db.session.execute(select(_table).where(_table.c.name == name)).first()
    return (
        Turn(done_at=row.done_at, held_because=row.held_because)
        if row
        else Turn(done_at=None, held_because="")
    )


def record_done(name: str, now: datetime.datetime) -> None:
    """Store that the work is done. The caller commits."""
    values = {"done_at": now, "held_because": ""}
    statement = insert_into(_table).values(name=name, next_at=now, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


def record_held(name: str, reason: str) -> None:
    """Store why the work waits for an administrator. The caller commits."""
    db.session.execute(update(_table).where(_table.c.name == name).values(held_because=reason))
