"""Limits on what could be guessed or costs much, counted in the database for all web processes together."""

import datetime
import gc
import re

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database.account_tables import RateLimitRow
from app.database.rate_limits import DatabaseStorage
from app.extensions import db
from app.http import rate_limits
from app.http.requests import network
from tests.support.agency import new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.people import EMAIL, PASSWORD, link_in, new_user, sent_emails, sign_in

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
    for _ in range(100):
        guess(client)
    guess(other, 429)
    again = other.send("/assessments/return", {"code": "WRONG"})
    assert 0 < int(again.headers["Retry-After"]) <= 600
    client.get("/assessments/return")


def test_people_of_a_trusted_network_are_not_counted_together(make_app: MakeApp) -> None:
    app = make_app(trusted_networks="192.0.2.0/24, 2001:db8::/32")
    for _ in range(101):
        guess(elsewhere(app, 7))
    new_user(app)
    for number in range(31):
        sent = {"email": EMAIL, "password": "not the password"}
        elsewhere(app, number).refused("/account/login", sent, 429 if number == 30 else 422)


def test_a_request_for_the_headers_alone_counts_too(client: Client) -> None:
    answers = [client.raw.head("/shared/unknown").status_code for _ in range(301)]
    assert answers == [404] * 300 + [429]


def elsewhere(app: Flask, number: int) -> Client:
    """Return a browser in a network of its own."""
    client = Client(app)
    client.raw.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    return client


def shut_out(app: Flask) -> None:
    """Guess at Ana's password from many places until nobody new may try."""
    for number in range(31):
        sent = {"email": EMAIL, "password": "not the password"}
        elsewhere(app, number).refused("/account/login", sent, 429 if number == 30 else 422)


def test_many_places_cannot_guess_at_one_account_however_its_address_is_spelled(app: Flask) -> None:
    new_user(app)
    for number in range(31):
        wide = "".join(chr(ord(c) + 0xFEE0) if number >> i & 1 else c for i, c in enumerate("harbor"))
        sent = {"email": f"ana@{wide}-house.org", "password": "not the password"}
        status = elsewhere(app, number).send("/account/login", sent).status_code
        assert status == (429 if number == 30 else 422)


def test_strangers_do_not_shut_anyone_out_who_signed_in_before(app: Flask) -> None:
    new_user(app)
    owner, stranger = elsewhere(app, 200), elsewhere(app, 201)
    sign_in(owner)
    owner.post("/account/logout")
    owner.renew()
    shut_out(app)
    stranger.refused("/account/login", {"email": EMAIL, "password": PASSWORD}, 429)
    sign_in(owner)
    assert owner.get("/account/").status == 200


def test_a_known_device_has_a_limit_of_its_own(app: Flask) -> None:
    new_user(app)
    owner = elsewhere(app, 200)
    sign_in(owner)
    owner.post("/account/logout")
    owner.renew()
    for tried in range(31):
        sent = {"email": EMAIL, "password": "not the password"}
        owner.refused("/account/login", sent, 429 if tried == 30 else 422)
    elsewhere(app, 201).refused("/account/login", {"email": EMAIL, "password": "x"})


def test_an_owner_of_the_mailbox_gets_in_while_strangers_guess(app: Flask) -> None:
    new_user(app)
    shut_out(app)
    owner = elsewhere(app, 200)
    owner.post("/account/forgot-password", {"email": EMAIL})
    owner.post(link_in(sent_emails(app)[-1]), {"password": "seven ducks on a pond"})
    sign_in(owner, password="seven ducks on a pond")
    assert owner.get("/account/").status == 200


def test_a_known_device_is_known_for_one_account_only(app: Flask) -> None:
    new_user(app)
    new_user(app, "eve@example.org")
    eve = elsewhere(app, 200)
    sign_in(eve, "eve@example.org")
    eve.post("/account/logout")
    eve.renew()
    shut_out(app)
    eve.refused("/account/login", {"email": EMAIL, "password": PASSWORD}, 429)


def test_a_right_password_does_not_count(app: Flask, client: Client) -> None:
    new_user(app)
    for _ in range(31):
        one = Client(app)
        sign_in(one)


def test_a_password_cannot_be_guessed_from_many_networks_with_one_session(app: Flask, client: Client) -> None:
    new_user(app)
    sign_in(client)
    client.raw.delete_cookie("device")
    for number in range(31):
        client.raw.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        client.refused("/account/verify", {"password": "wrong"}, 429 if number == 30 else 422)


def test_requests_without_a_code_use_up_nobody_elses_tries(app: Flask) -> None:
    for number in range(31):
        assert elsewhere(app, number).post("/account/code", {"code": "1"}) == "/account/login"
    new_user(app)
    client = Client(app)
    sign_in(client)
    client.send("/account/codes", {"setup": "authenticator"})
    client.refused("/account/code", {"code": "000000"})


@pytest.mark.parametrize("address", ["/account/register", "/account/forgot-password"])
def test_one_address_gets_only_so_many_emails_and_the_answer_stays_the_same(app: Flask, address: str) -> None:
    """Strangers cannot keep a person from asking: what they asked for lies in that person's mailbox."""
    new_user(app)
    for number in range(7):
        assert (
            elsewhere(app, number).post(address, {"email": "ANA@harbor-house.org"}) == "/account/check-mail"
        )
    assert len(sent_emails(app)) == 5


def test_registrations_by_strangers_leave_the_person_with_links_of_their_own(app: Flask) -> None:
    for number in range(6):
        elsewhere(app, number).post("/account/register", {"email": EMAIL})
    person = elsewhere(app, 200)
    person.post("/account/register", {"email": EMAIL})
    assert person.post(link_in(sent_emails(app)[0]), {"password": PASSWORD}) == "/agencies/"


def test_one_new_address_gets_only_so_many_emails(app: Flask) -> None:
    new_user(app)
    for number in range(6):
        client = elsewhere(app, number)
        sign_in(client)
        assert client.post("/account/change-email", {"email": "New@example.org"}) == "/account/check-mail"
    assert len(sent_emails(app)) == 5


def test_invitations_by_others_do_not_keep_anyone_from_inviting(app: Flask) -> None:
    team = new_team(app)
    other = "/agencies/OtherOtherOtherO/invitations"
    for tried in range(6):
        sent = {"email": "new@example.org", "role": "viewer"}
        assert team.stranger.send(other, sent).status_code == (429 if tried == 5 else 302)
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "viewer"})


@pytest.mark.audit
def test_fifty_people_behind_one_address_work_at_once(app: Flask, at) -> None:
    """Each one types something wrong once, then signs in, joins, uses a code and answers."""
    team = new_team(app)
    first = Assessment.begin(Client(app))
    code = return_code(first)
    for number in range(50):
        at(12 * number)
        address = f"person{number}@example.org"
        person = Client(app)
        person.post("/account/register", {"email": address})
        person.post(link_in(sent_emails(app)[-1]), {"name": f"Person {number}", "password": PASSWORD})
        person.renew()
        person.post("/account/logout")
        person.renew()
        person.refused("/account/login", {"email": address, "password": "a typing error"})
        sign_in(person, address)
        team.owner.post(f"{team.address}invitations", {"email": address, "role": "viewer"})
        link = link_in(sent_emails(app)[-1], "/agencies/join/")
        assert person.post(link) == team.address
        person.refused("/assessments/return", {"code": "A TYPING ERROR"})
        person.post("/assessments/return", {"code": code})
        Assessment(person, first.address).save("pf-scope", {})
        Assessment.begin(person)


def test_every_pdf_is_limited(client: Client) -> None:
    rules = [rule.rule for rule in client.app.url_map.iter_rules() if rule.rule.endswith(".pdf")]
    answers = {rule: client.raw.head(re.sub("<[^>]*>", "unknown", rule)) for rule in rules}
    assert [rule for rule, answer in answers.items() if "X-RateLimit-Limit" not in answer.headers] == []


def test_limits_can_be_off(make_app: MakeApp) -> None:
    client = Client(make_app(rate_limits=False))
    gc.collect()  # nothing of the limits may be missed later
    for _ in range(101):
        guess(client)


def test_a_limit_for_an_unknown_endpoint_stops_the_start(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rate_limits._GET_LIMITS, "plans.no_such_page", "1 per hour")
    with pytest.raises(LookupError, match=r"plans\.no_such_page"):
        make_app(rate_limits=False)


def test_processes_count_together_and_the_window_ends(app: Flask, at) -> None:
    with app.app_context():
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


def return_code(assessment: Assessment) -> str:
    page = assessment.client.get(assessment.client.post(assessment.at("pause")))
    return "".join(page.by_class("return-code__code")[0].itertext()).strip()


def test_stored_counts_hold_no_address_and_no_email(app: Flask, client: Client) -> None:
    guess(client)
    client.send("/account/login", {"email": "dana@example.org", "password": "wrong"})
    with app.app_context():
        keys = db.session.execute(select(RateLimitRow.key)).scalars().all()
    assert len(keys) == 3
    assert not any("127.0.0.1" in key or "dana" in key or len(key) > 200 for key in keys)
