"""The e-mails of accounts: what they say is content. They go out when the database's work is done.

By SMTP, they go out after the answer, so that nobody waits for the mail server, and nobody can tell from
the time it takes whether an address has an account.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, g, url_for
from flask_security import EmailValidateException, MailUtil, UserMixin
from flask_security.utils import get_message

from app import mail
from app.content import current
from app.mail import usual_address
from questions.site_texts.accounts import MailText

CONFIRM_HOURS = 24
_Waiting = list[tuple[str, MailText, dict[str, Any]]]


class AccountMail(MailUtil):
    """What Flask-Security asks about addresses, and how it sends e-mails."""

    def normalize(self, email: str) -> str:
        """Return an address as accounts keep it. Raises EmailValidateException."""
        found = usual_address(email)
        if not found:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return found

    def validate(self, email: str) -> str:
        """Return the same: whether it can be reached, the e-mail itself will show."""
        return self.normalize(email)

    def send_mail(self, template: str, subject: str, recipient: Any, *_made: Any, **facts: Any) -> None:
        """Send an e-mail of Flask-Security; the template is one of our names."""
        link = facts.get("confirmation_link") or facts.get("reset_link") or facts.get("link")
        if template == "already_there":  # its link to a new password is one to ask for, not to use
            link = facts["confirmation_link"]
        send_later(template, recipient, link=link or url_for("security.login", _external=True))


def tell_of_change(user: UserMixin, what: str) -> None:
    """Tell a person that something changed in how to sign in."""
    send_later(
        "sign_in_changed", user.email, what=getattr(current().questionnaire.texts.accounts.changes, what)
    )


def send_later(name: str, to: str, **facts: str) -> None:
    """Send one of our e-mails when the request went well."""
    text = getattr(current().questionnaire.texts.accounts.mails, name)
    all_facts = {
        "site": url_for("assessments.start", _external=True),
        "reset_link": url_for("security.forgot_password", _external=True),
        "hours": CONFIRM_HOURS,
        **facts,
    }
    g.setdefault("account_mails", []).append((to, text, all_facts))


def send_waiting(response: Response) -> Response:
    """Send what waits, after the database's work and, by SMTP, after the answer."""
    waiting: _Waiting = g.pop("account_mails", [])
    if not waiting or response.status_code >= 400:
        return response
    if mail.sends_by_smtp():
        response.call_on_close(partial(_send_in, current_app._get_current_object(), waiting))  # type: ignore[attr-defined]
    else:
        _send(waiting)
    return response


def _send_in(app: Flask, waiting: _Waiting) -> None:
    with app.app_context():
        _send(waiting)


def _send(waiting: _Waiting) -> None:
    for to, text, facts in waiting:
        with contextlib.suppress(mail.MailNotSent):  # it is in the log; the page says what to do
            mail.send(to, text.mail_subject, text.mail_body.format(**facts))
