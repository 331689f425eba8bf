"""Re-encrypting with the newest key what older keys encrypted, while the site runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, and_, select, tuple_, type_coerce, update

from app.database.encrypted_types import EncryptedBytes, EncryptedJson
from app.encryption import encryptor
from app.extensions import db, metadata

_BATCH = 200


def encrypted_columns() -> list[Column[Any]]:
    """Return every encrypted column."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    return [column for column in columns if isinstance(column.type, EncryptedBytes | EncryptedJson)]


def reencrypt_column(column: Column[Any]) -> int:
    """Re-encrypt a column with the newest key; return how many values changed. Commits after each batch.

    A row that someone saves meanwhile is encrypted with the newest key anyway, and stays as saved.
    Raises DecryptionError when a key is missing.
    """
    count = 0
    for rows in _batches(column):
        count += sum(_reencrypt(column, row) for row in rows)
        db.session.commit()
    return count


def check_keys() -> None:
    """Decrypt one value of each encrypted column. Raises DecryptionError when a key is missing."""
    for column in encrypted_columns():
        encrypted = db.session.execute(select(type_coerce(column, LargeBinary)).limit(1)).scalar()
        if encrypted is not None:
            encryptor().decrypt(bytes(encrypted))


def _batches(column: Column[Any]) -> Iterator[list[Any]]:
    """Yield batches of rows (primary key, encrypted value), ordered by primary key."""
    key = _key(column)
    query = select(*key, type_coerce(column, LargeBinary).label("encrypted")).order_by(*key).limit(_BATCH)
    rows = list(db.session.execute(query))
    while rows:
        yield rows
        last = tuple(rows[-1][: len(key)])
        rows = list(db.session.execute(query.where(tuple_(*key) > last)))


def _reencrypt(column: Column[Any], row: Any) -> int:
    changed = encryptor().reencrypt(bytes(row.encrypted))
    if changed is None:
        return 0
    stored = type_coerce(column, LargeBinary)
    this = and_(*(part == value for part, value in zip(_key(column), row, strict=False)))
    table: Table = column.table
    statement = update(table).where(this, stored == row.encrypted)
    result: Any = db.session.execute(statement.values({column: type_coerce(changed, LargeBinary)}))
    return int(result.rowcount)


def _key(column: Column[Any]) -> tuple[Column[Any], ...]:
    table: Table = column.table
    return tuple(table.primary_key.columns)
