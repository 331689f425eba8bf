"""Reminders of dates in plans: to whom, of what, once, and how they end."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from app import clock
from app.accounts.reminder_views import stop_link
from app.database.account_tables import OutgoingEmailRow, ReminderRow
from app.database.assessments import find_assessment
from app.database.reminders import subscribers
from app.extensions import db
from app.mail.outbox import send_due_in
from app.operations.purge import purge
from app.operations.reminders import remind, remind_in_turn
from reports.documents.formatting import long_date
from reports.plan.suggestions import next_workday
from tests.support.agency import Team, new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.mail_server import app_with_smtp, post_office, unused_port
from tests.support.people import sent_emails

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 3, 2)
DUE = TODAY + 30 * DAY  # of an action of little effort
RETAKE = next_workday(TODAY + 180 * DAY)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def team(app: Flask) -> Team:
    return new_team(app)


@pytest.fixture
def plan(team: Team) -> Assessment:
    """A plan of one action of an agency, whose editor wants reminders."""
    plan = team.begin()
    plan.save("harm-01", {"harm-02": "not_yet", "harm-02-note": "Phones are taken at the door"})
    plan.finish()
    subscribe(team.editor)
    return plan


def subscribe(client: Client, wanted: str = "yes") -> None:
    assert client.post("/account/reminders", {"reminders": wanted}) == "/account/#reminders"


def reminded(app: Flask, day: datetime.date) -> list[EmailMessage]:
    """Return the emails of a day's turn, at noon in the site's time zone."""
    before = len(sent_emails(app))
    with app.app_context():
        noon = clock.start_of_day(day) + DAY / 2
        with time_machine.travel(noon.replace(tzinfo=datetime.UTC), tick=False):
            remind_in_turn()
    return sent_emails(app)[before:]


def history_address(app: Flask, plan: Assessment) -> str:
    with app.app_context():
        found = find_assessment(plan.public_id)
        assert found
        return f"/progress/{found.history.public_id}/"


def in_words(day: datetime.date) -> str:
    return long_date(day, "en-US")


def link_to_stop(letter: EmailMessage) -> str:
    return urlsplit(letter["List-Unsubscribe"].strip("<>")).path


def test_whoever_wants_it_hears_a_week_before_and_once(team: Team, plan: Assessment) -> None:
    assert reminded(team.app, DUE - 8 * DAY) == []
    (letter,) = reminded(team.app, DUE - 7 * DAY)
    assert (letter["To"], letter["Subject"]) == ("editor@example.org", "Reminder: your action plan")
    text = letter.get_content()
    title = team.editor.questionnaire.questions["harm-02"].short
    assert f"- {in_words(DUE)} (suggested date): {title}\n" in text
    assert f"{plan.at('plan')}\n" in text
    assert f"“Harbor House,” made on {in_words(TODAY)}" in text
    assert "take the self-check again" not in text
    for days in (6, 1, 0, -1):
        assert reminded(team.app, DUE - days * DAY) == []


def test_an_email_holds_nothing_that_people_typed_about_their_work(team: Team, plan: Assessment) -> None:
    plan.client.post(plan.at("plan/actions"), {"title": "Call Maria", "section": "harm"})
    plan.client.post(plan.at("plan/actions/own-1"), {"due": DUE.isoformat(), "owner": "Rosa"})
    (letter,) = reminded(team.app, DUE)
    text = letter.get_content()
    assert f"- {in_words(DUE)}: an action that your team added\n" in text
    assert not [word for word in ("Maria", "Rosa", "Phones", "Not yet") if word in text]


def test_a_date_that_moves_is_announced_again(team: Team, plan: Assessment) -> None:
    assert len(reminded(team.app, DUE - DAY)) == 1
    later = DUE + 10 * DAY
    plan.client.post(plan.at("plan/actions/harm-02"), {"due": later.isoformat()})
    assert reminded(team.app, DUE) == []
    (letter,) = reminded(team.app, later - 7 * DAY)
    assert f"- {in_words(later)}: " in letter.get_content()


def test_what_comes_along_into_the_next_plan_is_not_announced_again(team: Team, plan: Assessment) -> None:
    plan.client.post(plan.at("plan/actions/harm-02"), {"due": DUE.isoformat()})
    assert len(reminded(team.app, DUE - 7 * DAY)) == 1
    again = plan.client.post(plan.at("retake"), {"start": "old", "bring": "harm-02", "offered": "harm-02"})
    later = Assessment(plan.client, "/".join(again.split("/")[:3]))
    later.finish()
    assert "Due" in later.client.get(later.at("plan")).text
    assert reminded(team.app, DUE - 6 * DAY) == []


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_closed_is_not_announced(team: Team, plan: Assessment, status: str) -> None:
    plan.client.post(plan.at("plan/actions/harm-02"), {"status": status, "dropped_reason": "No."})
    assert reminded(team.app, DUE) == []


def test_the_retake_is_announced_unless_it_is_begun(team: Team, plan: Assessment) -> None:
    assert reminded(team.app, RETAKE - DAY) == []
    (letter,) = reminded(team.app, RETAKE + DAY)
    assert "It is time to take the self-check again" in letter.get_content()
    subscribe(team.owner)
    assert [letter["To"] for letter in reminded(team.app, RETAKE + 3 * DAY)] == ["owner@example.org"]
    subscribe(team.viewer)
    plan.client.post(plan.at("retake"), {"start": "blank"})
    assert reminded(team.app, RETAKE + 5 * DAY) == []


def test_nobody_else_is_reminded(team: Team, plan: Assessment) -> None:
    subscribe(team.editor, "")
    subscribe(team.stranger)
    subscribe(team.viewer)
    team.owner.post(team.member("viewer", "/remove"))
    assert reminded(team.app, DUE) == []


def test_one_click_in_the_mail_program_ends_them_without_signing_in(team: Team, plan: Assessment) -> None:
    (letter,) = reminded(team.app, DUE)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = link_to_stop(letter)
    assert address in letter.get_content()
    outside = team.app.test_client()
    response = outside.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (response.status_code, "no more reminders" in response.text) == (200, True)
    assert reminded(team.app, RETAKE) == []
    assert "checked" not in team.editor.get("/account/").source.partition("Reminders by email")[2][:900]


def test_a_mail_program_reads_the_address_for_one_click_as_it_is(team: Team, plan: Assessment) -> None:
    (letter,) = reminded(team.app, DUE)
    (file,) = team.app.config["MAIL_FOLDER"].glob("*.eml")
    assert f"\nList-Unsubscribe: {letter['List-Unsubscribe']}\n" in file.read_text()


def test_the_link_in_the_email_shows_a_button_first(team: Team, plan: Assessment, other: Client) -> None:
    (letter,) = reminded(team.app, DUE)
    address = link_to_stop(letter)
    assert other.get(address).h1 == "Reminders by email"
    assert len(reminded(team.app, RETAKE)) == 1, "a scanner that follows links ends nothing"
    assert other.send(address).status_code == 200
    other.get(f"{address}x", 404)


def test_a_link_of_a_deleted_account_does_nothing_to_a_later_one(team: Team, plan: Assessment) -> None:
    (letter,) = reminded(team.app, DUE)
    team.editor.post("/account/delete?of=")
    assert team.app.test_client().post(link_to_stop(letter)).status_code == 200


def test_the_command_sends_them_too_and_each_only_once(team: Team, plan: Assessment) -> None:
    with time_machine.travel(clock.now() + 30 * DAY):
        outputs = [team.app.test_cli_runner().invoke(args=["reminders"]).output for _ in range(2)]
    assert outputs == ["Reminders: 1\n", "Reminders: 0\n"]
    assert len(sent_emails(team.app)) == 1


def test_a_plan_that_cannot_be_read_keeps_no_other_from_its_emails(
    team: Team, plan: Assessment, caplog: pytest.LogCaptureFixture
) -> None:
    other = team.begin()
    other.save("harm-01", {"harm-02": "not_yet"})
    other.finish()
    with team.app.app_context():
        db.session.execute(text("UPDATE answer SET content = :bad WHERE assessment_id = 1"), {"bad": b"\0"})
        db.session.commit()
    assert len(reminded(team.app, DUE)) == 1
    assert "no reminders of a plan" in caplog.text


def test_two_processes_at_once_send_one(make_app: MakeApp) -> None:
    app = app_with_smtp(make_app, unused_port())
    team = new_team(app)
    plan = team.begin()
    plan.save("harm-01", {"harm-02": "not_yet"})
    plan.finish()
    subscribe(team.editor)
    both = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            both.wait()
            remind(clock.now() + 30 * DAY)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert len(db.session.execute(select(OutgoingEmailRow.id)).all()) == 1
        assert len(db.session.execute(select(ReminderRow.digest)).all()) == 1


def test_a_draft_that_was_given_up_does_not_silence_the_next_plan(team: Team, plan: Assessment) -> None:
    plan.client.post(plan.at("retake"), {"start": "blank"})
    address = plan.client.post(plan.at("retake"), {"start": "old"})
    later = Assessment(plan.client, "/".join(address.split("/")[:3]))
    later.finish()
    (letter,) = reminded(team.app, RETAKE + DAY)
    assert later.at("plan") in letter.get_content()


def test_an_agency_that_cannot_be_read_keeps_no_other_from_its_emails(
    team: Team, plan: Assessment, caplog: pytest.LogCaptureFixture
) -> None:
    address = team.stranger.post("/assessments/?where=OtherOtherOtherO")
    other = Assessment(team.stranger, "/".join(address.split("/")[:3]))
    other.save("harm-01", {"harm-02": "not_yet"})
    other.finish()
    subscribe(team.stranger)
    with team.app.app_context():
        db.session.execute(text("UPDATE assessment SET under_way = :bad WHERE id = 1"), {"bad": b"\0"})
        db.session.commit()
    assert [letter["To"] for letter in reminded(team.app, DUE)] == ["stranger@example.org"]
    assert "no reminders of a plan" in caplog.text


@pytest.mark.parametrize("ends", ["by the link", "on the account page", "by leaving the agency"])
def test_an_email_that_waits_is_not_sent_to_whoever_has_stopped_them(make_app: MakeApp, ends: str) -> None:
    app = app_with_smtp(make_app, port := unused_port())
    team = new_team(app)
    plan = team.begin()
    plan.save("harm-01", {"harm-02": "not_yet"})
    plan.finish()
    for person in (team.editor, team.viewer):
        subscribe(person)
    with time_machine.travel(clock.now() + 30 * DAY):
        assert app.test_cli_runner().invoke(args=["reminders"]).output == "Reminders: 2\n"
    if ends == "on the account page":
        subscribe(team.editor, "")
    elif ends == "by leaving the agency":
        team.editor.post(f"{team.address}leave")
    else:
        with app.test_request_context():
            address = stop_link(next(one for one in subscribers() if one.email == "editor@example.org"))
        assert app.test_client().post(urlsplit(address).path).status_code == 200
    with post_office(port) as office, time_machine.travel(clock.now() + 31 * DAY):
        send_due_in(app)
        send_due_in(app)
    assert [letter["To"] for letter in office.taken] == ["viewer@example.org"]
    with app.app_context():
        assert db.session.execute(select(OutgoingEmailRow.id)).all() == []


def test_an_email_that_waits_goes_with_the_plan_that_it_is_about(make_app: MakeApp) -> None:
    app = app_with_smtp(make_app, port := unused_port())
    team = new_team(app)
    plan = team.begin()
    plan.save("harm-01", {"harm-02": "not_yet"})
    plan.finish()
    subscribe(team.viewer)
    with time_machine.travel(clock.now() + 30 * DAY):
        assert app.test_cli_runner().invoke(args=["reminders"]).output == "Reminders: 1\n"
    team.owner.post(f"{plan.at('delete')}?of=finished")
    with app.app_context():
        assert db.session.execute(select(OutgoingEmailRow.id)).all() == []
    with post_office(port) as office, time_machine.travel(clock.now() + 31 * DAY):
        send_due_in(app)
    assert office.taken == []


@pytest.mark.parametrize("deleted", ["the self-check", "all that belongs to it"])
def test_the_file_of_an_email_goes_with_its_plan(team: Team, plan: Assessment, deleted: str) -> None:
    assert len(reminded(team.app, DUE)) == 1
    history = history_address(team.app, plan)
    address = f"{plan.at('delete')}?of=finished" if deleted == "the self-check" else f"{history}delete?of=1-1"
    team.owner.post(address)
    assert "Reminder: your action plan" not in [letter["Subject"] for letter in sent_emails(team.app)]


def test_what_was_sent_is_forgotten_after_90_days(team: Team, plan: Assessment) -> None:
    assert len(reminded(team.app, DUE)) == 1
    for days, left in ((89, 1), (92, 0)):
        with time_machine.travel(clock.now() + 30 * DAY + days * DAY), team.app.app_context():
            purge(clock.now())
            assert len(db.session.execute(select(ReminderRow.digest)).all()) == left
