"""How SQLite is driven, so that no acknowledged save is ever lost.

Python's driver begins transactions late; then two read-change-write saves can both succeed and one
is lost (209 of 400 in a trial). So each transaction of a request that changes things begins with
BEGIN IMMEDIATE: it waits for its turn before it reads.

Inserts that may meet a row that is there already; SQLite and PostgreSQL write them alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, Table, event

from app.extensions import db

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_AT_CONNECT = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is filled with zeros
    "PRAGMA cache_size = -512",  # kB for each connection; the system's own cache holds the rest
)


def drive(engine: Engine) -> None:
    """Set an SQLite engine up; leave any other alone."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _at_connect)
    event.listen(engine, "begin", _begin)


def _at_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin and commit ourselves
    for pragma in _AT_CONNECT:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    reading = has_request_context() and request.method in _READING
    writes = connection.get_execution_options().get("writes", not reading)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_into(table: Table) -> Any:
    """Return an INSERT that knows ON CONFLICT, for the database in use.

    Only that database's dialect is loaded: PostgreSQL's would take 2 MB of a process that never asks it.
    """
    return import_module(f"sqlalchemy.dialects.{db.engine.dialect.name}").insert(table)
