"""Encryption of what people write: a stolen database alone reveals nothing.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec) with the keys of the settings. The
first key encrypts, and every key decrypts what it encrypted, so keys can be changed while the site runs.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app

_EXTENSION = "encryptor"


class DecryptionError(Exception):
    """No key decrypts the stored data: the key that encrypted it is missing from the settings."""


class Encryptor:
    """Encrypts and decrypts bytes with keys of 32 bytes in URL-safe base64, the newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, content: bytes) -> bytes:
        """Return the content, encrypted with the newest key."""
        return self._newest.encrypt(content)

    def decrypt(self, encrypted: bytes) -> bytes:
        """Return the content. Raises DecryptionError."""
        try:
            return self._all.decrypt(encrypted)
        except InvalidToken:
            raise DecryptionError from None

    def reencrypt(self, encrypted: bytes) -> bytes | None:
        """Return the content encrypted with the newest key, or None if it already is.

        Raises DecryptionError.
        """
        try:
            self._newest.decrypt(encrypted)
        except InvalidToken:
            return self.encrypt(self.decrypt(encrypted))
        return None


def register(app: Flask) -> None:
    """Give the application the encryptor of its database."""
    app.extensions[_EXTENSION] = Encryptor(app.config["DATA_KEYS"])


def encryptor() -> Encryptor:
    """Return the encryptor of the current application's database."""
    found: Encryptor = current_app.extensions[_EXTENSION]
    return found
