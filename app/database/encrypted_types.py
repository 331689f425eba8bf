"""Column types that are encrypted in the database and plain in Python."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from app.encryption import encryptor


class EncryptedBytes(TypeDecorator[bytes]):
    """Encrypted bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Return the bytes to store."""
        return None if value is None else encryptor().encrypt(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> bytes | None:
        """Return the stored value. Raises DecryptionError."""
        return None if value is None else encryptor().decrypt(bytes(value))


class EncryptedJson(TypeDecorator[Any]):
    """A value as encrypted JSON."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any | None, _dialect: Dialect) -> bytes | None:
        """Return the bytes to store."""
        return encryptor().encrypt(json.dumps(value, separators=(",", ":")).encode())

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Any:
        """Return the stored value. Raises DecryptionError."""
        return None if value is None else json.loads(encryptor().decrypt(bytes(value)))
