"""Values as releases before revision 0007 encrypted them: Fernet tokens, for the migrations only."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

from app import clock
from app.encryption import DecryptionError


class FernetValues:
    """Encrypts and decrypts JSON with the keys of the settings."""

    def __init__(self) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in current_app.config["DATA_KEYS"]])

    def encrypt(self, value: Any) -> bytes:
        """Return a value as encrypted JSON."""
        return self._fernet.encrypt(json.dumps(value, separators=(",", ":")).encode())

    def decrypt(self, token: bytes) -> Any:
        """Return the value. Raises DecryptionError."""
        try:
            return json.loads(self._fernet.decrypt(bytes(token)))
        except InvalidToken:
            raise DecryptionError from None

    def can_decrypt(self, token: bytes) -> bool:
        """Return whether one of the keys decrypts a value."""
        try:
            self.decrypt(token)
        except DecryptionError:
            return False
        return True


def _encrypted_on(token: bytes) -> datetime.date:
    """Return the day on which a value was encrypted: a token says the second in clear."""
    seconds = int.from_bytes(base64.urlsafe_b64decode(bytes(token)[:12])[1:9], "big")
    return clock.local_day(datetime.datetime.fromtimestamp(seconds, datetime.UTC))


class UnreadableValues(Exception):
    """Some values need keys that are missing; the message says which, as far as the values tell."""


def unreadable(tokens: Iterable[bytes]) -> UnreadableValues:
    """Return the error that says when these tokens were encrypted: they do not name their key."""
    days = sorted(_encrypted_on(token) for token in tokens)
    return UnreadableValues(
        f"{len(days):,} stored values, encrypted from {days[0]} to {days[-1]}, need a key that is not in "
        "the settings. Put back the key that was in use then, in DATA_KEYS or the file data-keys, after "
        "the first one. Nothing was changed."
    )
