"""Which keys are in use, and re-encrypting with the newest what older ones encrypted, while the site runs.

Cached files are left out: they can be created again, and a new key deletes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    and_,
    delete,
    func,
    select,
    tuple_,
    type_coerce,
    update,
)

from app.database.encrypted_types import EncryptedBytes
from app.database.tables import CachedFile, table_of
from app.encryption import FINGERPRINT, encryptor
from app.extensions import db, metadata

_BATCH = 200


def encrypted_columns() -> list[Column[Any]]:
    """Return every encrypted column, except that of cached files."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    cached = table_of(CachedFile)
    return [c for c in columns if isinstance(c.type, EncryptedBytes) and c.table is not cached]


def keys_in_use(connection: Connection) -> dict[str, int]:
    """Return how many stored values each key encrypted, by its fingerprint."""
    found: Counter[str] = Counter()
    for column in encrypted_columns():
        start, length = FINGERPRINT.start + 1, FINGERPRINT.stop - FINGERPRINT.start
        key = func.substr(type_coerce(column, LargeBinary), start, length)
        query = select(key, func.count()).where(column.is_not(None)).group_by(key)
        found.update({bytes(mark).hex(): count for mark, count in connection.execute(query)})
    return dict(found)


def missing_keys(connection: Connection) -> dict[str, int]:
    """Return how many stored values cannot be read here, by the fingerprint of the key that is missing."""
    here = encryptor().fingerprints
    return {key: count for key, count in keys_in_use(connection).items() if key not in here}


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


def delete_cached_files() -> None:
    """Delete the files that can be created again: with a new key, none of them is found anymore."""
    db.session.execute(delete(CachedFile))
    db.session.commit()


def _batches(column: Column[Any]) -> Iterator[list[Any]]:
    """Yield batches of rows (primary key, encrypted value), ordered by primary key."""
    key = _key(column)
    query = select(*key, type_coerce(column, LargeBinary).label("encrypted"))
    query = query.where(column.is_not(None)).order_by(*key).limit(_BATCH)
    rows = list(db.session.execute(query))
    while rows:
        yield rows
        last = tuple(rows[-1][: len(key)])
        rows = list(db.session.execute(query.where(tuple_(*key) > last)))


def _reencrypt(column: Column[Any], row: Any) -> int:
    key = tuple(row[:-1])
    place = cast(EncryptedBytes, column.type).place(key)
    changed = encryptor().reencrypt(bytes(row.encrypted), place)
    if changed is None:
        return 0
    stored = type_coerce(column, LargeBinary)
    this = and_(*(part == value for part, value in zip(_key(column), key, strict=True)))
    table: Table = column.table
    statement = update(table).where(this, stored == row.encrypted)
    result: Any = db.session.execute(statement.values({column: type_coerce(changed, LargeBinary)}))
    return int(result.rowcount)


def _key(column: Column[Any]) -> tuple[Column[Any], ...]:
    table: Table = column.table
    return tuple(table.primary_key.columns)
