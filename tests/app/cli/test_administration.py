"""What an administrator does by command: each an event, and an email to the person it concerns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.datastore import datastore
from app.database.account_tables import AgencyRow, SecurityEventRow, User
from app.extensions import db
from tests.support.agency import Team, new_team, roles_of
from tests.support.application import MakeApp
from tests.support.client import Client
from tests.support.people import EMAIL, link_in, new_user, sent_emails, sign_in

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def team(app: Flask) -> Team:
    return new_team(app)


def events(app: Flask) -> list[str]:
    with app.app_context():
        kinds = db.session.execute(select(SecurityEventRow.kind)).scalars()
        return [kind for kind in kinds if "administrator" in kind]


def email_texts(app: Flask) -> dict[str, str]:
    """Return what the emails say that the administrator did, by recipient."""
    return {letter["To"]: letter.get_content() for letter in sent_emails(app)}


def test_accounts_and_agencies_are_listed_and_shown_without_secrets(team: Team, run: Run) -> None:
    out = run("account", "list").out
    assert "viewer@example.org  Viewer" in out
    assert len(out.splitlines()) == 4
    shown = run("account", "show", "Owner@Example.org").out
    assert "owner of agency 1: Harbor House" in shown
    assert "argon2" not in shown
    assert run("account", "show", team.numbers["owner"]).out == shown
    assert "1  Harbor House  3 members  0 self-checks" in run("agency", "list").out
    assert "viewer@example.org" in run("agency", "show", team.public_id).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("account", "show", "nobody@example.org"),
        ("account", "close", "99"),
        ("account", "invite", "owner@example.org"),
        ("account", "invite", "no address"),
        ("agency", "show", "99"),
        ("agency", "owner", "1", "nobody@example.org"),
    ],
)
def test_a_wrong_name_is_one_line_and_changes_nothing(
    team: Team, run: Run, arguments: tuple[str, ...]
) -> None:
    failed = run(*arguments)
    assert (failed.code, len(failed.err.splitlines()), failed.out) == (2, 1, "")
    assert sent_emails(team.app) == []
    assert events(team.app) == []


def test_signing_out_ends_every_sign_in(team: Team, run: Run) -> None:
    run("account", "sign-out", "owner@example.org")
    assert team.owner.redirect(team.address).startswith("/account/login")
    assert "signed you out" in email_texts(team.app)["owner@example.org"]
    assert events(team.app) == ["signed_out_by_administrator"]


def test_a_lost_phone_is_helped(team: Team, run: Run) -> None:
    with team.app.app_context():
        user = db.session.get_one(User, team.numbers["owner"])
        user.tf_primary_method, user.tf_totp_secret = "authenticator", "secret"
        datastore().mf_set_recovery_codes(user, ["hash"])
        db.session.commit()
    run("account", "reset-second-step", "owner@example.org", "--passkeys")
    browser = Client(team.app)
    sign_in(browser, "owner@example.org")
    browser.get(team.address)
    assert team.owner.redirect(team.address).startswith("/account/login")
    assert "turned off the codes" in email_texts(team.app)["owner@example.org"]
    assert "codes from an app: off; recovery codes left: 0" in run("account", "show", "owner@example.org").out


def test_an_account_is_closed_unless_an_agency_would_have_no_owner(team: Team, run: Run) -> None:
    refused = run("account", "close", "owner@example.org", "--yes")
    assert (refused.code, "Agency 1 (Harbor House) would have no owner" in refused.err) == (1, True)
    run("agency", "owner", team.public_id, "viewer@example.org")
    assert roles_of(team)["viewer"] == "owner"
    assert set(email_texts(team.app)) == {"viewer@example.org", "owner@example.org"}
    assert run("account", "close", "owner@example.org", "--yes").code == 0
    assert "deleted your account" in email_texts(team.app)["owner@example.org"]
    assert run("account", "close", "stranger@example.org").code == 1, "asks, and nobody answers"
    assert run("account", "close", "stranger@example.org", "--yes").code == 0
    with team.app.app_context():
        assert list(db.session.execute(select(AgencyRow.name)).scalars()) == ["Harbor House"]
    assert events(team.app) == [
        "owner_named_by_administrator",
        "account_closed_by_administrator",
        "agency_closed_by_administrator",
        "account_closed_by_administrator",
    ]


def test_someone_who_is_no_member_can_become_the_owner(team: Team, run: Run) -> None:
    run("agency", "owner", "1", "stranger@example.org")
    assert roles_of(team)["stranger"] == "owner"


def test_an_agency_is_closed_and_its_members_are_informed(team: Team, run: Run) -> None:
    team.begin()
    assert run("agency", "close", "1", "--yes").code == 0
    assert set(email_texts(team.app)) == {f"{name}@example.org" for name in ("owner", "editor", "viewer")}
    assert "Harbor House" not in run("agency", "list").out
    assert "owner@example.org" in run("account", "list").out


def test_an_invitation_leads_to_an_account_even_where_registration_is_closed(make_app: MakeApp) -> None:
    app = make_app(registration="closed", site_url="https://check.example.org")
    assert app.test_cli_runner().invoke(args=["account", "invite", EMAIL]).exit_code == 0
    (letter,) = sent_emails(app)
    assert "https://check.example.org/account/register/" in letter.get_content()
    browser = Client(app)
    page = browser.get(letter.get_content().split("https://check.example.org")[2].split()[0])
    assert EMAIL in page.source


def test_confirming_prints_a_link_for_whom_no_email_reaches(app: Flask, run: Run) -> None:
    link = run("account", "confirm", EMAIL).out.strip()
    path = link.removeprefix("http://127.0.0.1:8000")
    assert Client(app).get(path).h1
    new_user(app)
    link = run("account", "confirm", EMAIL).out.strip()
    assert "/account/forgot-password/" in link
    assert "set a new password" in email_texts(app)[EMAIL]
    assert Client(app).get(link.removeprefix("http://127.0.0.1:8000")).h1


# Who may register ----------------------------------------------------------------------------------------


def test_where_registration_is_closed_nobody_can_ask_for_an_account(make_app: MakeApp) -> None:
    app = make_app(registration="closed")
    browser = Client(app)
    assert browser.get("/account/register", 403).h1 == "No new accounts"
    assert "/account/register" not in browser.get("/account/login").source
    browser.refused("/account/register", {"email": EMAIL}, status=403)
    assert sent_emails(app) == []


def test_where_it_is_for_the_invited_others_get_the_same_answer_and_no_email(make_app: MakeApp) -> None:
    app = make_app(registration="invited")
    team = new_team(app)
    team.owner.post(f"{team.address}invitations", {"email": EMAIL, "role": "editor"})
    browser = Client(app)
    assert "Only people who were invited" in browser.get("/account/register").text
    answers = {browser.post("/account/register", {"email": email}) for email in (EMAIL, "else@example.org")}
    assert len(answers) == 1
    invitation, letter = sent_emails(app)
    assert invitation["To"] == letter["To"] == EMAIL
    assert link_in(letter, "/account/register/")


# Who runs the site ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("help@coalition.org", "mailto:help@coalition.org"),
        ("+1 (555) 010-0199", "tel:+15550100199"),
        ("https://coalition.org/help", "https://coalition.org/help"),
        ("Ana, at the front desk", None),
    ],
)
def test_every_page_names_who_runs_the_site(make_app: MakeApp, contact: str, link: str | None) -> None:
    app = make_app(operator_name="The Coalition", operator_contact=contact, shared=False)
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = Client(app)
    pages = browser.get("/"), browser.get("/privacy"), browser.get("/x", 404), browser.get("/broken", 500)
    for page in pages:
        assert "The Coalition runs this site." in page.source
        assert contact in page.source
        if link:
            assert page.link(contact) == link


def test_the_logo_is_shown_where_it_is_set(make_app: MakeApp, app: Flask, tmp_path: Path) -> None:
    assert app.test_client().get("/operator-logo").status_code == 404
    assert "operator-logo" not in Client(app).get("/").source
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    browser = Client(make_app(operator_logo=logo, operator_name="The Coalition"))
    (image,) = browser.get("/").all("img")
    assert image.get("alt") == "The Coalition"
    response = browser.raw.get(image.get("src"))
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    response.close()
