"""Where people are signed in: listed, ended one by one, and over when the browser is closed."""

import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.database.account_tables import SignInRow
from app.extensions import db
from app.operations.purge import purge
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.people import EMAIL, PASSWORD, age_sign_in, new_user, sign_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture
def two(app: Flask) -> tuple[Client, Client]:
    """The same person, signed in with a browser at work and with a phone."""
    new_user(app)
    at_work, phone = Client(app), Client(app)
    for client, agent in ((at_work, FIREFOX), (phone, SAFARI)):
        client.raw.environ_base["HTTP_USER_AGENT"] = agent
        sign_in(client)
    return at_work, phone


def is_signed_in(client: Client) -> bool:
    return client.raw.get("/account/").status_code == 200


def test_they_are_listed_and_ended_one_by_one(two: tuple[Client, Client]) -> None:
    at_work, phone = two
    page = at_work.get("/account/")
    assert "Firefox on Windows (this device)" in page.text
    assert "Safari on iPhone" in page.text
    (end,) = [f.get("action") for f in page.all("form") if f.get("action", "").endswith("/end")]
    assert at_work.post(end) == at_work.post(end) == "/account/#devices"
    assert not is_signed_in(phone)
    assert "no longer signed in on this device" in phone.get("/").text
    assert is_signed_in(at_work)
    assert "Safari" not in at_work.get("/account/").text


def test_ending_one_needs_a_recent_sign_in(two: tuple[Client, Client]) -> None:
    at_work, phone = two
    age_sign_in(at_work)
    assert at_work.post("/account/sign-ins/2/end").startswith("/account/verify?next=/account/")
    assert is_signed_in(phone)


def test_nobody_ends_the_sign_ins_of_others(app: Flask, two: tuple[Client, Client]) -> None:
    new_user(app, "eve@example.org")
    eve = Client(app)
    sign_in(eve, "eve@example.org")
    for number in (1, 2):
        eve.post(f"/account/sign-ins/{number}/end")
    assert all(map(is_signed_in, two))


def test_a_copy_of_the_cookies_ends_with_the_sign_out(app: Flask, two: tuple[Client, Client]) -> None:
    at_work, _phone = two
    thief = app.test_client()
    for name in ("assessment", "sign_in"):
        thief.set_cookie(name, at_work.raw.get_cookie(name).value)
    assert thief.get("/account/").status_code == 200
    at_work.post("/account/logout")
    assert thief.get("/account/").status_code == 302


def test_a_sign_in_ends_with_the_browser_and_what_is_open_without_it_stays(app: Flask) -> None:
    new_user(app)
    client = Client(app)
    assessment = Assessment.begin(client)
    sent = client.send("/account/login", {"email": EMAIL, "password": PASSWORD})
    (cookie,) = [one for one in sent.headers.getlist("Set-Cookie") if one.startswith("sign_in=")]
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
    assert is_signed_in(client)
    client.raw.delete_cookie("sign_in")  # as by closing the browser
    assert not is_signed_in(client)
    assessment.get("pf-scope")


def test_over_https_only_this_host_can_set_a_cookie(make_app: MakeApp) -> None:
    app = make_app(trusted_proxies=1)
    new_user(app)
    client = Client(app)
    client.raw.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    sent = client.send("/account/login", {"email": EMAIL, "password": PASSWORD})
    cookies = sent.headers.getlist("Set-Cookie")
    names = {one.partition("=")[0] for one in cookies}
    assert names == {"__Host-assessment", "__Host-sign_in", "__Host-device"}
    assert all("Secure" in one and "Path=/" in one and "Domain" not in one for one in cookies)
    assert is_signed_in(client)
    client.renew()
    client.post("/account/logout")
    assert not is_signed_in(client)


def test_a_new_password_ends_all_others(two: tuple[Client, Client]) -> None:
    at_work, phone = two
    new = {"password": PASSWORD, "new_password": "seven ducks on a pond"}
    at_work.post("/account/change-password", new)
    at_work.renew()
    assert not is_signed_in(phone)
    page = at_work.get("/account/")
    assert page.source.count("(this device)") == 1
    assert "Safari" not in page.text


def test_a_sign_out_has_the_browser_forget_the_pages(two: tuple[Client, Client]) -> None:
    response = two[0].send("/account/logout")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_what_is_over_is_deleted(app: Flask, two: tuple[Client, Client]) -> None:
    with app.app_context():
        purge(clock.now() + datetime.timedelta(hours=12))
        assert db.session.scalar(select(func.count()).select_from(SignInRow)) == 2
        purge(clock.now() + datetime.timedelta(hours=14))
        assert db.session.scalar(select(func.count()).select_from(SignInRow)) == 0


@pytest.mark.parametrize("agent", ["", "curl/8.0", "<b>Firefox/1</b>", "x" * 5000])
def test_a_strange_browser_has_a_name_of_ours(app: Flask, agent: str) -> None:
    new_user(app)
    client = Client(app)
    client.raw.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(client)
    shown = client.get("/account/").text
    assert "Another browser (this device)" in shown or "Firefox (this device)" in shown
