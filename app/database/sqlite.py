"""SQLite: when a transaction begins, and whose turn it is to write.

A statement that only reads runs by itself. The first one that writes or locks begins the transaction with
BEGIN IMMEDIATE, which keeps other writers out until the commit.

SQLite lets writers who wait ask again after up to a tenth of a second, in no order: with eight at once, some
wait for a second. So the threads of a process queue for a lock, and only the first of them asks, every
millisecond.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

LOCKS, SNAPSHOT = "locks", "snapshot"  # execution options: of a statement that locks, of a connection
_READING = ("SELECT", "PRAGMA")
_WAIT = 10.0  # seconds for a turn to write
_ON_CONNECT = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {_WAIT * 1000:.0f}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # deleted content is overwritten with zeros
    "PRAGMA cache_size = -512",  # kB a connection, in place of 2,000; the system caches the rest
)
_BUSY = "database is locked"


class _QueueingConnection(sqlite3.Connection):
    """A connection that waits for its turn to write; commit and rollback end the turn."""

    queue: threading.Lock
    _has_turn = False

    def begin_to_write(self) -> None:
        """Begin a transaction that keeps other writers out. Raises OperationalError after a while."""
        until = time.monotonic() + _WAIT
        if not self.queue.acquire(timeout=_WAIT):
            raise sqlite3.OperationalError(_BUSY)
        self._has_turn = True
        self.execute("PRAGMA busy_timeout = 2")  # so SQLite asks again after one millisecond, twice
        try:
            while not self._try_to_begin(until):
                pass
        finally:
            self.execute(_ON_CONNECT[2])
            if not self.in_transaction:
                self._end_turn()

    def commit(self) -> None:
        """Commit, and let the next one write."""
        super().commit()
        self._end_turn()

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        super().rollback()
        self._end_turn()

    def close(self) -> None:
        """Close, and let the next one write."""
        super().close()
        self._end_turn()

    def _try_to_begin(self, until: float) -> bool:
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _BUSY not in str(error) or time.monotonic() > until:
                raise
            return False
        return True

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self.queue.release()


def configure(engine: Engine) -> None:
    """Set up an SQLite engine."""
    queue = threading.Lock()

    def connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["factory"] = type("QueueingConnection", (_QueueingConnection,), {"queue": queue})

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", _before_statement)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _ON_CONNECT:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(SNAPSHOT):
        connection.connection.cursor().execute("BEGIN")


def _before_statement(
    _connection: Connection, cursor: Any, statement: str, _values: Any, context: Any, _many: bool
) -> None:
    """Begin the transaction before the first statement that writes or locks."""
    reads = statement.lstrip().upper().startswith(_READING)
    if cursor.connection.in_transaction or (reads and not context.execution_options.get(LOCKS)):
        return
    cursor.connection.begin_to_write()
