"""Passkeys, as a device that breaks the rules uses them."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from app.database.account_tables import Passkey
from app.extensions import db
from tests.support.client import Client
from tests.support.page import Page
from tests.support.passkey import SoftPasskey


def create(client: Client, passkey: SoftPasskey) -> None:
    """Add this passkey to the account."""
    form = Page(client.send("/account/passkeys", {"name": "Key"})).by_class("use-passkey")[0]
    client.post(form.get("action"), {"credential": passkey.create(form.get("data-options"))})


def sign_in_with(client: Client, passkey: SoftPasskey) -> str:
    """Sign in with this passkey; return the address that follows."""
    form = Page(client.send("/account/passkey")).by_class("use-passkey")[0]
    address = client.post(form.get("action"), {"credential": passkey.use(form.get("data-options"))})
    client.renew()
    return address


def stored(app: Flask) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(Passkey)).scalar_one()


def test_a_passkey_that_does_not_verify_its_person_is_not_stored(app: Flask, person: Client) -> None:
    create(person, SoftPasskey(verifies=False))
    assert stored(app) == 0
    assert "could not be verified" in person.get("/account/passkeys").text


def test_a_passkey_that_does_not_verify_its_person_does_not_sign_in(
    app: Flask, person: Client, other: Client
) -> None:
    passkey = SoftPasskey()
    create(person, passkey)
    assert stored(app) == 1
    passkey.verifies = False
    assert sign_in_with(other, passkey) == "/account/passkey"
    assert other.redirect("/account/").startswith("/account/login")
    passkey.verifies = True
    assert sign_in_with(other, passkey) == "/account/work"
    assert other.get("/account/").h1 == "Your account"


def test_a_passkey_shown_to_another_site_opens_nothing(app: Flask, person: Client, other: Client) -> None:
    passkey = SoftPasskey()
    create(person, passkey)
    passkey.origin = "http://localhost.evil.example"
    assert sign_in_with(other, passkey) == "/account/passkey"


def test_a_copied_passkey_whose_count_is_behind_is_refused(app: Flask, person: Client, other: Client) -> None:
    passkey = SoftPasskey()
    create(person, passkey)
    passkey.count = 8
    sign_in_with(other, passkey)
    passkey.count = 3
    assert sign_in_with(Client(app), passkey) == "/account/passkey"
