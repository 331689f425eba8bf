"""A mail server on this machine, in the few words of SMTP that a client needs."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from flask import Flask

from tests.support.application import MakeApp

NO_MAILBOX = b"550 5.1.1 no such mailbox: "
NOT_NOW = b"451 4.3.0 try again later "


class Talk(socketserver.StreamRequestHandler):
    """The other side of SMTP."""

    def handle(self) -> None:
        """Take an email, or refuse its recipient."""
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 send it\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(email.message_from_bytes(text, policy=email.policy.default))
            if word == b"RCPT" and self.server.refusal:
                self.wfile.write(self.server.refusal + line)
            else:
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


class PostOffice(socketserver.ThreadingTCPServer):
    """The server: what it took, and what it answers to each recipient if it refuses them."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Talk)
        self.refusal = b""
        self.taken: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    """Serve SMTP on this machine."""
    with PostOffice(port) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def unused_port() -> int:
    """Return a port at which nothing answers."""
    with post_office() as server:
        return server.port


def app_with_smtp(make_app: MakeApp, port: int, **settings: object) -> Flask:
    """Return an application that sends its emails to a server at this port."""
    return make_app(
        smtp_host="127.0.0.1",
        trusted_hosts="localhost",
        smtp_port=port,
        smtp_tls="none",
        mail_from="check@harbor-house.org",
        **settings,
    )
