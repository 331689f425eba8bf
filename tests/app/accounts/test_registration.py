"""Creating an account: the address is proven first, so nobody rides on a registration of someone else."""

import datetime
from unittest import mock

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.registration import Registration, registration_link
from app.database.account_tables import SecurityEventRow, User
from app.extensions import db
from tests.support.agency import new_team, roles_of
from tests.support.client import Client
from tests.support.people import EMAIL, PASSWORD, link_in, new_user, sent_emails, sign_in

ADDRESS = "Ben@Harbor-House.org"
NEW = {"name": "Ben", "password": "three boats in the rain"}


def link_for(app: Flask, client: Client, address: str = ADDRESS, **onward: str) -> str:
    """Register an address; return the link in the email."""
    assert client.post("/account/register", {"email": address, **onward}) == "/account/check-mail"
    return link_in(sent_emails(app)[-1])


def accounts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(User.email).order_by(User.id)))


def test_there_is_no_account_before_its_address_is_proven(app: Flask, client: Client) -> None:
    link = link_for(app, client)
    assert sent_emails(app)[-1]["To"] == "ben@harbor-house.org"
    client.get(link)
    assert accounts(app) == []
    assert client.post(link, NEW) == "/agencies/"
    client.renew()
    assert "ben@harbor-house.org" in client.get("/account/").text
    assert accounts(app) == ["ben@harbor-house.org"]
    with app.app_context():
        kinds = list(db.session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))
    assert kinds == ["account_made", "signed_in"]


@pytest.mark.parametrize("used", [0, 1])
def test_neither_registration_of_an_address_rides_on_the_other(
    app: Flask, client: Client, other: Client, used: int
) -> None:
    """A stranger registers the victim's address before or after: each link is of who opens it."""
    links = [link_for(app, other), link_for(app, client)]
    other.refused("/account/login", {"email": ADDRESS, "password": PASSWORD})
    client.post(links[used], NEW)
    for link in links:
        assert other.redirect(link) == "/account/login", "nothing is left of the other one"
        assert other.post(link, {"password": PASSWORD}) == "/account/login"
    other.refused("/account/login", {"email": ADDRESS, "password": PASSWORD})
    third = Client(app)
    sign_in(third, ADDRESS, NEW["password"])
    assert "ben@harbor-house.org" in third.get("/account/").text


def test_registering_takes_only_an_address(app: Flask, client: Client) -> None:
    link = link_for(app, client, password="the password of a stranger", name="Eve Stranger", way="passkey")
    page = client.get(link)
    assert page.value("name") == ""
    assert "Eve Stranger" not in page.source


def test_an_address_that_has_an_account_looks_like_a_new_one(app: Flask, client: Client) -> None:
    new_user(app)
    assert client.post("/account/register", {"email": EMAIL}) == "/account/check-mail"
    (letter,) = sent_emails(app)
    assert letter["Subject"] == "You already have an account"
    assert link_in(letter) == "/account/login"


def test_a_link_expires_and_cannot_be_changed(app: Flask, client: Client) -> None:
    link = link_for(app, client)
    assert client.post(link[:-2], NEW) == "/account/register"
    with time_machine.travel(clock.now() + datetime.timedelta(hours=25)):
        assert client.redirect(link) == "/account/register"
        assert "expired" in client.get("/account/register").text
    assert accounts(app) == []


def test_an_account_created_twice_at_once_is_created_once(app: Flask, client: Client) -> None:
    link = link_for(app, client, EMAIL)
    new_user(app)
    with mock.patch("flask_security.FSQLALiteUserDatastore.find_user", return_value=None):
        assert client.post(link, NEW) == "/account/login"
    assert accounts(app) == [EMAIL]


@pytest.mark.parametrize("address", ["", "ben", "ben@harbor.org\nBcc: eve@evil.org"])
def test_an_invalid_address_is_rejected_with_the_reason(client: Client, address: str) -> None:
    page = client.refused("/account/register", {"email": address})
    assert page.errors().keys() == {"email"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": ""}, "password"),
        ({"password": "harborhouse2026"}, "password"),
        ({"name": "x" * 101}, "name"),
    ],
)
def test_a_name_or_password_that_does_not_do_is_rejected(
    app: Flask, client: Client, changed: dict[str, str], field: str
) -> None:
    page = client.refused(link_for(app, client), {**NEW, **changed})
    assert page.error_beside(field)
    assert page.value("password") == ""
    assert page.value("name") == changed.get("name", "Ben")


def test_a_passkey_can_take_the_place_of_a_password(app: Flask, client: Client) -> None:
    link = link_for(app, client)
    assert client.post(link, {"name": "Ben", "way": "passkey"}) == "/account/passkeys"
    client.renew()
    assert client.get("/account/passkeys").status == 200
    page = client.get("/account/change-password")
    assert page.h1 == "Choose a password"
    client.post("/account/change-password", {"new_password": NEW["password"]})
    sign_in(Client(app), ADDRESS, NEW["password"])


def test_an_invited_person_lands_in_the_agency(app: Flask, client: Client) -> None:
    team = new_team(app)
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    invitation = link_in(sent_emails(app)[-1], "/agencies/join/")
    register = next(
        a.get("href") for a in client.get(invitation).all("a") if "/account/register" in a.get("href", "")
    )
    form = client.get(register)
    link = link_for(app, client, "new@example.org", invitation=form.value("invitation"))
    elsewhere = Client(app)
    assert elsewhere.post(link, NEW) == team.address
    assert "editor" in roles_of(team).values()
    assert elsewhere.get(team.address).h1 == "Harbor House"


def test_an_invitation_to_another_address_opens_nothing(app: Flask, client: Client) -> None:
    team = new_team(app)
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "owner"})
    token = link_in(sent_emails(app)[-1], "/agencies/join/").rpartition("/")[2]
    link = link_for(app, client, "eve@example.org", invitation=token)
    assert client.post(link, NEW) == "/agencies/"
    client.get(team.address, 404)


def test_a_person_with_an_account_is_led_to_the_invitation(app: Flask, client: Client) -> None:
    new_user(app)
    client.post("/account/register", {"email": EMAIL, "invitation": "some-token"})
    assert link_in(sent_emails(app)[-1]) == "/account/login?next=/agencies/join/some-token"


@pytest.mark.parametrize("onward", ["https://evil.org", "//evil.org", "//["])
def test_a_registration_never_leads_to_another_site(app: Flask, client: Client, onward: str) -> None:
    link = link_for(app, client, next=onward)
    assert client.post(link, NEW) == "/agencies/"


def test_it_leads_to_the_page_that_wanted_an_account(app: Flask, client: Client) -> None:
    link = link_for(app, client, next="/agencies/bring/some-history")
    assert client.post(link, NEW) == "/agencies/bring/some-history"


def test_an_administrator_can_pass_the_link_on(app: Flask, client: Client) -> None:
    with app.test_request_context():
        link = registration_link(Registration(email=EMAIL)).partition("localhost")[2]
    assert client.post(link, NEW) == "/agencies/"


def test_signing_in_leads_to_ones_work(app: Flask) -> None:
    team = new_team(app)
    client = Client(app)
    assert (
        client.post("/account/login", {"email": "viewer@example.org", "password": PASSWORD})
        == "/account/work"
    )
    client.renew()
    assert client.redirect("/account/work") == team.address
    new_user(app)
    without = Client(app)
    sign_in(without)
    assert without.redirect("/account/work") == "/"
