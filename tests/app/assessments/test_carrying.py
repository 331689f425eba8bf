"""The open actions of the last plan come along into the next one."""

import json
from typing import Any

import pytest
from flask import Flask

from app.database.assessments import find_assessment
from tests.support.client import Assessment, Client

WORK = {"status": "under_way", "owner": "Intake lead", "due": "2026-01-05", "notes": "Half the rooms"}


@pytest.fixture
def first(assessment: Assessment) -> Assessment:
    """A finished assessment with work on three actions."""
    assessment.answer(why_01="not_yet", why_02="not_yet", why_03="started")
    assessment.finish()
    for action, fields in (
        ("why-01", WORK),
        ("why-02", {"status": "done"}),
        ("why-03", {"owner": "Director"}),
    ):
        assessment.client.post(assessment.at(f"plan/actions/{action}"), fields)
    assessment.client.post(assessment.at("plan/actions"), {"title": "Ask our partners", "section": "why"})
    return assessment


def again(assessment: Assessment, **data: str | list[str]) -> Assessment:
    """Begin a retake."""
    address = assessment.client.post(assessment.at("retake"), {"start": "old", **data})
    return Assessment(assessment.client, "/".join(address.split("/")[:3]))


def team_of(assessment: Assessment) -> dict[str, Any]:
    """Return the actions with the team's work, by id."""
    data = json.loads(assessment.client.file(assessment.at("plan.json")).text)
    return {item["id"]: item for item in data["team"]}


def test_a_retake_offers_what_is_open_ticked_with_what_is_known_of_it(first: Assessment) -> None:
    page = first.client.get(first.at("retake"))
    boxes = {box.get("value"): box for box in page.all("input[@name='bring']")}
    assert boxes.keys() == {"why-01", "why-03", "own-4"}
    assert all("checked" in box.attrib for box in boxes.values())
    assert "Under way · Intake lead · was due January 5, 2026" in page.text


def test_nothing_is_offered_where_nothing_is_open(client: Client) -> None:
    assessment = Assessment.begin(client)
    assessment.answer(why_01="not_yet")
    assessment.finish()
    assert "bring" not in client.get(assessment.at("retake")).names


def test_the_ticks_survive_a_page_that_came_back_with_an_error(first: Assessment) -> None:
    sent = {"start": "", "offered": ["why-01", "why-03"], "bring": ["why-03"]}
    page = first.client.refused(first.at("retake"), sent)
    ticked = [b.get("value") for b in page.all("input[@name='bring']") if "checked" in b.attrib]
    assert ticked == ["why-03", "own-4"]


def test_the_open_work_is_in_the_new_plan_and_no_later_edit_of_the_old_one_changes_it(
    first: Assessment,
) -> None:
    second = again(first)
    first.client.post(first.at("plan/actions/why-01"), {"notes": "All rooms done"})
    assert "3 open actions from your plan of" in first.client.get(second.at("finish")).text
    second.finish()
    first.client.post(first.at("plan/actions/why-01"), {"status": "done"})
    team, day = team_of(second), first.stored()["date"]
    assert {id_: team["why-01"][id_] for id_ in WORK} == WORK | {"notes": "All rooms done"}
    assert (team["why-01"]["came_from"], team["why-01"]["position"]) == (day, 1)
    assert (team["why-03"]["owner"], team["why-03"]["came_from"]) == ("Director", day)
    assert (team["own-4"]["title"], team["own-4"]["in_plan"]) == ("Ask our partners", True)
    assert (team["why-02"]["status"], team["why-02"]["came_from"]) == ("not_started", None)


def test_what_is_not_ticked_stays_behind_and_counts_as_under_way_no_more(
    first: Assessment, app: Flask
) -> None:
    second = again(first, offered=["why-01", "why-03", "own-4"], bring=["why-03"])
    first.client.post(first.at("plan/actions/why-02"), {"status": "under_way"})
    second.finish()
    came = {id_ for id_, item in team_of(second).items() if item["came_from"]}
    assert came == {"why-03", "why-02"}  # what nobody was asked about comes along
    with app.app_context():
        assert find_assessment(second.public_id).under_way == ("why-02",)


def test_going_deeper_after_the_essentials_brings_the_work_along(first: Assessment) -> None:
    address = first.client.post(first.at("whole"))
    deeper = Assessment(first.client, "/".join(address.split("/")[:3]))
    deeper.finish()
    assert team_of(deeper)["why-01"]["owner"] == "Intake lead"


def test_the_old_plan_can_be_deleted_and_the_work_stays(first: Assessment) -> None:
    second = again(first)
    second.finish()
    day = first.stored()["date"]
    first.client.post(first.at("delete?of=finished"))
    assert team_of(second)["why-01"]["came_from"] == day
