"""The emails about accounts. They go out after the database's work is committed.

With SMTP, they go out after the response too, so that nobody waits for the mail server, and the response
time does not reveal whether an address has an account.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from flask import Flask, Response, current_app, g, url_for
from flask_babel import lazy_gettext as _l
from flask_security import EmailValidateException, MailUtil, UserMixin
from flask_security.utils import get_message

from app import mail

CONFIRM_HOURS = 24
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
        found = mail.normalize_address(email)
        if not found:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return found

    def validate(self, email: str) -> str:
        """Return the normalized address. The email itself shows whether mail can be delivered there."""
        return self.normalize(email)

    def send_mail(self, template: str, subject: str, recipient: Any, *_rendered: Any, **values: Any) -> None:
        """Queue an email for Flask-Security; `template` is one of our own (see app.accounts.setup)."""
        link = values.get("reset_link") or values.get("link")
        queue_email(recipient, template, link=link or url_for("security.login", _external=True))


def notify_of_change(user: UserMixin, change: SignInChange) -> None:
    """Tell people by email that the way they sign in has changed."""
    queue_email(user.email, "emails/sign_in_changed.txt", change=_SIGN_IN_CHANGES[change])


def queue_email(to: str, template: str, **values: object) -> None:
    """Compose an email now; it is sent if the request succeeds."""
    forgot_password_url = url_for("security.forgot_password", _external=True)
    email = mail.compose(to, template, hours=CONFIRM_HOURS, forgot_password_url=forgot_password_url, **values)
    g.setdefault("queued_emails", []).append(email)


def send_queued(response: Response) -> Response:
    """Send the queued emails: with SMTP after the response, else at once."""
    queued: list[mail.Email] = g.pop("queued_emails", [])
    if not queued or response.status_code >= 400:
        return response
    if mail.uses_smtp():
        response.call_on_close(partial(_send_in, current_app._get_current_object(), queued))  # type: ignore[attr-defined]
    else:
        _send(queued)
    return response


def _send_in(app: Flask, emails: list[mail.Email]) -> None:
    with app.app_context():
        _send(emails)


def _send(emails: list[mail.Email]) -> None:
    for email in emails:
        with contextlib.suppress(mail.MailNotSent):  # it is logged, and the page says what to do
            mail.send(*email)
