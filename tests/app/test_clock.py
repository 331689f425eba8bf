"""Days of the site's time zone: the day it is there, and what lasts until a day lasts to its end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from app import clock
from app.database.account_tables import PlanLinkRow
from app.extensions import db
from app.operations.purge import purge
from tests.support.addresses import get_every
from tests.support.agency import Team, new_team
from tests.support.application import MakeApp
from tests.support.client import Assessment, Client, two_finished
from tests.support.people import link_in, sent_emails

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
EVENING = datetime.datetime(2026, 11, 28, 19, tzinfo=LOS_ANGELES)  # it is November 29 in UTC
TODAY, TOMORROW = "November 28, 2026", ("November 29, 2026", "2026-11-29")
# Midnight is skipped in Beirut, and comes twice in the Azores; Havana and Lord Howe turn at other hours.
ZONES = [
    *("UTC", "America/New_York", "America/Los_Angeles", "America/Havana", "America/Asuncion"),
    *("Asia/Beirut", "Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kolkata"),
]


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Let the clock be that of a site in this time zone."""
    app = Flask(__name__)
    app.config["TIME_ZONE"] = ZoneInfo(name)
    with app.app_context():
        yield


@given(st.sampled_from(ZONES), st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31)))
def test_a_day_ends_where_the_next_one_begins(zone: str, day: datetime.date) -> None:
    with in_zone(zone):
        start, end = clock.start_of_day(day), clock.end_of_day(day)
        assert end + datetime.timedelta.resolution == clock.start_of_day(day + datetime.timedelta(days=1))
        assert clock.local_day(start) == clock.local_day(end) == day
        assert clock.local_day(start - datetime.timedelta.resolution) == day - datetime.timedelta(days=1)


@given(st.sampled_from(ZONES), st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2035, 12, 31)))  # noqa: DTZ001
def test_a_moment_lies_in_its_day(zone: str, moment: datetime.datetime) -> None:
    with in_zone(zone):
        day = clock.local_day(moment)
        assert clock.start_of_day(day) <= moment <= clock.end_of_day(day)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25), ("2026-11-02", 24)]
)
def test_a_day_is_as_long_as_the_clocks_there_make_it(day: str, hours: int) -> None:
    with in_zone("America/New_York"):
        date = datetime.date.fromisoformat(day)
        length = clock.end_of_day(date) - clock.start_of_day(date) + datetime.timedelta.resolution
    assert length == datetime.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-29 03:05", "November 28, 2026, 7:05 PM PST"),
        ("2026-07-01 06:59", "June 30, 2026, 11:59 PM PDT"),
    ],
)
def test_a_moment_is_said_in_local_time_with_the_name_of_the_zone(
    make_app: MakeApp, moment: str, words: str
) -> None:
    with make_app(tz=str(LOS_ANGELES)).app_context():
        said = clock.date_and_time(datetime.datetime.fromisoformat(moment))
    assert said.replace("\u202f", " ") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "a few seconds"),
        (11, "about 1 minute"),
        (60, "about 1 minute"),
        (61, "about 2 minutes"),
        (3600, "about 60 minutes"),
        (3601, "about 2 hours"),
    ],
)
def test_how_long_to_wait_is_said_in_words_and_is_never_too_short(
    app: Flask, seconds: int, words: str
) -> None:
    with app.app_context():
        assert clock.waiting_time(seconds) == words


def test_the_default_time_zone_is_that_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "localtime"
    monkeypatch.setattr(clock, "_MACHINE_ZONE", link)
    assert clock.find_zone("") is datetime.UTC
    link.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert str(clock.find_zone("")) == "America/New_York"


# The whole site at 7 pm in Los Angeles, when it is the next day in UTC.


@pytest.fixture
def evening() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(make_app: MakeApp, evening: object) -> Team:
    return new_team(make_app(tz=str(LOS_ANGELES)))


def link_to(plan: Assessment) -> str:
    """Make a link to a plan that works for 7 days; return its address."""
    plan.client.post(plan.at("links"), {"days": "7"})
    page = plan.client.get(plan.at("links"))
    assert "Works until December 5, 2026" in page.text
    return urlsplit("".join(page.by_class("return-code__link")[0].itertext()).strip()).path


def invitation_of(team: Team) -> str:
    """Invite somebody; return the address of the link in the e-mail."""
    team.owner.post(f"{team.address}invitations", {"email": "new@example.org", "role": "editor"})
    letter = sent_emails(team.app)[-1]
    assert "December 5, 2026" in letter.get_content()
    return link_in(letter, "/agencies/join/")


@pytest.mark.audit
def test_no_page_or_file_name_shows_tomorrow(team: Team) -> None:
    assessment, draft = team.begin(), team.begin()
    draft.answer(why_01="not_yet")
    ids = two_finished(assessment)
    team.editor.post(f"/assessments/{ids['later']}/retake", {"start": "old"})
    team.owner.post("/assessments/?where=device&device=own")
    links = {"shared": link_to(assessment), "agencies": invitation_of(team)}
    tokens = {folder: link.split("/")[-1] for folder, link in links.items()}
    public_ids = (assessment.public_id, draft.public_id, ids["public_id"], team.public_id)
    pages = 0
    for response in get_every(team.owner, public_ids, ids, tokens, files=True):
        shown = str(response.headers) + (response.text if response.mimetype == "text/html" else "")
        assert [day for day in TOMORROW if day in shown] == [], response.request.path
        pages += response.status_code == 200
    assert pages > 50


def test_changes_are_dated_by_the_local_day(team: Team) -> None:
    draft = team.begin()
    draft.answer(why_01="not_yet")
    assert f"Changed by Editor, {TODAY}" in team.owner.get(draft.at("check")).text


def test_commands_say_local_days(team: Team) -> None:
    for command in (["account", "show"], ["agency", "show"]):
        said = team.app.test_cli_runner().invoke(args=[*command, "1"]).output
        assert "2026-11-28" in said
        assert "2026-11-29" not in said


def test_a_link_works_to_the_end_of_the_day_it_names(team: Team, evening: time_machine.Coordinates) -> None:
    plan = team.begin()
    plan.finish()
    link, invitation = link_to(plan), invitation_of(team)
    for day, hour, minute, status in ((5, 23, 59, 200), (6, 0, 0, 404)):
        evening.move_to(datetime.datetime(2026, 12, day, hour, minute, tzinfo=LOS_ANGELES))
        with team.app.app_context():
            purge(clock.now())
        Client(team.app).get(link, status)
        Client(team.app).get(invitation, status)


def test_a_link_of_an_earlier_version_works_to_the_end_of_its_day_too(
    team: Team, evening: time_machine.Coordinates
) -> None:
    plan = team.begin()
    plan.finish()
    link = link_to(plan)
    with team.app.app_context():
        db.session.execute(update(PlanLinkRow).values(expires_at=clock.now() + datetime.timedelta(days=7)))
        db.session.commit()
    assert "Works until December 5, 2026" in plan.client.get(plan.at("links")).text
    evening.move_to(datetime.datetime(2026, 12, 5, 23, 59, tzinfo=LOS_ANGELES))
    Client(team.app).get(link)


def test_retention_until_a_day_lasts_to_its_end(make_app: MakeApp, evening: time_machine.Coordinates) -> None:
    app = make_app(tz=str(LOS_ANGELES), draft_days=7)
    draft = Assessment.begin(Client(app))
    assert "December 5, 2026" in draft.client.follow(draft.client.post(draft.at("pause"))).text
    for day, hour, minute, deleted in ((5, 23, 59, 0), (6, 0, 0, 1)):
        evening.move_to(datetime.datetime(2026, 12, day, hour, minute, tzinfo=LOS_ANGELES))
        with app.app_context():
            assert purge(clock.now())["drafts"] == deleted
