"""Creating an account, signing in and out: what they do, and what they reveal."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database.account_tables import SecurityEventRow, User
from app.extensions import db
from tests.support.client import Client, Sitting
from tests.support.people import EMAIL, PASSWORD, link_in, new_user, sent_emails, sign_in

NEW = {"name": "Ben", "email": "Ben@Harbor-House.org", "password": "three boats in the rain"}


def events(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))


@contextmanager
def hashing(app: Flask) -> Iterator[Callable[[], int]]:
    """Count how often a password is hashed, or compared with a hash: what takes the time."""
    passwords = app.extensions["accounts"].pwd_context
    with (
        mock.patch.object(passwords, "hash", wraps=passwords.hash) as hashed,
        mock.patch.object(passwords, "verify", wraps=passwords.verify) as verified,
    ):
        yield lambda: hashed.call_count + verified.call_count


def is_signed_in(client: Client) -> bool:
    return "Your account" in client.get("/").source


def test_a_new_account_works_once_its_address_is_confirmed(app: Flask, client: Client) -> None:
    assert client.post("/account/register", NEW) == "/account/check-mail"
    page = client.get("/account/check-mail")
    assert "folder “mail”" in page.text

    (letter,) = sent_emails(app)
    assert letter["To"] == "ben@harbor-house.org"
    early = client.refused("/account/login", NEW)
    assert "not confirmed yet" in early.text

    link = link_in(letter)
    assert client.get(link).h1 == "Confirm your email address"
    assert not is_signed_in(client)
    assert "not confirmed yet" in client.refused("/account/login", NEW).text, "a link alone does nothing"

    client.post(link)
    client.renew()
    sign_in(client, "BEN@harbor-house.ORG", NEW["password"])
    assert "ben@harbor-house.org" in client.get("/account/").text
    assert events(app) == [
        "account_made", "sign_in_failed", "sign_in_failed", "email_confirmed", "signed_in",
    ]  # fmt: skip


def test_an_address_that_has_an_account_looks_like_a_new_one(app: Flask, client: Client) -> None:
    new_user(app)
    assert client.post("/account/register", {**NEW, "email": EMAIL}) == "/account/check-mail"
    (letter,) = sent_emails(app)
    assert letter["Subject"] == "You already have an account"
    with app.app_context():
        assert db.session.scalar(select(User.name).where(User.email == EMAIL)) == "Ana"


def test_registering_an_address_replaces_an_unconfirmed_account_of_someone_else(
    app: Flask, client: Client, other: Client
) -> None:
    other.post("/account/register", {**NEW, "password": "an early bird in spring"})
    client.refused("/account/register", {**NEW, "password": "short"})
    client.post("/account/register", NEW)
    first, second = (link_in(letter) for letter in sent_emails(app))
    assert other.post(first) == "/account/login"
    other.renew()
    assert "That link does not work" in other.get("/account/login").text
    client.post(second)
    client.renew()
    other.refused("/account/login", {**NEW, "password": "an early bird in spring"})
    sign_in(client, NEW["email"], NEW["password"])
    assert is_signed_in(client)


def test_an_account_created_twice_at_once_is_created_once(app: Flask, client: Client) -> None:
    new_user(app)
    with mock.patch("flask_security.FSQLALiteUserDatastore.find_user", return_value=None):
        assert client.post("/account/register", {**NEW, "email": EMAIL}) == "/account/check-mail"
    assert sent_emails(app) == []


def test_a_new_account_with_errors_is_rejected_with_the_reason(client: Client) -> None:
    for changed, field, words in (
        ({"email": "ben"}, "email", "complete email address"),
        ({"email": ""}, "email", "Enter your email address"),
        ({"email": "ben@harbor.org\nBcc: eve@evil.org"}, "email", "complete email address"),
        ({"password": ""}, "password", "Enter a password"),
        ({"password": "harborhouse2026"}, "password", "mostly your name"),
        ({"name": "x" * 101}, "name", "100"),
    ):
        page = client.refused("/account/register", {**NEW, **changed})
        assert words in page.errors()[field]
        assert words in page.error_beside(field)
        assert page.value("password") == ""


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
    assert client.post(link, {"password": "seven ducks on a pond"}) == "/account/login"

    assert not is_signed_in(other)
    assert sent_emails(app)[-1]["Subject"] == "Your password was changed"
    assert client.redirect(link) == "/account/forgot-password"
    client.refused("/account/login", {"email": EMAIL, "password": PASSWORD})
    sign_in(client, password="seven ducks on a pond")
    assert "password_changed" in events(app)


def test_a_sign_in_has_a_new_token_and_keeps_what_was_open(app: Flask, sitting: Sitting) -> None:
    client = sitting.client
    new_user(app)
    before = client.token()
    sign_in(client)
    assert client.token() != before
    assert client.raw.post("/account/sign-out-everywhere", data={"csrf_token": before}).status_code == 400
    assert sitting.get("pf-size").status == 200


def test_a_sign_out_closes_everything_and_warns_of_what_is_lost(app: Flask, sitting: Sitting) -> None:
    client = sitting.client
    new_user(app)
    sign_in(client)
    page = client.get("/account/")
    assert "nobody can open it anymore" in page.text
    assert page.link("Get a return code for the self-check") == sitting.at("pause")
    client.post(sitting.at("pause"))
    assert "nobody can open it anymore" not in client.get("/account/").text

    assert client.post("/account/logout") == "/"
    with client.raw.session_transaction() as session:
        assert set(session) == {"_flashes"}
    assert "You are signed out" in client.get("/").text
    sitting.get("pf-size", status=404)


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
    app: Flask, sitting: Sitting, monkeypatch: pytest.MonkeyPatch, hours: list[float], *, ends: bool
) -> None:
    new_user(app)
    client = sitting.client
    sign_in(client)
    began = clock.now()
    for hour in hours:
        now = began + datetime.timedelta(hours=hour)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        page = client.get("/")
    assert ("Sign in" in page.source) is ends
    assert ("some time has passed" in page.source) is ends
    assert sitting.get("pf-size").status == 200


def test_there_is_no_remember_me_cookie(app: Flask, client: Client) -> None:
    new_user(app)
    response = client.send("/account/login", {"email": EMAIL, "password": PASSWORD, "remember": "y"})
    assert [cookie.partition("=")[0] for cookie in response.headers.getlist("Set-Cookie")] == ["assessment"]
    assert "HttpOnly; Path=/; SameSite=Lax" in response.headers["Set-Cookie"]


def test_a_sign_in_never_redirects_to_another_site(app: Flask) -> None:
    new_user(app)
    for place in (
        "https://evil.org", "//evil.org", "///evil.org", "////evil.org/x", "\\\\evil.org", "/\\evil.org",
        "https:evil.org", "http:/\\evil.org", "javascript:alert(1)", "%5C%5Cevil.org", " //evil.org",
        "\t//evil.org", "https://localhost@evil.org", "https://localhost.evil.org", "data:text/html,x",
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
