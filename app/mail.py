"""Plain-text emails: composed from templates, sent by SMTP if a server is set, else written as `.eml` files.

The files go into the folder `mail` of DATA_DIR, for the administrator of a site without a mail server.
"""

from __future__ import annotations

import datetime
import secrets
import smtplib
import ssl
import tempfile
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email
from flask import current_app, url_for

from app import clock
from app.content import site_name

TIMEOUT_SECONDS = 10  # for the mail server


class MailNotSent(Exception):
    """The email could not be sent; the log says why, without addresses."""


class Email(NamedTuple):
    """An email that is ready to send."""

    to: str
    subject: str
    text: str


def compose(to: str, template: str, **values: object) -> Email:
    """Return an email from a template with the blocks `subject` and `body`, in the locale of this request."""
    source = current_app.jinja_env.get_template(template)
    site_url = url_for("assessments.start", _external=True)
    context = source.new_context({"site_name": site_name(), "site_url": site_url, **values})
    subject, body = ("".join(source.blocks[name](context)).strip() for name in ("subject", "body"))
    return Email(to, subject, f"{body}\n")


def send(to: str, subject: str, text: str) -> None:
    """Send an email, or write it into the folder. Raises MailNotSent.

    It may take TIMEOUT_SECONDS, so commit the database's work first.
    """
    try:
        if uses_smtp():
            _send_by_smtp(_message(to, subject, text))
        else:
            _write_to_folder(current_app.config["MAIL_FOLDER"], _message(to, subject, text))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # An SMTP error quotes the server, which quotes the address.
        current_app.logger.error("no email was sent: %s", type(error).__name__)
        raise MailNotSent from None


def uses_smtp() -> bool:
    """Return whether emails leave this machine."""
    return bool(current_app.config["SMTP_HOST"])


def delete_emails_to(address: str) -> None:
    """Delete the emails to this address that are still in the folder."""
    for path in current_app.config["MAIL_FOLDER"].glob("*.eml"):
        if f"\nTo: {address}\n".encode() in path.read_bytes():
            path.unlink(missing_ok=True)


def normalize_address(text: str) -> str:
    """Return an email address in the form that is stored, compared and rate-limited; "" if it is invalid.

    The form is lowercase ASCII. Whether mail can be delivered there is not checked: sending will show it.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return (found.ascii_email or found.normalized).lower()


def _message(to: str, subject: str, text: str) -> EmailMessage:
    """Return the message. Raises ValueError if the address or the subject contains a line break."""
    sender = current_app.config["MAIL_FROM"]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now().replace(tzinfo=datetime.UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _send_by_smtp(message: EmailMessage) -> None:
    settings = current_app.config
    host, port, tls = settings["SMTP_HOST"], settings["SMTP_PORT"], settings["SMTP_TLS"]
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        if tls == "tls"
        else smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    ) as server:
        if tls == "starttls":
            server.starttls(context=context)
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        server.send_message(message)


def _write_to_folder(folder: Path, message: EmailMessage) -> None:
    """Write the message atomically, readable by the owner of the folder only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(message.as_bytes())
    Path(file.name).replace(folder / f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml")
