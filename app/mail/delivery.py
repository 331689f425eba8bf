"""Delivering one email: by SMTP if a server is set, else as an `.eml` file.

The files go into the folder `mail` of DATA_DIR, for the administrator of a site without a mail server.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import secrets
import smtplib
import ssl
import tempfile
from collections.abc import Collection, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from flask import current_app

from app import clock
from app.mail.messages import Email
from app.private_files import make_private_folder

TIMEOUT_SECONDS = 10  # for each answer of the mail server
# Whom an email is about; only in files, which are deleted with the account or agency.
ABOUT = "X-Selfcheck-About"
_LONGEST_LINE = 998  # of an email (RFC 5322)
_UNKNOWN_MAILBOX = re.compile(rb"5\.1\.\d")  # RFC 3463: the address is bad, and will be tomorrow


class MailNotSent(Exception):
    """The email could not be sent; another try may succeed. The text is for the administrator."""


class MailRefused(MailNotSent):
    """The mail server says that there is no such mailbox, so another try is useless."""


def deliver(email: Email, about: str = "", timeout: float = TIMEOUT_SECONDS) -> None:
    """Send an email, or write it into the folder. Raises MailNotSent.

    It may take the timeout several times over, so commit the database's work first.
    """
    try:
        message = _message(email)
        if uses_smtp():
            _send_by_smtp(message, timeout)
        else:
            message[ABOUT] = about or "nobody"
            _write_to_folder(current_app.config["MAIL_FOLDER"], message)
    except smtplib.SMTPRecipientsRefused as error:
        replies = [reply for code, reply in error.recipients.values() if code >= 500]
        unknown = any(_UNKNOWN_MAILBOX.match(reply) for reply in replies)
        raise (MailRefused if unknown else MailNotSent)(_reason(error)) from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailNotSent(_reason(error)) from None


def uses_smtp() -> bool:
    """Return whether emails leave this machine."""
    return bool(current_app.config["SMTP_HOST"])


def server_answers() -> bool:
    """Return whether the mail server lets us in now. True without one: writing a file needs none."""
    if not uses_smtp():
        return True
    try:
        with _server(timeout=3) as server:
            server.noop()
    except (OSError, smtplib.SMTPException):
        return False
    return True


def delete_files(words: Collection[str], about: str = "") -> None:
    """Delete the emails in the folder that are to or about one of these, and, if given, also about that."""
    for path in current_app.config["MAIL_FOLDER"].glob("*.eml"):
        message = message_from_bytes(path.read_bytes())
        subjects = message.get(ABOUT, "").split()
        if not {*message["To"].split(), *subjects}.isdisjoint(words) and (not about or about in subjects):
            path.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _message(email: Email) -> EmailMessage:
    """Return the message. Raises ValueError if the address or the subject contains a line break."""
    sender = current_app.config["MAIL_FROM"]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = email.to
    message["Subject"] = email.subject
    message["Date"] = format_datetime(clock.now().replace(tzinfo=datetime.UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if email.unsubscribe:  # with one click in the mail program (RFC 8058)
        message["List-Unsubscribe"] = f"<{email.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(email.text)
    # Folded, an address without spaces would become encoded words, which mail programs do not take for one.
    message.policy = message.policy.clone(max_line_length=_LONGEST_LINE)
    return message


def _send_by_smtp(message: EmailMessage, timeout: float) -> None:
    accepted = False
    try:
        with _server(timeout) as server:
            server.send_message(message)
            accepted = True
    except smtplib.SMTPException:
        if not accepted:  # else the server only objects to our goodbye: sent again, it would come twice
            raise


@contextlib.contextmanager
def _server(timeout: float) -> Iterator[smtplib.SMTP]:
    """Yield the mail server, signed in."""
    settings = current_app.config
    host, port, tls = settings["SMTP_HOST"], settings["SMTP_PORT"], settings["SMTP_TLS"]
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
        if tls == "tls"
        else smtplib.SMTP(host, port, timeout=timeout)
    ) as server:
        if tls == "starttls":
            server.starttls(context=context)
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        yield server


def _write_to_folder(folder: Path, message: EmailMessage) -> None:
    """Write the message atomically, readable by the owner of the folder only."""
    make_private_folder(folder)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(message.as_bytes())
    Path(file.name).replace(folder / f"{clock.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.eml")
