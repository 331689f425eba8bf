"""How two who read, change and write the same do not overwrite each other.

A transaction keeps others out from its first write or lock on. A view that takes long between reading and
writing would keep everyone waiting, so it reads without a lock, and locks and compares just before it writes.
If what it read has been changed meanwhile, it raises `Stale` and runs again, under the lock from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from app.database.sqlite import LOCKS
from app.extensions import db


class Stale(Exception):
    """What was read without a lock has been changed since."""


def locking(query: Select[Any], **options: Any) -> Select[Any]:
    """Return a query that keeps others from changing its rows; on SQLite, from changing anything."""
    return query.with_for_update(**options).execution_options(**{LOCKS: True})


def retry_with_lock(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return the view, called with lock=False, and again with lock=True if it raises Stale."""

    @wraps(view)
    def wrapped(**place: str) -> ResponseReturnValue:
        try:
            return view(**place, lock=False)
        except Stale:
            db.session.rollback()
            return view(**place, lock=True)

    return wrapped
