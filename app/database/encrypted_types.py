"""Column types that are encrypted in the database.

What is stored is bound to its row, so both ways need the row's primary key: store an `InRow`, and decrypt the
`EncryptedValue` that a query returns. A value without its row is not stored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from app.encryption import encryptor

KeyPart = str | int


class InRow:
    """A value to be encrypted, and the primary key of its row, in the order of the table's columns."""

    __slots__ = ("key", "value")

    def __init__(self, value: Any, *key: KeyPart) -> None:
        self.value = value
        self.key = key

    def decrypt(self, *_key: KeyPart) -> Any:
        """Return the value, as what is stored would."""
        return self.value


@dataclass(frozen=True, slots=True)
class EncryptedValue:
    """A value as it is stored, which only its own row can decrypt."""

    stored: bytes
    type: EncryptedBytes = field(compare=False)

    def decrypt(self, *key: KeyPart) -> Any:
        """Return the value of the row with this primary key. Raises DecryptionError."""
        return self.type.decrypt(self.stored, key)


class EncryptedBytes(TypeDecorator[Any]):
    """Encrypted bytes of a column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, table: str, column: str) -> None:
        super().__init__()
        self.table = table
        self.column = column

    def encrypt(self, value: Any, key: tuple[KeyPart, ...]) -> bytes:
        """Return the bytes to store of a value in the row with this primary key."""
        return encryptor().encrypt(self.to_bytes(value), self.place(key))

    def decrypt(self, stored: bytes, key: tuple[KeyPart, ...]) -> Any:
        """Return a stored value of the row with this primary key. Raises DecryptionError."""
        return self.from_bytes(encryptor().decrypt(stored, self.place(key)))

    def place(self, key: tuple[KeyPart, ...]) -> bytes:
        """Return the place of a value: its table, its column, and the primary key of its row."""
        return json.dumps([self.table, self.column, *key]).encode()

    def process_bind_param(self, value: InRow | None, _dialect: Dialect) -> bytes | None:
        """Return the bytes to store."""
        return None if value is None else self.encrypt(value.value, value.key)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> EncryptedValue | None:
        """Return what is stored, still encrypted."""
        return None if value is None else EncryptedValue(bytes(value), self)

    def to_bytes(self, value: Any) -> bytes:
        """Return a value as bytes."""
        return bytes(value)

    def from_bytes(self, content: bytes) -> Any:
        """Return the value that these bytes hold."""
        return content


class EncryptedJson(EncryptedBytes):
    """Encrypted JSON of a column."""

    cache_ok = True

    def to_bytes(self, value: Any) -> bytes:
        """Return a value as JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, content: bytes) -> Any:
        """Return the value that this JSON holds."""
        return json.loads(content)
