"""Emails: into a folder, or by SMTP. An error is logged without addresses."""

import logging
import socketserver
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from app import mail
from tests.support.client import Client
from tests.support.people import sent_emails

TO = "ana@harbor-house.org"


class Talk(socketserver.StreamRequestHandler):
    """The other side of SMTP, in the few words that a client needs."""

    def handle(self) -> None:
        """Take one email, or refuse its recipient."""
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.taken = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
            if word == b"RCPT" and self.server.refuses:
                self.wfile.write(b"550 no such mailbox: " + line)
            else:
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


@contextmanager
def post_office(*, refuses: bool = False) -> Iterator[socketserver.TCPServer]:
    """Serve SMTP on this machine."""
    with socketserver.TCPServer(("127.0.0.1", 0), Talk) as server:
        server.refuses, server.taken = refuses, ""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def smtp_app(make_app: Callable[..., Flask]) -> Callable[[int], Flask]:
    """An application with an SMTP server at this port."""
    return lambda port: make_app(
        smtp_host="127.0.0.1",
        trusted_hosts="localhost",
        smtp_port=port,
        smtp_tls="none",
        mail_from="check@harbor-house.org",
    )


def test_without_a_server_an_email_is_a_file_that_only_its_owner_can_read(app: Flask) -> None:
    with app.app_context():
        mail.send(TO, "A subject – with a dash", "Line one.\n\nLine two: ‘quoted’.\n")
    (letter,) = sent_emails(app)
    assert (letter["To"], letter["Subject"]) == (TO, "A subject – with a dash")
    assert letter.get_content() == "Line one.\n\nLine two: ‘quoted’.\n"
    (file,) = app.config["MAIL_FOLDER"].iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_with_a_server_it_goes_out(smtp_app: Callable[[int], Flask]) -> None:
    with post_office() as server:
        app = smtp_app(server.server_address[1])
        with app.app_context():
            mail.send(TO, "Hello", "A text.")
        assert "From: check@harbor-house.org" in server.taken
        assert "A text." in server.taken
    assert sent_emails(app) == []


def test_an_email_about_an_account_goes_out_after_the_response(smtp_app: Callable[[int], Flask]) -> None:
    with post_office() as server:
        client = Client(smtp_app(server.server_address[1]))
        response = client.send("/account/register", {"email": TO})
        assert response.status_code == 302
        assert server.taken == "", "so nobody waits for it, and its time tells nothing"
        response.close()
        assert "Create your account" in server.taken


@pytest.mark.parametrize("to", [TO, "two\nlines@harbor-house.org"])
def test_an_error_is_logged_without_the_address(
    smtp_app: Callable[[int], Flask], caplog: pytest.LogCaptureFixture, to: str
) -> None:
    with (
        post_office(refuses=True) as server,
        smtp_app(server.server_address[1]).app_context(),
        caplog.at_level(logging.ERROR),
        pytest.raises(mail.MailNotSent),
    ):
        mail.send(to, "Hello", "A text.")
    assert "no email was sent" in caplog.text
    assert "harbor-house" not in caplog.text


def test_an_unreachable_server_is_an_error(smtp_app: Callable[[int], Flask]) -> None:
    with post_office() as server:
        port = server.server_address[1]
    with smtp_app(port).app_context(), pytest.raises(mail.MailNotSent):
        mail.send(TO, "Hello", "A text.")
