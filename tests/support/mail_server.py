"""A real mail server on this machine, which shows what it took and refuses what it should."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from flask import Flask

from tests.support.application import MakeApp

NO_MAILBOX = "550 5.1.1 no such mailbox: "
NOT_NOW = "451 4.3.0 try again later "
USER, PASSWORD = "selfcheck", "geheim"


class PostOffice:
    """The server: the emails that it took, and whether they came encrypted.

    `refusal` is what it answers to each recipient if it refuses them, `goodbye` what it says at the end.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.refusal = ""
        self.goodbye = "221 bye"
        self.taken: list[EmailMessage] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept a recipient or refuse it."""
        if self.refusal:
            return f"{self.refusal}{address}"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take an email."""
        text = bytes(envelope.content or b"").replace(b"\r\n", b"\n")
        self.taken.append(email.message_from_bytes(text, policy=email.policy.default))
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 ok"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        """Say goodbye."""
        return self.goodbye

    def __call__(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
    ) -> AuthResult:
        """Let in who knows the password."""
        known = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=given == known, handled=False)


@contextmanager
def post_office(
    port: int = 0, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[PostOffice]:
    """Serve SMTP: in clear, to its users over TLS from the word STARTTLS on, or over TLS from the start."""
    office = PostOffice(port or unused_port())
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=office,
        auth_required=starttls is not None,
        auth_require_tls=tls is None,
        ready_timeout=60,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def unused_port() -> int:
    """Return a port at which nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def app_with_smtp(make_app: MakeApp, port: int, **settings: object) -> Flask:
    """Return an application that sends its emails to a server at this port."""
    return make_app(
        **{
            "smtp_host": "127.0.0.1",
            "trusted_hosts": "localhost",
            "smtp_port": port,
            "smtp_tls": "none",
            "mail_from": "check@harbor-house.org",
            **settings,
        }
    )
