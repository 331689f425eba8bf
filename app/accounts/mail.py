"""The emails about accounts: which template says what, and how long each is of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_security import EmailValidateException, MailUtil, UserMixin
from flask_security.utils import get_message

from app.mail.messages import Email, compose, normalize_address
from app.mail.outbox import enqueue, enqueue_nothing

CONFIRM_HOURS = 24
RESET_HOURS = 1
_RESET = "emails/reset_password.txt"
SignInChange = Literal["codes_on", "codes_off", "passkey_added", "passkey_removed", "recovery_codes"]
_SIGN_IN_CHANGES: Mapping[SignInChange, str] = {
    "codes_on": _l("Sign-in codes from an authenticator app were turned on."),
    "codes_off": _l("Sign-in codes from an authenticator app were turned off."),
    "passkey_added": _l("A passkey was added."),
    "passkey_removed": _l("A passkey was removed."),
    "recovery_codes": _l("New recovery codes were created. The old ones no longer work."),
}


class AccountMail(MailUtil):
    """How Flask-Security normalizes email addresses and sends emails."""

    def normalize(self, email: str) -> str:
        """Return an address in the form that accounts store. Raises EmailValidateException."""
        found = normalize_address(email)
        if not found:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return found

    def validate(self, email: str) -> str:
        """Return the normalized address. The email itself shows whether mail can be delivered there."""
        return self.normalize(email)

    def send_mail(self, template: str, subject: str, recipient: Any, *_rendered: Any, **values: Any) -> None:
        """Enqueue an email for Flask-Security; `template` is one of our own (see app.accounts.setup)."""
        link = values.get("reset_link") or values.get("link")
        queue_email(recipient, template, link=link or url_for("security.login", _external=True))


def notify_of_change(user: UserMixin, change: SignInChange) -> None:
    """Tell people by email that the way they sign in has changed."""
    queue_email(user.email, "emails/sign_in_changed.txt", change=_SIGN_IN_CHANGES[change])


def queue_email(to: str, template: str, **values: object) -> None:
    """Compose an email and enqueue it: it is sent if the request succeeds."""
    enqueue(_composed(to, template, **values), hours=_hours(template))


def queue_nothing() -> None:
    """Do the work of `queue_email` for an address that gets none, so that the time does not tell."""
    enqueue_nothing(_composed("nobody@localhost", _RESET, link=url_for("security.login", _external=True)))


def _composed(to: str, template: str, **values: object) -> Email:
    forgot_password_url = url_for("security.forgot_password", _external=True)
    return compose(to, template, hours=_hours(template), forgot_password_url=forgot_password_url, **values)


def _hours(template: str) -> int:
    """Return how long the link in an email works."""
    return RESET_HOURS if template == _RESET else CONFIRM_HOURS
