"""All that is stored, table by table, as lines of text: the same lines from SQLite and from PostgreSQL.

The tables are read as they are in the database, not as our models describe them: what is sealed stays
sealed, and tables of an earlier version can be written and read too.
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

# What can be made again, or is over within the hour; and what Alembic keeps itself.
_LEFT_OUT = frozenset({"kept_file", "rate_limit"})
_ALEMBIC = "alembic_version"
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """How many rows a table has, and the SHA-256 of all its lines."""

    rows: int
    sha256: str


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Give the database as it is at one moment, while others go on saving."""
    sqlite = engine.dialect.name == "sqlite"
    options = {"writes": False} if sqlite else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def stored_tables(connection: Connection) -> list[Table]:
    """Return the tables to keep, each after those it refers to."""
    return [table for table in _all_tables(connection) if table.name not in _LEFT_OUT]


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table by their key, a line of JSON each."""
    columns = sorted(table.columns, key=lambda column: column.name)
    query = select(*columns).order_by(*(_ordered(connection, column) for column in table.primary_key))
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        values = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def counted(lines: Iterable[bytes], write: Callable[[bytes], object] = len) -> Contents:
    """Return what these lines hold; each is given to `write` as it passes."""
    rows, digest = 0, hashlib.sha256()
    for line in lines:
        rows += 1
        digest.update(line)
        write(line)
    return Contents(rows=rows, sha256=digest.hexdigest())


def is_empty(connection: Connection) -> bool:
    """Return whether nothing is stored that would be kept."""
    return all(
        connection.execute(select(table).limit(1)).first() is None for table in stored_tables(connection)
    )


def clear(connection: Connection) -> None:
    """Delete all rows of all tables."""
    for table in reversed(_all_tables(connection)):
        connection.execute(delete(table))


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Add the rows that these lines hold. By their key, so that one that refers to another comes after it."""
    rows = (
        {name: _typed(table.c[name], value) for name, value in json.loads(line).items()} for line in lines
    )
    while some := list(islice(rows, _BATCH)):
        connection.execute(insert(table), some)
    if connection.dialect.name == "postgresql" and "id" in table.c:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 0) + 1, False)))


def _all_tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name != _ALEMBIC]
    for column in (column for table in tables for column in table.columns):
        if isinstance(column.type, JSON):
            column.type.none_as_null = True
    return tables


def _ordered(connection: Connection, column: Column[Any]) -> Any:
    """Return what to sort by: text by its bytes on every database, whatever its language."""
    text = isinstance(column.type, String) and connection.dialect.name == "postgresql"
    return collate(column, "C") if text else column


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):  # a datetime is one too
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return datetime.date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value
