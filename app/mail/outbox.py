"""The outbox: an email is stored in the transaction that causes it, then sent, and tried again if that fails.

To send one, compose it (`app.mail.messages`), call `enqueue`, and commit. After the response, the request's
process sends what is due; once a minute, the server sends what could not be sent before
(`app/operations/maintenance.py`). Without a mail server, sending means writing a file.
"""

from __future__ import annotations

import datetime
from typing import Literal

from blinker import Namespace
from flask import Flask, Response, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.database import outgoing_emails as rows
from app.database.outgoing_emails import About as About
from app.database.reminders import wants_reminders
from app.encryption import DecryptionError
from app.extensions import db
from app.mail.delivery import (
    TIMEOUT_SECONDS,
    MailNotSent,
    MailRefused,
    delete_files,
    deliver,
    server_answers,
    uses_smtp,
)
from app.mail.messages import Email
from app.tokens import keyed_digest

# waiting: to be tried again. refused: there is no such mailbox. unwanted: the person has stopped such emails,
# left the agency, or has another address; so it is not sent.
Outcome = Literal["sent", "waiting", "refused", "unwanted"]
# Sent with the outcome of each try, and with "expired"; app.monitoring.metrics counts them.
tried = Namespace().signal("tried")
WAIT_HOURS = 48  # an email that cannot be sent for so long is deleted
_AT_ONCE = 20  # emails that one process sends in a row
_FIRST_WAIT = datetime.timedelta(minutes=1)
_LONGEST_WAIT = datetime.timedelta(hours=6)
_ANSWERS_FOR = datetime.timedelta(minutes=1)  # how long an answer of the mail server is believed
_SERVER = "mail_server"


NOBODY = About()


def register(app: Flask) -> None:
    """Send what a request has enqueued."""
    app.after_request(_send_enqueued)


def enqueue(email: Email, about: About = NOBODY, hours: int = WAIT_HOURS) -> str:
    """Store an email in the current transaction and return its id. It is of no use after so many hours."""
    now = clock.now()
    g.has_enqueued = True
    return rows.add_email(email, _digest(email.to), about, now, now + datetime.timedelta(hours=hours))


def has_enqueued() -> bool:
    """Return whether this request has enqueued an email."""
    return bool(g.get("has_enqueued"))


def enqueue_nothing(email: Email) -> None:
    """Take as long as `enqueue` does, and send nothing: so the time does not tell who has an account."""
    rows.remove_email(enqueue(email))


def send_due() -> None:
    """Send the emails that are due, and delete those that are too old. Commits."""
    now = clock.now()
    expired = rows.remove_expired_emails(now)
    due = rows.due_emails(now, _AT_ONCE)
    db.session.commit()
    for _ in range(expired):
        current_app.logger.error("an email was given up: it could not be sent in time")
        tried.send(outcome="expired")
    for id_, tries in due:
        outcome = _send(id_, tries, TIMEOUT_SECONDS)
        if outcome == "waiting" and uses_smtp():
            return  # the next one would fail too, and take as long


def send_now(id_: str) -> Outcome:
    """Send an email that was just enqueued and committed, while the person waits."""
    g.has_enqueued = False
    return _send(id_, 0, timeout=5)


def delete_emails(about: About, address: str = "") -> None:
    """Delete the emails to this address, or about this account, agency or plan. The caller commits.

    Those that are sent are files. Those in the outbox about an account, agency or plan go with its row.
    """
    if address:
        rows.remove_emails_to(_digest(address))
    delete_files({address, *_words(about)})


def delete_emails_to(address: str, agency_id: int) -> None:
    """Delete the emails to this address that are about this agency, sent or not. The caller commits."""
    rows.remove_emails_to(_digest(address), agency_id)
    delete_files({address}, *_words(About(agency_id=agency_id)))


def server_is_known_to_answer() -> bool:
    """Return whether the mail server answers, by a test of its own that is at most a minute old.

    What became of real emails must not be shown: it would reveal whether an address has an account.
    """
    now = clock.now()
    at, answers = current_app.extensions.get(_SERVER, (None, True))
    if at is None or not at <= now < at + _ANSWERS_FOR:
        answers = server_answers()
        current_app.extensions[_SERVER] = (now, answers)
    return answers


def _send(id_: str, tries: int, timeout: float) -> Outcome:
    """Try to deliver an email, and commit what becomes of it."""
    wait = min(_FIRST_WAIT * 2**tries, _LONGEST_WAIT)
    claimed = rows.claim_email(id_, tries, clock.now() + wait)
    db.session.commit()
    if not claimed:
        return "waiting"
    content, about = claimed
    outcome = _deliver(Email(*content), about, timeout)
    if outcome != "waiting":
        rows.remove_email(id_)
        db.session.commit()
    return outcome


def _deliver(email: Email, about: About, timeout: float) -> Outcome:
    if email.unsubscribe and not wants_reminders(about.user_id, about.agency_id, email.to):
        return "unwanted"
    db.session.rollback()  # no transaction stays open while the mail server answers
    outcome: Outcome = "sent"
    try:
        deliver(email, " ".join(_words(about)), timeout)
    except MailNotSent as error:
        outcome = "refused" if isinstance(error, MailRefused) else "waiting"
        # The reason quotes the server, which quotes the address: `mail-test` shows it.
        kind = str(error).partition(":")[0]
        current_app.logger.error("an email was not sent (%s): %s", outcome, kind)
    tried.send(outcome=outcome)
    return outcome


def _send_enqueued(response: Response) -> Response:
    """Commit what was enqueued, for not every view of Flask-Security does; then send it.

    With SMTP that is after the response, so that nobody waits for the mail server, and the response time does
    not reveal whether an address has an account.
    """
    if not g.pop("has_enqueued", False) or response.status_code >= 400:
        return response
    db.session.commit()
    if uses_smtp():
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # of a LocalProxy
        response.call_on_close(lambda: send_due_in(app))
    else:
        _send_due_safely()
    return response


def send_due_in(app: Flask) -> None:
    """Send the emails that are due, outside any request. A database error is logged: another try follows."""
    with app.app_context():
        _send_due_safely()


def _send_due_safely() -> None:
    try:
        send_due()
    except (SQLAlchemyError, DecryptionError) as error:
        db.session.rollback()
        current_app.logger.error("the outbox cannot be used: %s", type(error).__name__)


def _digest(address: str) -> str:
    return keyed_digest(f"email to {address}")


def _words(about: About) -> list[str]:
    """Return how a file says whom its email is about."""
    ids = {"account": about.user_id, "agency": about.agency_id, "plan": about.assessment_id}
    return [f"{kind}-{id_}" for kind, id_ in ids.items() if id_]
