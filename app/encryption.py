"""What people write is sealed before it is stored: who gets hold of the database alone reads none of it.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec) with keys from the settings. The
first key seals; each key opens what it sealed, so that keys can be changed while the site serves.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app


class CannotOpen(Exception):
    """None of the keys opens what is stored: the key that sealed it is missing from the settings."""


class Sealer:
    """Seals bytes and opens them again, with keys of 32 bytes in URL-safe base64, the newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def seal(self, content: bytes) -> bytes:
        """Return the content, sealed by the newest key."""
        return self._newest.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises CannotOpen."""
        try:
            return self._all.decrypt(sealed)
        except InvalidToken:
            raise CannotOpen from None

    def renewed(self, sealed: bytes) -> bytes | None:
        """Return the same, sealed by the newest key; None if it is so already. Raises CannotOpen."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return self.seal(self.open(sealed))
        return None


def register(app: Flask) -> None:
    """Give the application what seals its database."""
    app.extensions["sealer"] = Sealer(app.config["DATA_KEYS"])


def sealer() -> Sealer:
    """Return what seals the database of the application at hand."""
    found: Sealer = current_app.extensions["sealer"]
    return found
