"""Private addresses at which calendars read the dates of the newest plan."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import urlsplit

from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database.account_tables import CalendarFeedRow
from app.database.assessments import find_assessment
from app.extensions import db
from tests.support.agency import new_team
from tests.support.client import Assessment, Client


def subscribed(plan: Assessment) -> str:
    """Create an address for calendars; return it."""
    assert plan.client.post(plan.at("calendar")).partition("#")[0] == plan.at("links")
    page = plan.client.get(plan.at("links"))
    address = urlsplit("".join(page.by_class("return-code__link")[0].itertext()).strip()).path
    assert address not in plan.client.get(plan.at("links")).source, "it is shown once"
    return address


def read(client: Client, address: str, etag: str = "") -> TestResponse:
    """Return what a calendar gets that has the version with this ETag."""
    return client.raw.get(address, headers={"If-None-Match": etag} if etag else {})


def titles(client: Client, address: str) -> list[str]:
    response = read(client, address)
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(response.text).walk("VEVENT")]


def withdraw(plan: Assessment) -> None:
    page = plan.client.get(plan.at("links"))
    (action,) = (
        form.get("action", "") for form in page.all("form") if "/calendar/" in form.get("action", "")
    )
    plan.client.post(action)
    plan.client.post(action)


def test_a_calendar_reads_titles_and_dates_without_an_account(plan: Assessment, other: Client) -> None:
    address = subscribed(plan)
    assert len(titles(other, address)) == 5
    text = read(other, address).text
    for private in ("harbor", plan.public_id, "DESCRIPTION:First"):
        assert private.lower() not in text.lower().replace("\r\n ", "")


def test_it_asks_again_and_hears_that_nothing_changed_until_something_does(
    plan: Assessment, other: Client
) -> None:
    address = subscribed(plan)
    first = read(other, address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    same = read(other, address, first.headers["ETag"])
    assert (same.status_code, same.data) == (304, b"")
    plan.client.post(plan.at("plan/actions/why-01"), {"status": "done"})
    assert read(other, address, first.headers["ETag"]).status_code == 200
    assert len(titles(other, address)) == 3


def test_it_follows_to_the_newest_plan(plan: Assessment, other: Client) -> None:
    address = subscribed(plan)
    again = plan.client.post(plan.at("retake"), {"start": "blank"})
    later = Assessment(plan.client, "/".join(again.split("/")[:3]))
    assert len(titles(other, address)) == 5, "a draft has no dates"
    later.finish()
    assert len(titles(other, address)) == 1
    assert "calendar address number 1" in later.client.get(later.at("links")).text


def test_withdrawn_deleted_and_unknown_addresses_look_the_same(plan: Assessment, other: Client) -> None:
    withdrawn = subscribed(plan)
    withdraw(plan)
    deleted = subscribed(plan)
    plan.client.post(plan.at("delete?of=finished"))
    pages = [other.get(address, 404).source for address in (withdrawn, deleted, "/calendar/AAAA.ics")]
    assert len(set(pages)) == 1
    assert "This link does not work" in pages[0]


def test_only_its_hash_is_stored(plan: Assessment, app: Flask) -> None:
    token = subscribed(plan).rpartition("/")[2].removesuffix(".ics")
    with app.app_context():
        (stored,) = db.session.scalars(select(CalendarFeedRow.token_hash))
    assert len(token) == 43
    assert token not in stored


def test_it_ends_with_the_membership_of_whoever_created_it(app: Flask) -> None:
    team = new_team(app)
    plan = team.begin()
    plan.finish()
    address = subscribed(plan)
    theirs = team.seen_by(team.owner, plan)
    page = team.owner.get(theirs.at("links"))
    assert "Made by Editor" in page.text
    assert page.link("Turn on reminders") == "/account/#reminders"
    assert "One link to read a plan stops working" in team.owner.get(team.member("editor")).text
    team.owner.post(team.member("editor", "/remove"))
    team.stranger.get(address, 404)


def test_an_archive_says_that_an_address_exists_and_not_which(plan: Assessment) -> None:
    token = subscribed(plan).rpartition("/")[2].removesuffix(".ics")
    with plan.client.app.app_context():
        history = find_assessment(plan.public_id).history.public_id
    response = plan.client.send(f"/progress/{history}/archive")
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    assert b'"made_at"' in texts["calendar-addresses.json"]
    assert not [name for name, text in texts.items() if token.encode() in text]
