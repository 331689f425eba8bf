"""Sealing again, by the newest key, what older keys sealed; the site may serve meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, and_, select, tuple_, type_coerce, update

from app.database.encrypted_types import SealedBytes, SealedJson
from app.encryption import sealer
from app.extensions import db, metadata

_BATCH = 200


def sealed_columns() -> list[Column[Any]]:
    """Return every column that is sealed."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    return [column for column in columns if isinstance(column.type, SealedBytes | SealedJson)]


def renew_sealed(column: Column[Any]) -> int:
    """Seal a column's values by the newest key, and commit every few rows; return how many were sealed anew.

    A row that somebody else saves meanwhile is sealed by the newest key anyway, and stays as it was saved.
    Raises CannotOpen when a key is missing.
    """
    count = 0
    for rows in _batches(column):
        for row in rows:
            count += _renew(column, row)
        db.session.commit()
    return count


def check_keys() -> None:
    """Open one value of each sealed column. Raises CannotOpen when a key is missing."""
    for column in sealed_columns():
        sealed = db.session.execute(select(type_coerce(column, LargeBinary)).limit(1)).scalar()
        if sealed is not None:
            sealer().open(bytes(sealed))


def _batches(column: Column[Any]) -> Iterator[list[Any]]:
    """Return rows of key and sealed value, some at a time, in the order of their keys."""
    key = _key(column)
    query = select(*key, type_coerce(column, LargeBinary).label("sealed")).order_by(*key).limit(_BATCH)
    rows = list(db.session.execute(query))
    while rows:
        yield rows
        last = tuple(rows[-1][: len(key)])
        rows = list(db.session.execute(query.where(tuple_(*key) > last)))


def _renew(column: Column[Any], row: Any) -> int:
    renewed = sealer().renewed(bytes(row.sealed))
    if renewed is None:
        return 0
    stored = type_coerce(column, LargeBinary)
    this = and_(*(part == value for part, value in zip(_key(column), row, strict=False)))
    table: Table = column.table
    statement = update(table).where(this, stored == row.sealed)
    changed: Any = db.session.execute(statement.values({column: type_coerce(renewed, LargeBinary)}))
    return int(changed.rowcount)


def _key(column: Column[Any]) -> tuple[Column[Any], ...]:
    table: Table = column.table
    return tuple(table.primary_key.columns)
