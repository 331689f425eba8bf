"""E-mail addresses, each in the one form in which it is stored, compared, counted and written to."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def usual_address(text: str) -> str:
    """Return an address in small ASCII letters, "" for what is none.

    Whether it can be reached, the e-mail itself will show.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return (found.ascii_email or found.normalized).lower()
