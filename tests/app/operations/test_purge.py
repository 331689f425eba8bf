"""The purge of the day: the end of agencies and accounts, an email before it, and when nothing is deleted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database.account_tables import AgencyRow, SecurityEventRow, User
from app.database.tables import AssessmentRow
from app.extensions import db
from app.operations.purge import purge_in_turn
from tests.support.agency import Team, new_team, signed_in
from tests.support.client import Assessment, Client
from tests.support.people import sent_emails

Run = Callable[..., SimpleNamespace]
YEARS = 3 * 365


@contextmanager
def after(days: int) -> Iterator[None]:
    """Let so many days pass."""
    start = clock.now()
    with time_machine.travel(start + datetime.timedelta(days=days)):
        yield


def purge_daily(app: Flask, *days: int) -> None:
    """Do the work of these days, counted from now, so that no pause is too long."""
    start = clock.now()
    for day in days:
        with time_machine.travel(start + datetime.timedelta(days=day)), app.app_context():
            purge_in_turn()


def every_20_days(until: int) -> range:
    return range(0, until, 20)


def stored(app: Flask, column: object) -> list[object]:
    with app.app_context():
        return list(db.session.execute(select(column)).scalars())


@pytest.fixture
def team(app: Flask) -> Team:
    team = new_team(app)
    team.begin().finish("Harbor House")
    return team


def test_an_unused_agency_ends_a_month_after_its_owners_were_informed(team: Team) -> None:
    purge_daily(team.app, *every_20_days(YEARS - 32))
    assert sent_emails(team.app) == []
    purge_daily(team.app, YEARS - 28)
    emails = sorted((letter["To"], letter["Subject"]) for letter in sent_emails(team.app))
    agency, account = "Your agency will be deleted", "Your account will be deleted"
    assert emails == [
        ("editor@example.org", account),
        ("owner@example.org", agency),
        ("stranger@example.org", agency),
        ("viewer@example.org", account),
    ]
    purge_daily(team.app, YEARS - 10, YEARS + 1)
    assert len(sent_emails(team.app)) == 4, "once"
    assert len(stored(team.app, AgencyRow.id)) == 2, "not before the month is over"
    purge_daily(team.app, YEARS + 5)
    assert stored(team.app, AgencyRow.id) == []
    assert stored(team.app, AssessmentRow.id) == []
    kinds = stored(team.app, SecurityEventRow.kind)
    assert (kinds.count("agency_expired"), kinds.count("account_expired")) == (2, 2)
    assert len(stored(team.app, User.id)) == 2, "the owners' accounts lived as long as the agencies"


def test_a_sign_in_after_the_email_keeps_the_agency(team: Team) -> None:
    purge_daily(team.app, *every_20_days(YEARS))
    assert len(sent_emails(team.app)) == 4
    with after(YEARS - 5):
        signed_in(team.app, "viewer@example.org")
    purge_daily(team.app, YEARS + 8, YEARS + 30)
    assert stored(team.app, AgencyRow.name) == ["Harbor House"]
    assert "viewer@example.org" in stored(team.app, User.email)


def test_a_sign_in_counts_as_use(team: Team) -> None:
    with after(YEARS - 71):
        signed_in(team.app, "editor@example.org")
    purge_daily(team.app, *every_20_days(YEARS + 10))
    assert "Harbor House" in stored(team.app, AgencyRow.name)


def test_the_pages_name_the_period(team: Team) -> None:
    assert "for 3 years, we delete the agency" in team.owner.get(team.address).text
    assert "do not sign in for 3 years" in team.owner.get("/account/").text
    assert "3 years after a member last signed in" in team.owner.get("/privacy").text


# When nothing is deleted ---------------------------------------------------------------------------------


def test_a_clock_ahead_deletes_nothing_and_says_so(
    app: Flask, assessment: Assessment, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    assessment.finish()
    purge_daily(app, 0)
    with after(4 * 365):
        purge_daily(app, 0)
        reason = "the clock is 1460 days after the last purge"
        assert app.test_client().get("/readyz").json["purge"] == f"stopped: {reason}"
        assert reason in caplog.text
        held = run("purge")
        assert (held.code, reason in held.err) == (1, True)
        assert run("purge", "--dry-run").code == 1
    assert len(stored(app, AssessmentRow.id)) == 1
    purge_daily(app, 1)
    assert app.test_client().get("/readyz").json["purge"] == "ok", "the clock is right again"
    with after(4 * 365):
        assert run("purge", "--yes").code == 0
        assert app.test_client().get("/readyz").json["purge"] == "ok"
    assert stored(app, AssessmentRow.id) == []


def test_more_than_a_tenth_and_more_than_20_stop_it(app: Flask, client: Client) -> None:
    for _ in range(21):
        Assessment.begin(client)
    with after(80):
        Assessment.begin(Client(app))
    purge_daily(app, *every_20_days(120))
    assert len(stored(app, AssessmentRow.id)) == 22
    ready = app.test_client().get("/readyz")
    assert (ready.status_code, ready.json["purge"]) == (200, "stopped: it would delete 21 of 22: drafts")


def test_20_go_without_asking(app: Flask, client: Client) -> None:
    for _ in range(20):
        Assessment.begin(client)
    purge_daily(app, *every_20_days(120))
    assert stored(app, AssessmentRow.id) == []


def test_a_turn_that_was_taken_while_the_clock_was_ahead_does_not_stop_the_next(app: Flask) -> None:
    with after(4 * 365):
        purge_daily(app, 0)
    Assessment.begin(Client(app))
    purge_daily(app, *every_20_days(120))
    assert stored(app, AssessmentRow.id) == []
