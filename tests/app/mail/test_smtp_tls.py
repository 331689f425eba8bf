"""Emails over TLS to a real mail server: encrypted and signed in, or not at all."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from app.mail.delivery import MailNotSent, deliver, server_answers
from app.mail.messages import Email
from tests.support.application import MakeApp
from tests.support.mail_server import PASSWORD, USER, app_with_smtp, post_office

EMAIL = Email(
    "ana@harbor-house.org", "A subject – with a dash", "Grüße,\nand a line.\n", "https://a.example/stop"
)
ON = {"smtp_user": USER, "smtp_password": PASSWORD}
Certificate = Callable[[trustme.CA], trustme.LeafCert]


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority for certificates that this machine trusts, and no other."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_an_email_arrives_encrypted_and_whole(make_app: MakeApp, ours: trustme.CA, way: str) -> None:
    with post_office(**{way: context_of(ours.issue_cert("127.0.0.1"))}) as server:
        app = app_with_smtp(make_app, server.port, smtp_tls=way, **ON)
        with app.app_context():
            assert server_answers()
            deliver(EMAIL)
    (letter,) = server.taken
    assert server.encrypted == [True]
    assert (letter["To"], letter["Subject"], letter.get_content()) == (EMAIL.to, EMAIL.subject, EMAIL.text)
    assert letter["List-Unsubscribe"] == "<https://a.example/stop>"


@pytest.mark.parametrize("way", ["starttls", "tls"])
@pytest.mark.parametrize(
    "certificate",
    [lambda _ours: trustme.CA().issue_cert("127.0.0.1"), lambda ours: ours.issue_cert("mail.example.org")],
    ids=["of nobody we know", "of another server"],
)
def test_nothing_is_sent_to_a_server_that_does_not_prove_its_name(
    make_app: MakeApp, ours: trustme.CA, way: str, certificate: Certificate
) -> None:
    with post_office(**{way: context_of(certificate(ours))}) as server:
        app = app_with_smtp(make_app, server.port, smtp_tls=way, **ON)
        with app.app_context():
            assert not server_answers()
            with pytest.raises(MailNotSent, match="certificate"):
                deliver(EMAIL)
    assert server.taken == []


def test_nothing_is_sent_in_clear_to_a_server_without_tls(make_app: MakeApp) -> None:
    with post_office() as server:
        app = app_with_smtp(make_app, server.port, smtp_tls="starttls")
        with app.app_context(), pytest.raises(MailNotSent, match="STARTTLS"):
            deliver(EMAIL)
    assert server.taken == []


def test_a_wrong_password_sends_nothing_and_does_not_appear(make_app: MakeApp, ours: trustme.CA) -> None:
    with post_office(starttls=context_of(ours.issue_cert("127.0.0.1"))) as server:
        app = app_with_smtp(
            make_app, server.port, smtp_tls="starttls", smtp_user=USER, smtp_password="verkehrt"
        )
        with app.app_context(), pytest.raises(MailNotSent) as error:
            deliver(EMAIL)
    assert server.taken == []
    assert "verkehrt" not in str(error.value)
