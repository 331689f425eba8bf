"""All stored rows as lines of JSON, table by table: the same lines from SQLite and from PostgreSQL.

Tables are reflected from the database, not taken from our models: encrypted columns stay encrypted, and
schemas of earlier versions can be written and read too.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    collate,
    delete,
    func,
    insert,
    select,
)

from app.database.dialects import snapshot_options

# Can be created again, expires within hours, or would be sent a second time by whoever restores it.
_LEFT_OUT = frozenset({"kept_file", "rate_limit", "outgoing_email", "sign_in"})
_ALEMBIC = "alembic_version"
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """How many rows a table has, and the SHA-256 of all its lines."""

    rows: int
    sha256: str


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees the database as of one moment, while others keep saving."""
    with engine.connect().execution_options(**snapshot_options(engine)) as connection, connection.begin():
        yield connection


def stored_tables(connection: Connection) -> list[Table]:
    """Return the tables to back up, each after the tables it refers to."""
    return [table for table in _all_tables(connection) if table.name not in _LEFT_OUT]


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table, ordered by primary key, as one line of JSON each."""
    columns = sorted(table.columns, key=lambda column: column.name)
    query = select(*columns).order_by(*(_sort_key(connection, column) for column in table.primary_key))
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        values = {column.name: _to_json(value) for column, value in zip(columns, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest_lines(lines: Iterable[bytes], write: Callable[[bytes], object] = len) -> Contents:
    """Return the count and digest of these lines; pass each one to `write`."""
    rows, digest = 0, hashlib.sha256()
    for line in lines:
        rows += 1
        digest.update(line)
        write(line)
    return Contents(rows=rows, sha256=digest.hexdigest())


def is_empty(connection: Connection) -> bool:
    """Return whether nothing is stored that a backup would hold."""
    return all(
        connection.execute(select(table).limit(1)).first() is None for table in stored_tables(connection)
    )


def clear(connection: Connection) -> None:
    """Delete all rows of all tables."""
    for table in reversed(_all_tables(connection)):
        connection.execute(delete(table))


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Insert the rows of these lines. They are ordered by key, so a row comes after the rows it refers to."""
    rows = (
        {name: _from_json(table.c[name], value) for name, value in json.loads(line).items()} for line in lines
    )
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(table), batch)
    if connection.dialect.name == "postgresql" and "id" in table.c:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 0) + 1, False)))


def _all_tables(connection: Connection) -> list[Table]:
    reflected = MetaData()
    reflected.reflect(connection)
    tables = [table for table in reflected.sorted_tables if table.name != _ALEMBIC]
    for column in (column for table in tables for column in table.columns):
        if isinstance(column.type, JSON):
            column.type.none_as_null = True
    return tables


def _sort_key(connection: Connection, column: Column[Any]) -> Any:
    """Return the sort key of a column: text by its bytes, whatever the collation of the database."""
    text = isinstance(column.type, String) and connection.dialect.name == "postgresql"
    return collate(column, "C") if text else column


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime.date):  # a datetime is one too
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return datetime.date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value
