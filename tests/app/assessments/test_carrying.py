"""The open actions of the last plan come along into the next one."""

import json
from typing import Any

import pytest
from flask import Flask

from app.database.assessments import find_assessment
from tests.support.client import Client, Sitting

WORK = {"status": "under_way", "owner": "Intake lead", "due": "2026-01-05", "notes": "Half the rooms"}


@pytest.fixture
def first(sitting: Sitting) -> Sitting:
    """A finished assessment with work on three actions."""
    sitting.answer(why_01="not_yet", why_02="not_yet", why_03="started")
    sitting.finish()
    for action, fields in (
        ("why-01", WORK),
        ("why-02", {"status": "done"}),
        ("why-03", {"owner": "Director"}),
    ):
        sitting.client.post(sitting.at(f"plan/actions/{action}"), fields)
    sitting.client.post(sitting.at("plan/actions"), {"title": "Ask our partners", "section": "why"})
    return sitting


def again(sitting: Sitting, **data: str | list[str]) -> Sitting:
    """Begin a retake."""
    address = sitting.client.post(sitting.at("retake"), {"start": "old", **data})
    return Sitting(sitting.client, "/".join(address.split("/")[:3]))


def actions_of(sitting: Sitting) -> dict[str, Any]:
    data = json.loads(sitting.client.file(sitting.at("plan.json")).text)
    return {item["title"]: item for item in data["work"]}


def work_of(sitting: Sitting) -> dict[str, dict[str, str]]:
    """Return the leads and statuses by title, as the spreadsheet's source holds them."""
    return {title: item["status"] for title, item in actions_of(sitting).items()}


def test_a_retake_offers_what_is_open_ticked_with_what_is_known_of_it(first: Sitting) -> None:
    page = first.client.get(first.at("retake"))
    boxes = {box.get("value"): box for box in page.all("input[@name='bring']")}
    assert boxes.keys() == {"why-01", "why-03", "own-4"}
    assert all("checked" in box.attrib for box in boxes.values())
    assert "Under way · Intake lead · was due January 5, 2026" in page.text


def test_nothing_is_offered_where_nothing_is_open(client: Client) -> None:
    sitting = Sitting.begin(client)
    sitting.answer(why_01="not_yet")
    sitting.finish()
    assert "bring" not in client.get(sitting.at("retake")).names


def test_the_ticks_survive_a_page_that_came_back_with_an_error(first: Sitting) -> None:
    sent = {"start": "", "offered": ["why-01", "why-03"], "bring": ["why-03"]}
    page = first.client.refused(first.at("retake"), sent)
    ticked = [b.get("value") for b in page.all("input[@name='bring']") if "checked" in b.attrib]
    assert ticked == ["why-03", "own-4"]
