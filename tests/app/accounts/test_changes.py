"""Changing how people sign in: it needs a recent sign-in, is announced by email, and leaves an event."""

import base64
import contextlib
import datetime
import json
import threading
from collections.abc import Callable
from unittest import mock
from urllib.parse import unquote

import pytest
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select, text

from app.accounts.datastore import Accounts
from app.accounts.two_factor import RecoveryCodes
from app.database.account_tables import SecurityEventRow, User
from app.extensions import db
from tests.support.addresses import RECENTLY_SIGNED_IN
from tests.support.client import Client
from tests.support.page import Page
from tests.support.people import EMAIL, PASSWORD, age_sign_in, link_in, new_user, sent_emails, sign_in


def last_event(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id.desc())).first()


def set_up_app(client: Client) -> TOTP:
    """Turn codes from an app on, and return the app."""
    page = Page(client.send("/account/codes", {"setup": "authenticator"}))
    key = page.by_class("secret-key")[0].text
    assert page.by_class("qr-code")
    app = TOTP(key=key)
    assert client.post("/account/code", {"code": app.generate().token}) == "/account/"
    return app


def next_code(app: TOTP) -> str:
    """Return the code after this one: this one was used to turn codes on."""
    return app.generate(time=datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)).token  # noqa: TID251


def test_sensitive_actions_need_a_recent_sign_in(person: Client) -> None:
    for method, address in sorted(RECENTLY_SIGNED_IN):
        age_sign_in(person)
        way = person.redirect(address) if method == "GET" else person.post(address)
        assert way.startswith("/account/verify?next=")
        assert person.get(way).h1 == "Confirm that it is you"
        assert unquote(person.post(way, {"password": PASSWORD, "next": address})) == address
    assert (
        "not your password" in person.refused("/account/verify", {"password": "wrong"}).errors()["password"]
    )


def test_changing_a_password_needs_the_current_one_and_signs_out_other_devices(
    app: Flask, person: Client, other: Client
) -> None:
    sign_in(other)
    new = {"password": PASSWORD, "new_password": "seven ducks on a pond"}
    assert (
        "not your password"
        in person.refused("/account/change-password", {**new, "password": "wrong"}).errors()["password"]
    )
    assert (
        "12 or more"
        in person.refused("/account/change-password", {**new, "new_password": "x"}).errors()["new_password"]
    )
    assert person.post("/account/change-password", new) == "/account/"
    person.renew()
    assert "signed out on all other devices" in person.get("/account/").text
    assert other.redirect("/account/") == "/account/login?next=/account/"
    assert last_event(app) == "password_changed"
    assert sent_emails(app)[-1]["Subject"] == "Your password was changed"


def test_a_new_address_is_confirmed_and_the_old_one_is_notified(app: Flask, person: Client) -> None:
    person.post("/account/forgot-password", {"email": EMAIL})
    old_link = link_in(sent_emails(app)[-1])
    assert person.post("/account/change-email", {"email": "Ana@new.org"}) == "/account/check-mail"
    link = link_in(sent_emails(app)[-1])
    person.get(link)
    assert EMAIL in person.get("/account/").text, "a link alone does nothing"

    assert person.post(link) == "/account/login"
    assert [letter["To"] for letter in sent_emails(app)[-2:]] == ["ana@new.org", EMAIL]
    assert last_event(app) == "email_changed"
    assert person.redirect(old_link) == "/account/forgot-password", "what went to the old address is void"
    person.renew()
    sign_in(person, "ana@new.org")
    assert person.post(link) == "/account/", "it works once"


def test_an_address_with_an_account_looks_free_and_gets_no_link(app: Flask, person: Client) -> None:
    new_user(app, "ben@harbor-house.org")
    assert person.post("/account/change-email", {"email": "ben@harbor-house.org"}) == "/account/check-mail"
    assert sent_emails(app) == []


def test_an_address_taken_by_someone_else_at_the_same_moment_is_rejected(app: Flask, person: Client) -> None:
    person.post("/account/change-email", {"email": "ben@harbor-house.org"})
    link = link_in(sent_emails(app)[-1])
    new_user(app, "ben@harbor-house.org")
    find, looked = Accounts.find_user, []

    def a_moment_before(self: Accounts, **wanted: object) -> object:
        if "email" in wanted:
            looked.append(wanted["email"])
        return None if "email" in wanted and len(looked) == 1 else find(self, **wanted)

    with mock.patch.object(Accounts, "find_user", a_moment_before):
        assert person.post(link) == "/account/"
    assert looked == ["ben@harbor-house.org"] * 2
    assert EMAIL in person.get("/account/").text


def test_an_unfinished_setup_ends_with_the_sign_in(app: Flask, person: Client) -> None:
    person.send("/account/codes", {"setup": "authenticator"})
    with person.raw.session_transaction() as session:
        session["seen"] -= 3 * 60 * 60
    person.get("/")
    with person.raw.session_transaction() as session:
        assert not [key for key in session if key.startswith("tf_")]


def test_codes_from_an_app_are_required_and_work_once(app: Flask, person: Client, other: Client) -> None:
    phone = set_up_app(person)
    assert last_event(app) == "code_added"
    assert "authenticator app were turned on" in sent_emails(app)[-1].get_content()
    assert "You have no recovery codes" in person.get("/account/").text

    code = next_code(phone)
    assert (
        other.post("/account/login", {"email": EMAIL, "password": PASSWORD})
        == "/account/code?next=/account/work"
    )
    other.redirect("/account/")
    assert "does not work" in other.refused("/account/code", {"code": "000000"}).errors()["code"]
    assert last_event(app) == "code_refused"
    assert other.post("/account/code", {"code": code}) == "/account/work"
    other.renew()
    assert EMAIL in other.get("/account/").text

    third = Client(app)
    third.post("/account/login", {"email": EMAIL, "password": PASSWORD})
    assert "already used" in third.refused("/account/code", {"code": code}).errors()["code"]


def test_a_wrong_code_does_not_restart_the_setup_of_an_app(app: Flask, person: Client) -> None:
    page = Page(person.send("/account/codes", {"setup": "authenticator"}))
    phone = TOTP(key=page.by_class("secret-key")[0].text)
    person.refused("/account/code", {"code": "000000"})
    person.post("/account/code", {"code": phone.generate().token})
    assert "Codes from your authenticator app are on." in person.get("/account/").text


def test_a_recovery_code_works_once_and_is_stored_as_a_hash(
    app: Flask, person: Client, other: Client
) -> None:
    set_up_app(person)
    page = Page(person.send("/account/recovery-codes"))
    codes = [li.text for li in page.by_class("recovery-codes")[0]]
    assert len(set(codes)) == 8
    assert codes[0] not in person.get("/account/recovery-codes?show_codes=1").source
    with app.app_context():
        stored = json.dumps(
            [list(map(str, row)) for row in db.session.execute(text("SELECT * FROM account"))]
        )
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]

    other.post("/account/login", {"email": EMAIL, "password": PASSWORD})
    assert "not one of your" in other.refused("/account/recovery-code", {"code": "x"}).errors()["code"]
    assert (
        other.post("/account/recovery-code", {"code": codes[3].lower().replace("-", " ")}) == "/account/work"
    )
    other.renew()
    assert "7 left" in other.get("/account/").text

    third = Client(app)
    third.post("/account/login", {"email": EMAIL, "password": PASSWORD})
    third.refused("/account/recovery-code", {"code": codes[3]})


def test_a_recovery_code_sent_twice_at_once_works_once(app: Flask) -> None:
    new_user(app)
    person = Client(app)
    sign_in(person)
    set_up_app(person)
    code = Page(person.send("/account/recovery-codes")).by_class("recovery-codes")[0][0].text
    both, start, status = (Client(app), Client(app)), threading.Barrier(2, timeout=20), []
    check = RecoveryCodes.check_recovery_code

    def at_once(self: RecoveryCodes, user: User, code: str) -> bool:
        assert user.mf_recovery_codes
        with contextlib.suppress(threading.BrokenBarrierError):
            start.wait(2)  # on SQLite only one is here at a time
        return check(self, user, code)

    def use(client: Client) -> None:
        status.append(client.send("/account/recovery-code", {"code": code}).status_code)

    for client in both:
        client.post("/account/login", {"email": EMAIL, "password": PASSWORD})
        client.renew()
        client.token()
    with mock.patch.object(RecoveryCodes, "check_recovery_code", at_once):
        threads = [threading.Thread(target=use, args=(client,)) for client in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(status) == [302, 422]


def test_turning_codes_off_deletes_their_secret(app: Flask, person: Client) -> None:
    set_up_app(person)
    person.send("/account/recovery-codes")
    assert person.post("/account/codes", {"setup": "disable"}) == "/account/"
    with app.app_context():
        user = db.session.scalars(select(User)).one()
        assert not any((user.tf_totp_secret, user.tf_primary_method, user.mf_recovery_codes))
    assert last_event(app) == "code_removed"


def test_the_secret_of_an_app_is_encrypted_and_survives_key_rotation(
    app: Flask, person: Client, make_app: Callable[..., Flask]
) -> None:
    phone = set_up_app(person)
    (old,) = app.config["DATA_KEYS"]
    new = base64.urlsafe_b64encode(b"n" * 32).decode()
    both = make_app(data_keys=f"{new},{old}")
    assert (
        "Encrypted with the first key: 1 more" in both.test_cli_runner().invoke(args=["rotate-keys"]).stdout
    )
    only_new = make_app(data_keys=new)
    client = Client(only_new)
    client.post("/account/login", {"email": EMAIL, "password": PASSWORD})
    assert client.post("/account/code?next=/account/", {"code": next_code(phone)}) == "/account/"

    with only_new.app_context():
        assert phone.base32_key.encode() not in db.session.scalars(select(User.totp_secret)).one().stored
    result = make_app(data_keys=old).test_cli_runner().invoke(args=["rotate-keys"])
    assert "not in the settings" in result.stderr


@pytest.mark.parametrize("address", ["/account/code", "/account/recovery-code"])
def test_the_second_factor_comes_after_the_first(client: Client, address: str) -> None:
    assert client.redirect(address) == "/account/login"
    assert client.post(address, {"code": "123456"}) == "/account/login"


def test_opening_the_code_page_does_not_sign_anyone_out(person: Client) -> None:
    assert person.redirect("/account/code") == "/account/codes"
    assert EMAIL in person.get("/account/").text


def test_an_unreadable_passkey_is_rejected(app: Flask, person: Client) -> None:
    page = Page(person.send("/account/passkeys", {"name": "Laptop"}))
    address = page.by_class("use-passkey")[0].get("action")
    other_way = Page(Client(app).send("/account/passkey")).by_class("use-passkey")[0].get("action")
    for answer in (
        "",
        "{}",
        "[]",
        "null",
        "1",
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        "\x00",
        "{",
    ):
        assert person.post(address, {"credential": answer}) == "/account/passkeys"
        assert Client(app).post(other_way, {"credential": answer}) == "/account/passkey"
    wrong_token = other_way.rpartition("/")[2]
    assert person.send(f"/account/passkeys/{wrong_token}", {"credential": "{}"}).status_code == 400
    assert person.post("/account/passkeys/nonsense", {"credential": "{}"}) == "/account/passkeys"
    assert person.refused("/account/passkeys", {"name": "x" * 65}).errors()["name"]


def test_a_passkey_token_of_another_account_needs_a_recent_sign_in_too(
    app: Flask, person: Client, other: Client
) -> None:
    new_user(app, "eve@example.org")
    sign_in(other, "eve@example.org")
    page = Page(other.send("/account/passkeys", {"name": "Laptop"}))
    address = page.by_class("use-passkey")[0].get("action")
    age_sign_in(person)
    assert person.post(address, {"credential": "{}"}) == "/account/verify?next=/account/passkeys"


def test_a_name_is_cleaned_and_shown(person: Client) -> None:
    assert person.post("/account/", {"name": " Ana \u202e\x00 <b>López</b> "}) == "/account/"
    assert person.get("/account/").value("name") == "Ana <b>López</b>"
