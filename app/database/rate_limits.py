"""How often something was tried, counted in the database: all web processes on all machines share it."""

from __future__ import annotations

import datetime
from contextlib import AbstractContextManager
from typing import Any, cast

from limits.storage import Storage
from sqlalchemy import Connection, Table, case, delete, select
from sqlalchemy.exc import DBAPIError

from app import clock
from app.database.account_tables import RateLimitRow
from app.database.dialects import insert_into
from app.extensions import db

SCHEME = "database"
_table = cast(Table, RateLimitRow.__table__)


class DatabaseStorage(Storage):
    """The storage of Flask-Limiter in our database; `limits` itself has none for SQL (its issue #239)."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # `limits` reads it so

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors that a storage may meet."""
        return DBAPIError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how often it was tried within the window of so many seconds."""
        now = clock.now()
        new = {"count": amount, "expires_at": now + datetime.timedelta(seconds=expiry)}
        over = _table.c.expires_at <= now
        statement = insert_into(_table).values(key=key, **new)
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((over, amount), else_=_table.c.count + amount),
                "expires_at": case((over, new["expires_at"]), else_=_table.c.expires_at),
            },
        ).returning(_table.c.count)
        with _own_transaction() as connection:
            return cast(int, connection.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        """Return how often it was tried within its window."""
        row = self._row(key)
        return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when its window ends, in seconds since 1970."""
        row = self._row(key)
        end: datetime.datetime = row.expires_at if row else clock.now()
        return end.replace(tzinfo=datetime.UTC).timestamp()

    def check(self) -> bool:
        """Return whether the database answers."""
        with db.engine.execution_options(writes=False).connect() as connection:
            connection.execute(select(_table.c.key).limit(1))
        return True

    def reset(self) -> int:
        """Forget all counts; return how many there were."""
        with _own_transaction() as connection:
            return int(connection.execute(delete(_table)).rowcount)

    def clear(self, key: str) -> None:
        """Forget one count."""
        with _own_transaction() as connection:
            connection.execute(delete(_table).where(_table.c.key == key))

    def _row(self, key: str) -> Any:
        query = select(_table).where(_table.c.key == key, _table.c.expires_at > clock.now())
        # A reader waits for nobody, not even for the request's own transaction.
        with db.engine.execution_options(writes=False).connect() as connection:
            return connection.execute(query).first()


def _own_transaction() -> AbstractContextManager[Connection]:
    """Count apart from the request's own transaction, which may yet be rolled back or only read."""
    db.session.rollback()  # who is signed in was read; that would keep SQLite's one writer waiting for itself
    return db.engine.execution_options(writes=True).begin()
