"""The link that proves an email address, before anything about a new account is stored.

Registering takes the address only and sends a link to it. Whoever opens the link reads that mailbox, and only
there chooses a password or a passkey. So it does not matter who asked for the link, or how often.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from itsdangerous import URLSafeTimedSerializer

from app.accounts.mail import CONFIRM_HOURS

INVITED_HOURS = 7 * 24  # for a link that the administrator sends
_INVITATION_LIMIT = 100  # characters of a token


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a link proves and carries: the address, the page to go to, and the invitation to accept."""

    email: str
    onward: str = ""
    invitation: str = ""

    def onward_with_account(self) -> str:
        """Return the page for someone who has an account already, "" for the usual one."""
        if self.invitation:
            return url_for("agencies.invitation", token=self.invitation)
        return self.onward


def registration_link(registration: Registration, hours: int = CONFIRM_HOURS) -> str:
    """Return the link for an email to this address: whoever opens it in time can create the account."""
    data = [registration.email, registration.onward, registration.invitation[:_INVITATION_LIMIT], hours]
    return url_for("accounts.create", token=_serializer().dumps(data), _external=True)


def read_link(token: str) -> Registration:
    """Return what a link carries. Raises BadData if it was changed, or is too old."""
    email, onward, invitation, hours = _serializer().loads(token, max_age=INVITED_HOURS * 3600)
    _serializer().loads(token, max_age=hours * 3600)
    return Registration(email=email, onward=onward, invitation=invitation)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="registration")
