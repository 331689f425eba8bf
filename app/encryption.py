"""Encryption of what people write: a stolen database alone reveals nothing.

AES-256-GCM-SIV (RFC 8452), with keys derived from those of the settings. The first key encrypts, and every
key decrypts what it encrypted, so keys can be changed while the site runs. A stored value is

    format (1 byte) | fingerprint of its key (6) | nonce (12) | ciphertext with its tag

The ciphertext is bound to its place (table, column, primary key): moved to another one, it does not decrypt.
The content is padded to one of a few sizes, so that its length reveals little. docs/decisions/0012-storage.md
has the reasons.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

_EXTENSION = "encryptor"
_FORMAT = b"\x01"
FINGERPRINT = slice(1, 7)  # where a stored value names its key
_NONCE = slice(7, 19)
_LENGTH = 4  # bytes in front of the content that hold its length
# Every answer without a note fits into the first size, and the longest note into the third.
_SIZES = (512, 2048, 8192)
_LARGE = 65536  # what is longer is padded to a multiple of this


class DecryptionError(Exception):
    """Stored data cannot be decrypted here: it was changed, or moved to another place."""


class MissingKey(DecryptionError):
    """The key that encrypted the stored data is not in the settings. The message is its fingerprint."""


@dataclass(frozen=True, slots=True)
class _Key:
    fingerprint: bytes
    cipher: AESGCMSIV
    digest_key: bytes


class Encryptor:
    """Encrypts and decrypts bytes with keys of 32 bytes in URL-safe base64, the newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        found = [_key(key) for key in keys]
        self._newest = found[0]
        self._by_fingerprint = {key.fingerprint: key for key in found}

    @property
    def newest(self) -> str:
        """The fingerprint of the key that encrypts."""
        return self._newest.fingerprint.hex()

    @property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all keys."""
        return frozenset(fingerprint.hex() for fingerprint in self._by_fingerprint)

    def encrypt(self, content: bytes, place: bytes) -> bytes:
        """Return the content, encrypted for this place with the newest key."""
        header = _FORMAT + self._newest.fingerprint
        nonce = secrets.token_bytes(_NONCE.stop - _NONCE.start)
        return header + nonce + self._newest.cipher.encrypt(nonce, _padded(content), header + place)

    def decrypt(self, stored: bytes, place: bytes) -> bytes:
        """Return the content. Raises DecryptionError."""
        key = self._by_fingerprint.get(stored[FINGERPRINT])
        if key is None:
            raise MissingKey(stored[FINGERPRINT].hex())
        header = stored[: FINGERPRINT.stop]
        try:
            padded = key.cipher.decrypt(stored[_NONCE], stored[_NONCE.stop :], header + place)
        except InvalidTag:
            raise DecryptionError from None
        return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]

    def reencrypt(self, stored: bytes, place: bytes) -> bytes | None:
        """Return the content encrypted with the newest key, or None if it already is.

        Raises DecryptionError.
        """
        if stored[FINGERPRINT] == self._newest.fingerprint:
            return None
        return self.encrypt(self.decrypt(stored, place), place)

    def digest(self, text: str) -> str:
        """Return 64 hex digits that nobody can compute from the text without the newest key."""
        return hmac.new(self._newest.digest_key, text.encode(), hashlib.sha256).hexdigest()


def use_keys(app: Flask, keys: Sequence[str]) -> None:
    """Make the application encrypt with the first of these keys, and decrypt with all."""
    app.extensions[_EXTENSION] = Encryptor(keys)


def encryptor() -> Encryptor:
    """Return the encryptor of the current application's database."""
    found: Encryptor = current_app.extensions[_EXTENSION]
    return found


def key_fingerprint(key: str) -> str:
    """Return 12 hex digits that identify a key of the settings without revealing it."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _key(key: str) -> _Key:
    secret = base64.urlsafe_b64decode(key)
    return _Key(
        fingerprint=bytes.fromhex(key_fingerprint(key)),
        cipher=AESGCMSIV(_derived(secret, b"stored values")),
        digest_key=_derived(secret, b"digests"),
    )


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """Return a key for one purpose only."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def _padded(content: bytes) -> bytes:
    needed = _LENGTH + len(content)
    size = next((size for size in _SIZES if needed <= size), -(-needed // _LARGE) * _LARGE)
    return (len(content).to_bytes(_LENGTH, "big") + content).ljust(size, b"\0")
