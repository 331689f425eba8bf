"""Emails: delivered by SMTP or into a folder; stored before that, and tried again until they are sent."""

from __future__ import annotations

import datetime
import logging
import stat
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from app import clock
from app.database import outgoing_emails
from app.database.account_tables import OutgoingEmailRow, User
from app.extensions import db
from app.mail.delivery import deliver
from app.mail.messages import Email
from app.mail.outbox import enqueue, send_due
from tests.support.agency import Team, new_team
from tests.support.application import MakeApp
from tests.support.client import Client
from tests.support.mail_server import NO_MAILBOX, NOT_NOW, app_with_smtp, post_office, unused_port
from tests.support.people import link_in, new_user, sent_emails, sign_in

TO = "ana@harbor-house.org"
MINUTE = datetime.timedelta(minutes=1)


def waiting(app: Flask) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(OutgoingEmailRow)).scalar_one()


def ask_for_new_password(client: Client, email: str = TO) -> str:
    """Ask for an email that sets a new password; return the page that follows."""
    response = client.send("/account/forgot-password", {"email": email})
    response.close()
    return client.get(response.headers["Location"]).text


def test_without_a_server_an_email_is_a_file_that_only_its_owner_can_read(app: Flask) -> None:
    with app.app_context():
        deliver(Email(TO, "A subject – with a dash", "Line one.\n\nLine two: ‘quoted’.\n"))
    (letter,) = sent_emails(app)
    assert (letter["To"], letter["Subject"]) == (TO, "A subject – with a dash")
    assert letter.get_content() == "Line one.\n\nLine two: ‘quoted’.\n"
    (file,) = app.config["MAIL_FOLDER"].iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_with_a_server_it_goes_out_after_the_response(make_app: MakeApp) -> None:
    with post_office() as server:
        app = app_with_smtp(make_app, server.port)
        new_user(app)
        response = Client(app).send("/account/forgot-password", {"email": TO})
        assert server.taken == [], "so nobody waits for it, and its time tells nothing"
        assert waiting(app) == 1
        response.close()
        (letter,) = server.taken
        assert letter["From"] == "check@harbor-house.org"
        assert "Set a new password" in letter["Subject"]
    assert waiting(app) == 0
    assert sent_emails(app) == []


def test_an_email_that_the_server_took_is_not_sent_again_because_of_its_goodbye(make_app: MakeApp) -> None:
    with post_office() as server:
        server.goodbye = "421 too many connections"
        app = app_with_smtp(make_app, server.port)
        new_user(app)
        ask_for_new_password(Client(app))
        assert (len(server.taken), waiting(app)) == (1, 0)


def test_an_email_that_fails_is_sent_later_and_less_and_less_often(make_app: MakeApp) -> None:
    app = app_with_smtp(make_app, unused_port())
    new_user(app)
    ask_for_new_password(Client(app))
    assert waiting(app) == 1
    with post_office(app.config["SMTP_PORT"]) as server:
        server.refusal = NOT_NOW
        start = clock.now()
        for minutes, tries in ((0, 1), (1, 2), (2, 2), (3, 3), (6, 3), (7, 4)):
            with time_machine.travel(start + minutes * MINUTE, tick=False), app.app_context():
                send_due()
                assert db.session.execute(select(OutgoingEmailRow.tries)).scalar_one() == tries
        server.refusal = ""
        with time_machine.travel(clock.now() + 30 * MINUTE), app.app_context():
            send_due()
        assert len(server.taken) == 1
        assert waiting(app) == 0


def test_it_is_given_up_when_its_link_no_longer_works(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_with_smtp(make_app, unused_port())
    new_user(app)
    ask_for_new_password(Client(app))
    with time_machine.travel(clock.now() + 61 * MINUTE), app.app_context():
        send_due()
    assert waiting(app) == 0
    assert "given up" in caplog.text


def test_what_is_rolled_back_sends_nothing(app: Flask) -> None:
    with app.app_context():
        enqueue(Email(TO, "Hello", "A text."))
        db.session.rollback()
        send_due()
    assert sent_emails(app) == []


def test_two_processes_send_it_once(make_app: MakeApp) -> None:
    with post_office() as server:
        app = app_with_smtp(make_app, server.port)
        with app.app_context():
            enqueue(Email(TO, "Hello", "A text."))
            db.session.commit()
            db.session.execute(update(OutgoingEmailRow).values(tries=1))  # as another process claims it
            db.session.commit()
        with app.app_context():
            from_another = db.session.execute(select(OutgoingEmailRow.tries)).scalar_one()
            assert from_another == 1
            send_due()
            send_due()
        assert len(server.taken) == 1


def test_the_outbox_is_encrypted(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        enqueue(Email(TO, "Hello", "A secret link."))
        db.session.commit()
        stored = db.session.connection().exec_driver_sql("SELECT * FROM outgoing_email").one()
    assert "harbor" not in str(stored)
    assert b"secret" not in bytes(stored.content)


def test_a_full_disk_loses_no_email(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    new_user(app)
    app.config["MAIL_FOLDER"].write_text("")  # a file where the folder should be
    ask_for_new_password(Client(app))
    assert waiting(app) == 1
    app.config["MAIL_FOLDER"].unlink()
    with time_machine.travel(clock.now() + 2 * MINUTE), app.app_context():
        send_due()
    assert len(sent_emails(app)) == 1


# What people see ---------------------------------------------------------------------------------


def test_the_page_tells_what_becomes_of_an_email_whether_there_is_an_account_or_not(
    make_app: MakeApp,
) -> None:
    for email in (TO, "nobody@example.org"):
        app = app_with_smtp(make_app, unused_port())
        if email == TO:
            new_user(app)
        client = Client(app)
        assert "mail server does not answer right now" in ask_for_new_password(client, email)
        with post_office(app.config["SMTP_PORT"]), time_machine.travel(clock.now() + 2 * MINUTE):
            assert "a message to it is on its way" in client.get("/account/check-mail").text


def test_without_a_server_the_page_says_where_the_message_lies(client: Client) -> None:
    assert "in the folder “mail”" in ask_for_new_password(client)


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ("", "We sent an invitation to new@example.org."),
        (NOT_NOW, "could not be sent yet"),
        (NO_MAILBOX, "there is no mailbox new@example.org"),
    ],
)
def test_an_inviter_sees_the_truth_and_gets_the_link_if_the_email_did_not_take_it(
    make_app: MakeApp, refusal: str, message: str
) -> None:
    with post_office() as server:
        team = new_team(app_with_smtp(make_app, server.port))
        server.refusal = refusal
        team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
        page = team.owner.get(team.address)
        assert message in page.text
        links = [a.get("href") for a in page.all("a") if "/agencies/join/" in a.get("href", "")]
        assert len(links) == bool(refusal)
        assert "/agencies/join/" not in team.owner.get(team.address).source
    assert waiting(team.app) == (refusal == NOT_NOW)


def test_without_a_server_the_inviter_gets_the_link_that_is_in_the_file(app: Flask) -> None:
    team = new_team(app)
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    page = team.owner.get(team.address)
    assert "does not send email, so nothing was sent to new@example.org" in page.text
    (letter,) = sent_emails(app)
    assert link_in(letter, "/agencies/join/") in page.source
    assert letter["Subject"] == "You are invited to join an agency"


@pytest.mark.parametrize("to", [TO, "two\nlines@harbor-house.org"])
def test_an_error_is_logged_without_the_address(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture, to: str
) -> None:
    with post_office() as server, app_with_smtp(make_app, server.port).app_context():
        server.refusal = NO_MAILBOX
        with caplog.at_level(logging.ERROR):
            enqueue(Email(to, "Hello", "A text."))
            db.session.commit()
            send_due()
    assert "an email was not sent" in caplog.text
    assert "harbor-house" not in caplog.text


def test_mail_test_says_what_the_server_answered(make_app: MakeApp) -> None:
    with post_office() as server:
        run = app_with_smtp(make_app, server.port).test_cli_runner().invoke
        assert "has accepted the email" in run(args=["mail-test", TO]).output
        assert len(server.taken) == 1
        server.refusal = NOT_NOW
        failed = run(args=["mail-test", TO])
        assert (failed.exit_code, "try again later" in failed.output) == (1, True)
    assert run(args=["mail-test", TO]).exit_code == 1
    assert run(args=["mail-test", "nobody"]).exit_code == 2


def test_monitors_see_how_long_an_email_has_been_waiting(make_app: MakeApp) -> None:
    token = "geheim-geheim-geheim"
    app = app_with_smtp(make_app, unused_port(), metrics_token=token)
    client = app.test_client()
    assert client.get("/readyz").json["mail"] == "ok"
    new_user(app)
    ask_for_new_password(Client(app))
    with time_machine.travel(clock.now() + 10 * MINUTE):
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json["mail"]) == (200, "waiting for 10 minutes")
        text = client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).text
    assert 'selfcheck_emails_total{outcome="waiting"}' in text
    assert "selfcheck_emails_waiting 1.0" in text
    assert "selfcheck_oldest_email_seconds 6" in text


# What emails say, and what is deleted --------------------------------------------------------------------


def test_no_subject_holds_what_people_typed(app: Flask) -> None:
    for template in app.jinja_env.list_templates(filter_func=lambda name: name.startswith("emails/")):
        source = app.jinja_env.get_template(template)
        with app.app_context():
            assert "".join(source.blocks["subject"](source.new_context())).strip(), template


@pytest.mark.parametrize(
    "name",
    [
        "URGENT: go to https://evil.example/unlock",
        "Your IT team: sign in at evil.example/reset",
        "www.evil",
        "t.co/abc",
        "evil。example",
        "it@evil.example",
        "10.0.0.1",
    ],
)
def test_a_name_cannot_hold_an_address(app: Flask, client: Client, name: str) -> None:
    new_user(app)
    sign_in(client)
    page = client.refused("/agencies/", {"name": name, "keep": ""})
    assert page.errors().keys() == {"name"}
    assert page.value("name") == name
    assert client.refused("/account/", {"name": name}).errors().keys() == {"name"}


@pytest.mark.parametrize(
    "name", ["St. Mary’s Safe House", "Dr. J.R. Lee, M.Ed.", "Ph.D. Ana", "24/7 Hope, Inc.", "A.C.T."]
)
def test_other_names_can_be_used(app: Flask, client: Client, name: str) -> None:
    new_user(app)
    sign_in(client)
    client.post("/account/", {"name": name})
    client.post("/agencies/", {"name": name})


def test_a_name_from_before_that_is_an_address_is_not_in_an_email(app: Flask) -> None:
    team = new_team(app)
    with app.app_context():
        db.session.execute(update(User).values(name="IT: evil.example"))
        db.session.commit()
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    assert "evil" not in sent_emails(app)[0].get_content()


def test_emails_about_an_agency_or_an_account_go_with_it(make_app: MakeApp) -> None:
    team = new_team(app_with_smtp(make_app, unused_port()))
    for client, agency in ((team.owner, team.public_id), (team.stranger, "OtherOtherOtherO")):
        client.post(f"/agencies/{agency}/invitations", {"email": "new@example.org", "role": "editor"})
    assert waiting(team.app) == 2
    team.owner.post(f"{team.address}delete?of=agency")
    assert waiting(team.app) == 1
    team.stranger.post("/account/delete?of=OtherOtherOtherO")
    assert waiting(team.app) == 0


def test_the_email_of_an_invitation_goes_with_it(make_app: MakeApp) -> None:
    team = new_team(app_with_smtp(make_app, unused_port()))
    invite_two(team)
    invite_two(team)
    assert waiting(team.app) == 2, "a new invitation takes the place of the earlier one"
    withdraw_first(team)
    assert waiting(team.app) == 1


def test_so_does_its_file_on_a_site_without_a_mail_server(app: Flask) -> None:
    team = new_team(app)
    invite_two(team)
    withdraw_first(team)
    assert len(sent_emails(app)) == 1


def invite_two(team: Team) -> None:
    for name in ("one", "two"):
        team.owner.post(f"{team.address}invitations", {"email": f"{name}@example.org", "role": "editor"})


def withdraw_first(team: Team) -> None:
    forms = [form.get("action", "") for form in team.owner.get(team.address).all("form")]
    team.owner.post(next(action for action in forms if "withdraw" in action))


def test_so_do_the_files_of_a_site_without_a_mail_server(app: Flask) -> None:
    team = new_team(app)
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    team.stranger.post(
        "/agencies/OtherOtherOtherO/invitations", {"email": "new@example.org", "role": "editor"}
    )
    team.owner.post(f"{team.address}delete?of=agency")
    (letter,) = sent_emails(app)
    assert "Other House" in letter.get_content()
    team.stranger.post("/account/delete?of=OtherOtherOtherO")
    assert sent_emails(app) == []


def test_an_address_without_an_account_costs_the_same_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[object] = []
    add = outgoing_emails.add_email
    monkeypatch.setattr(outgoing_emails, "add_email", lambda *new: stored.append(new) or add(*new))
    new_user(app)
    for number, email in enumerate((TO, "nobody@example.org"), start=1):
        ask_for_new_password(Client(app), email)
        assert len(stored) == number
    assert [letter["To"] for letter in sent_emails(app)] == [TO]
    assert waiting(app) == 0
