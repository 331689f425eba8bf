"""Limits on what could be guessed or costs much, counted in the database for all web processes together."""

import datetime
import gc

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database.account_tables import RateLimitRow
from app.database.rate_limits import DatabaseStorage
from app.extensions import db
from app.http import rate_limits
from app.http.requests import network
from tests.support.application import MakeApp
from tests.support.client import Client
from tests.support.people import new_user, sent_emails, sign_in

START = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC).replace(tzinfo=None)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    def set_time(seconds: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: START + datetime.timedelta(seconds=seconds))

    set_time(0)
    return set_time


def guess(client: Client, status: int = 422):
    return client.refused("/assessments/return", {"code": "WRONG"}, status)


def test_codes_can_be_guessed_only_so_often_from_one_place(client: Client, other: Client) -> None:
    for _ in range(20):
        guess(client)
    guess(other, 429)
    again = other.send("/assessments/return", {"code": "WRONG"})
    assert 0 < int(again.headers["Retry-After"]) <= 600
    client.get("/assessments/return")


def test_a_request_for_the_headers_alone_counts_too(client: Client) -> None:
    answers = [client.raw.head("/shared/unknown").status_code for _ in range(121)]
    assert answers == [404] * 120 + [429]


def elsewhere(app: Flask, number: int) -> Client:
    """Return a browser in a network of its own."""
    client = Client(app)
    client.raw.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    return client


def test_many_places_cannot_guess_at_one_account_however_its_address_is_spelled(app: Flask) -> None:
    new_user(app)
    for number in range(31):
        wide = "".join(chr(ord(c) + 0xFEE0) if number >> i & 1 else c for i, c in enumerate("harbor"))
        sent = {"email": f"ana@{wide}-house.org", "password": "not the password"}
        status = elsewhere(app, number).send("/account/login", sent).status_code
        assert status == (429 if number == 30 else 422)


def test_a_password_cannot_be_guessed_from_many_places_by_who_holds_a_session(
    app: Flask, client: Client
) -> None:
    new_user(app)
    sign_in(client)
    for number in range(31):
        client.raw.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        client.refused("/account/verify", {"password": "wrong"}, 429 if number == 30 else 422)


def test_who_has_no_code_to_type_in_uses_up_nobody_elses_tries(app: Flask, client: Client) -> None:
    for number in range(31):
        assert elsewhere(app, number).post("/account/code", {"code": "1"}) == "/account/login"
    new_user(app)
    sign_in(client)
    client.send("/account/codes", {"setup": "authenticator"})
    client.refused("/account/code", {"code": "000000"})


def test_what_is_no_address_uses_up_no_tries_of_others(app: Flask) -> None:
    for number in range(6):
        elsewhere(app, number).refused("/account/register", {"email": "nobody"})


def test_one_address_gets_only_so_many_e_mails(app: Flask) -> None:
    new_user(app)
    for number in range(6):
        client = elsewhere(app, number)
        sign_in(client)
        sent = client.send("/account/change-email", {"email": "New@example.org"})
        assert sent.status_code == (429 if number == 5 else 302)
    assert len(sent_emails(app)) == 5


def test_limits_can_be_off(make_app: MakeApp) -> None:
    client = Client(make_app(rate_limits=False))
    gc.collect()  # nothing of the limits may be missed later
    for _ in range(21):
        guess(client)


def test_a_limit_for_an_unknown_endpoint_stops_the_start(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rate_limits._GET_LIMITS, "plans.no_such_page", "1 per hour")
    with pytest.raises(LookupError, match=r"plans\.no_such_page"):
        make_app(rate_limits=False)


def test_processes_count_together_and_the_window_ends(stored_app: Flask, at) -> None:
    with stored_app.app_context():
        one, another = DatabaseStorage(), DatabaseStorage()
        assert [one.incr("key", 60), another.incr("key", 60), one.get("key")] == [1, 2, 2]
        assert one.get_expiry("key") == START.replace(tzinfo=datetime.UTC).timestamp() + 60
        at(61)
        assert (one.get("key"), another.incr("key", 60)) == (0, 1)


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
    ],
)
def test_a_household_counts_as_one_place(app: Flask, one: str, another: str, same: bool) -> None:
    found = set()
    for address in (one, another):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            found.add(network())
    assert (len(found) == 1) is same
    assert not any(address in digest for digest in found for address in (one, another))


def test_what_was_counted_holds_no_address_and_no_e_mail(app: Flask, client: Client) -> None:
    guess(client)
    client.send("/account/login", {"email": "dana@example.org", "password": "wrong"})
    with app.app_context():
        keys = db.session.execute(select(RateLimitRow.key)).scalars().all()
    assert len(keys) == 3
    assert not any("127.0.0.1" in key or "dana" in key or len(key) > 200 for key in keys)
