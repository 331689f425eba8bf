"""Signing in and out: what they do, and what they reveal."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.datastore import security
from app.database.account_tables import Passkey, SecurityEventRow
from app.extensions import db
from tests.support.client import Assessment, Client
from tests.support.people import EMAIL, PASSWORD, link_in, new_user, sent_emails, sign_in


def events(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))


@contextmanager
def hashing(app: Flask) -> Iterator[Callable[[], int]]:
    """Count how often a password is hashed, or compared with a hash: what takes the time."""
    with app.app_context():
        passwords = security().pwd_context
    with (
        mock.patch.object(passwords, "hash", wraps=passwords.hash) as hashed,
        mock.patch.object(passwords, "verify", wraps=passwords.verify) as verified,
    ):
        yield lambda: hashed.call_count + verified.call_count


def is_signed_in(client: Client) -> bool:
    return "Your account" in client.get("/").source


def test_a_wrong_password_and_an_unknown_address_look_the_same_and_take_as_long(
    app: Flask, client: Client
) -> None:
    new_user(app)
    bodies = []
    for email in (EMAIL, "nobody@harbor-house.org"):
        with hashing(app) as count:
            page = client.refused("/account/login", {"email": email, "password": "not the password"})
        # The token of a form holds the second it was made in.
        bodies.append(
            re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", page.source.replace(email, "ADDRESS"))
        )
        assert count() == 1
    assert bodies[0] == bodies[1]


def test_a_password_reset_does_not_reveal_who_has_an_account(app: Flask, client: Client) -> None:
    new_user(app)
    for email in (EMAIL, "nobody@harbor-house.org"):
        with hashing(app) as count:
            assert client.post("/account/forgot-password", {"email": email}) == "/account/check-mail"
        assert count() == 1
    assert [letter["To"] for letter in sent_emails(app)] == [EMAIL]


def test_a_new_password_ends_every_sign_in_and_its_link_works_once(
    app: Flask, client: Client, other: Client
) -> None:
    new_user(app)
    sign_in(other)
    client.post("/account/forgot-password", {"email": EMAIL})
    link = link_in(sent_emails(app)[-1])
    client.get(link)
    assert "12 or more" in client.refused(link, {"password": "short"}).errors()["password"]
    assert client.post(link, {"password": "seven ducks on a pond"}) == "/account/login?next=/account/"

    assert not is_signed_in(other)
    assert sent_emails(app)[-1]["Subject"] == "Your password was changed"
    assert client.redirect(link) == "/account/forgot-password"
    client.refused("/account/login", {"email": EMAIL, "password": PASSWORD})
    sign_in(client, password="seven ducks on a pond")
    assert "password_changed" in events(app)


@pytest.mark.parametrize(("hours", "words"), [(1, "one hour"), (3, "3 hours")])
def test_the_email_names_as_many_hours_as_its_link_works(
    app: Flask, client: Client, hours: int, words: str
) -> None:
    new_user(app)
    with mock.patch("app.accounts.mail.RESET_HOURS", hours):
        client.post("/account/forgot-password", {"email": EMAIL})
    assert f"It works for {words}." in sent_emails(app)[-1].get_content()


def add_passkey(app: Flask, user: int, name: str) -> None:
    """Store a passkey of an account, which nobody holds."""
    with app.app_context():
        known = {"credential_id": name.encode(), "public_key": b"key", "device_type": "single_device"}
        new = Passkey(user_id=user, name=name, usage="first", backup_state=False, **known)
        new.lastuse_datetime = clock.now()
        db.session.add(new)
        db.session.commit()


def test_a_reset_lists_the_passkeys_and_removes_those_that_are_chosen(app: Flask, client: Client) -> None:
    user = new_user(app)
    add_passkey(app, user, "A stranger's key")
    add_passkey(app, user, "Work laptop")
    client.post("/account/forgot-password", {"email": EMAIL})
    link = link_in(sent_emails(app)[-1])
    page = client.get(link)
    assert "“A stranger's key,”" in page.text
    stranger, _laptop = (box.get("value", "") for box in page.all("input[@name='remove']"))
    client.post(link, {"password": "seven ducks on a pond", "remove": stranger})
    with app.app_context():
        assert list(db.session.scalars(select(Passkey.name))) == ["Work laptop"]
    assert "passkey_removed" in events(app)
    assert "A passkey was removed." in sent_emails(app)[-1].get_content()


def test_a_sign_in_has_a_new_token_and_open_assessments_stay_open(app: Flask, assessment: Assessment) -> None:
    client = assessment.client
    new_user(app)
    before = client.token()
    sign_in(client)
    assert client.token() != before
    assert client.raw.post("/account/sign-out-everywhere", data={"csrf_token": before}).status_code == 400
    assert assessment.get("pf-size").status == 200


def test_a_sign_out_closes_everything_and_warns_of_losses(app: Flask, assessment: Assessment) -> None:
    client = assessment.client
    new_user(app)
    sign_in(client)
    page = client.get("/account/")
    assert "nobody can open it anymore" in page.text
    assert page.link("Get a return code for the self-check") == assessment.at("pause")
    client.post(assessment.at("pause"))
    assert "nobody can open it anymore" not in client.get("/account/").text

    assert client.post("/account/logout") == "/"
    with client.raw.session_transaction() as session:
        assert set(session) == {"_flashes"}
    assert "You are signed out" in client.get("/").text
    assessment.get("pf-size", status=404)


def test_sign_out_everywhere_ends_the_other_devices(app: Flask, client: Client, other: Client) -> None:
    new_user(app)
    sign_in(client)
    sign_in(other)
    client.post("/account/sign-out-everywhere")
    assert not is_signed_in(client)
    assert not is_signed_in(other)
    assert events(app)[-1] == "signed_out_everywhere"


@pytest.mark.parametrize(
    ("hours", "ends"), [([1, 2, 3], False), ([2.1], True), ([1.9, 3.8, 5.7, 7.6, 9.5, 11.4, 12.1], True)]
)
def test_a_sign_in_expires(
    app: Flask, assessment: Assessment, monkeypatch: pytest.MonkeyPatch, hours: list[float], *, ends: bool
) -> None:
    new_user(app)
    client = assessment.client
    sign_in(client)
    began = clock.now()
    for hour in hours:
        now = began + datetime.timedelta(hours=hour)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        page = client.get("/")
    assert ("Sign in" in page.source) is ends
    assert ("some time has passed" in page.source) is ends
    assert assessment.get("pf-size").status == 200


def test_there_is_no_remember_me_cookie(app: Flask, client: Client) -> None:
    new_user(app)
    response = client.send("/account/login", {"email": EMAIL, "password": PASSWORD, "remember": "y"})
    cookies = response.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"assessment", "device", "sign_in"}
    assert all("HttpOnly; Path=/; SameSite=Lax" in cookie for cookie in cookies)


def test_a_sign_in_never_redirects_to_another_site(app: Flask) -> None:
    new_user(app)
    for place in (
        "https://evil.org", "//evil.org", "///evil.org", "////evil.org/x", "\\\\evil.org", "/\\evil.org",
        "https:evil.org", "http:/\\evil.org", "javascript:alert(1)", "%5C%5Cevil.org", " //evil.org",
        "\t//evil.org", "https://localhost@evil.org", "https://localhost.evil.org", "data:text/html,x",
        "//[", "http://[::1", "//[/x",
    ):  # fmt: skip
        client = Client(app)
        sent = {"email": EMAIL, "password": PASSWORD, "next": place, "csrf_token": client.token()}
        response = client.raw.post("/account/login", query_string={"next": place}, data=sent)
        assert response.status_code == 302
        where = response.headers["Location"]
        assert re.match(r"(/|%5C|%255C)(?![/\\])|https?://localhost/", where), where


def test_signing_in_returns_to_the_page_that_required_it(app: Flask, client: Client) -> None:
    new_user(app)
    way = client.redirect("/account/change-password")
    assert client.get(way).value("next") == "/account/change-password"
    where = client.post(
        "/account/login", {"email": EMAIL, "password": PASSWORD, "next": "/account/change-password"}
    )
    assert where == "/account/change-password"


def test_requests_that_our_forms_never_send_are_rejected(client: Client) -> None:
    for body in ("{}", "[1]", "{"):
        response = client.raw.post(
            "/account/login",
            data=body,
            content_type="application/json",
            headers={"X-CSRFToken": client.token()},
        )
        assert response.status_code == 400
    client.refused("/account/login", {"email": EMAIL, "password": "x" * 201}, status=413)
