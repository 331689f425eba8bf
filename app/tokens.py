"""Random ids, return codes, link tokens and digests. Of codes and tokens, only a hash is stored."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import current_app

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH = 25  # of 5 bits each: 125 bits
_GROUP = 5
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{5}([-–—][0-9A-Z]{5}){4}(?![0-9A-Z])")
_SPACED_CODE = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{5}\s*){4}[0-9A-Z]{5}(?![0-9A-Z])")
_MISREAD = str.maketrans("OIL", "011")


def new_id() -> str:
    """Return a new public id, for URLs: 16 characters, 96 bits of entropy."""
    return secrets.token_urlsafe(12)


def new_code() -> str:
    """Return a new return code such as 7K2QX-…: five groups of five characters, 125 bits of entropy."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(code[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))


def code_hash(code: str) -> str:
    """Return the hash of a return code, or of the one in a text, such as a link or a line of an email.

    Case, spaces, dashes, and O/0 or I/1 do not matter.
    """
    text = code.upper()
    found = _CODE.search(text) or _SPACED_CODE.search(text)
    typed = found.group() if found else text
    plain = "".join(char for char in typed.translate(_MISREAD) if char in _ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


def new_token() -> str:
    """Return a new token for a link that opens something by itself: 256 bits of entropy."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the hash of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(text: str) -> str:
    """Return 32 hex digits that nobody can compute or reverse without this installation's SECRET_KEY."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
