"""Plain e-mails: by SMTP where a server is set, else as `.eml` files in the folder `mail` of DATA_DIR.

E-mail addresses, each in the one form in which it is stored, compared, counted and written to.
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

from email_validator import EmailNotValidError, validate_email
from flask import current_app

from app import clock

SECONDS = 10  # to wait for the mail server


class MailNotSent(Exception):
    """The e-mail could not be sent; the log says why, without addresses."""


def send(to: str, subject: str, text: str) -> None:
    """Send an e-mail, or write it into the folder. Raises MailNotSent.

    It may take SECONDS: send after the database's work is committed.
    """
    try:
        if sends_by_smtp():
            _by_smtp(_message(to, subject, text))
        else:
            _into(current_app.config["MAIL_FOLDER"], _message(to, subject, text))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # An error of SMTP quotes the server, which quotes the address.
        current_app.logger.error("no e-mail was sent: %s", type(error).__name__)
        raise MailNotSent from None


def sends_by_smtp() -> bool:
    """Return whether e-mails leave this machine."""
    return bool(current_app.config["SMTP_HOST"])


def forget(to: str) -> None:
    """Delete the e-mails to this address that lie in the folder."""
    for path in current_app.config["MAIL_FOLDER"].glob("*.eml"):
        if f"\nTo: {to}\n".encode() in path.read_bytes():
            path.unlink(missing_ok=True)


def _message(to: str, subject: str, text: str) -> EmailMessage:
    """Return the e-mail. Raises ValueError for an address or a subject with a line end."""
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


def _by_smtp(message: EmailMessage) -> None:
    settings = current_app.config
    host, port, tls = settings["SMTP_HOST"], settings["SMTP_PORT"], settings["SMTP_TLS"]
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        if tls == "tls"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    ) as server:
        if tls == "starttls":
            server.starttls(context=context)
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        server.send_message(message)


def _into(folder: Path, message: EmailMessage) -> None:
    """Write the e-mail into the folder, for its owner only; whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(message.as_bytes())
    Path(file.name).replace(folder / f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml")


def usual_address(text: str) -> str:
    """Return an address in small ASCII letters, "" for what is none.

    Whether it can be reached, the e-mail itself will show.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return (found.ascii_email or found.normalized).lower()
