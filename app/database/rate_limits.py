"""Rate limit counters in the database, shared by all web processes on all machines.

They use connections of their own: a count has to stay when the request's transaction is rolled back.
"""

from __future__ import annotations

import datetime
from typing import Any, cast

from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.exc import DBAPIError

from app import clock
from app.database.account_tables import RateLimitRow
from app.database.dialects import insert_into
from app.database.tables import table_of
from app.extensions import db

SCHEME = "database"
_table = table_of(RateLimitRow)


class DatabaseStorage(Storage):
    """Flask-Limiter's storage in our database; `limits` itself has none for SQL (its issue #239).

    On SQLite, the request must not have written yet when it counts: there is one writer.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # `limits` reads it so

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors that this storage may raise."""
        return DBAPIError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return the total within the window, which lasts `expiry` seconds."""
        now = clock.now()
        new = {"count": amount, "expires_at": now + datetime.timedelta(seconds=expiry)}
        expired = _table.c.expires_at <= now
        statement = insert_into(_table).values(key=key, **new)
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((expired, amount), else_=_table.c.count + amount),
                "expires_at": case((expired, new["expires_at"]), else_=_table.c.expires_at),
            },
        ).returning(_table.c.count)
        with db.engine.begin() as connection:
            return cast(int, connection.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        """Return the count of the current window."""
        row = self._row(key)
        return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        row = self._row(key)
        end: datetime.datetime = row.expires_at if row else clock.now()
        return end.replace(tzinfo=datetime.UTC).timestamp()

    def check(self) -> bool:
        """Return whether the database answers."""
        with db.engine.connect() as connection:
            connection.execute(select(_table.c.key).limit(1))
        return True

    def reset(self) -> int:
        """Delete all counts; return how many there were."""
        with db.engine.begin() as connection:
            return int(connection.execute(delete(_table)).rowcount)

    def clear(self, key: str) -> None:
        """Delete one count."""
        with db.engine.begin() as connection:
            connection.execute(delete(_table).where(_table.c.key == key))

    def _row(self, key: str) -> Any:
        query = select(_table).where(_table.c.key == key, _table.c.expires_at > clock.now())
        with db.engine.connect() as connection:
            return connection.execute(query).first()
