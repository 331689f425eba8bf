"""Columns whose content is sealed in the database, and plain in Python."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from app.encryption import sealer


class SealedBytes(TypeDecorator[bytes]):
    """Bytes, sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Return what is stored."""
        return None if value is None else sealer().seal(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> bytes | None:
        """Return what was stored. Raises CannotOpen."""
        return None if value is None else sealer().open(bytes(value))


class SealedJson(TypeDecorator[Any]):
    """A value as JSON, sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any | None, _dialect: Dialect) -> bytes | None:
        """Return what is stored."""
        return sealer().seal(json.dumps(value, separators=(",", ":")).encode())

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Any:
        """Return what was stored. Raises CannotOpen."""
        return None if value is None else json.loads(sealer().open(bytes(value)))
