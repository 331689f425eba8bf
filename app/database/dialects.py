"""What differs between SQLite and PostgreSQL.

Transactions work alike on both: a statement that only reads sees what is committed at that moment and waits
for nobody; the first one that writes or locks (app/database/locking.py) begins to keep others out. So SQLite
gets its BEGIN IMMEDIATE only then. What was read before may be out of date by then: whoever reads, changes
and writes has to lock first, or to compare again. Without either, 209 of 400 such saves were lost in a trial.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db

_ON_CONNECT = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # deleted content is overwritten with zeros
    "PRAGMA cache_size = -512",  # kB for each connection; the system's own cache holds the rest
)
_READING = ("SELECT", "PRAGMA")
LOCKS, _SNAPSHOT = "locks", "snapshot"  # our execution options
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def configure(engine: Engine) -> None:
    """Set up an SQLite engine; leave any other alone."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        event.listen(engine, "before_cursor_execute", _before_statement)


def snapshot_options(engine: Engine) -> dict[str, Any]:
    """Return the options of a connection that sees the database as of one moment, while others write."""
    return {_SNAPSHOT: True} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}


def insert_into(table: Table) -> Any:
    """Return an INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` for the database in use."""
    return _INSERT[db.engine.dialect.name](table)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _ON_CONNECT:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(_SNAPSHOT):
        connection.connection.cursor().execute("BEGIN")


def _before_statement(
    _connection: Connection, cursor: Any, statement: str, _values: Any, context: Any, _many: bool
) -> None:
    """Begin the transaction before the first statement that writes or locks."""
    reads = statement.lstrip().upper().startswith(_READING)
    if cursor.connection.in_transaction or (reads and not context.execution_options.get(LOCKS)):
        return
    cursor.execute("BEGIN IMMEDIATE")
