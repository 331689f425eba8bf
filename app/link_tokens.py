"""Tokens of links that open something by themselves. Only their hash is stored."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a new token: 256 bits of chance, fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the hash to store and to look up."""
    return hashlib.sha256(token.encode()).hexdigest()
