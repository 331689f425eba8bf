"""What differs between SQLite and PostgreSQL.

Python's SQLite driver begins transactions late; then two read-modify-write saves can both succeed and one
is lost (209 of 400 in a trial). So every transaction that may write begins with BEGIN IMMEDIATE, which
waits for its turn before it reads. Transactions of read-only requests wait for nobody.
"""

from __future__ import annotations

from typing import Any

from flask import g, has_app_context
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
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def configure(engine: Engine) -> None:
    """Set up an SQLite engine; leave any other alone."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def set_read_only(read_only: bool) -> None:
    """Declare whether the current application context only reads. By default, it may write."""
    g.read_only = read_only


def insert_into(table: Table) -> Any:
    """Return an INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` for the database in use."""
    return _INSERT[db.engine.dialect.name](table)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin and commit ourselves
    for pragma in _ON_CONNECT:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    read_only = has_app_context() and g.get("read_only", False)
    writes = connection.get_execution_options().get("writes", not read_only)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
