"""The essentials, and continuing to the whole self-check before and after the plan."""

from __future__ import annotations

import pytest

from questions.loading.loader import CONTENT_FOLDER
from tests.support.application import MakeApp
from tests.support.client import Client, Sitting

ESSENTIALS = {"pf_depth": "essentials"}


@pytest.fixture
def sitting(make_app: MakeApp) -> Sitting:
    """A self-check of the shipped questions, for which the essentials were chosen."""
    begun = Sitting.begin(Client(make_app(content=CONTENT_FOLDER)))
    begun.answer(**ESSENTIALS, start_01="not_yet", harm_02="started")
    return begun


def test_continuing_before_the_plan_keeps_every_answer(sitting: Sitting) -> None:
    before = sitting.stored()["answers"]
    assert "Continue to the whole self-check" in sitting.client.get(sitting.at("check")).text
    sitting.client.post(sitting.at("whole"))
    assert sitting.stored()["answers"] == before | {"pf-depth": "whole"}
    assert "Continue to the whole self-check" not in sitting.client.get(sitting.at("check")).text


def test_going_deeper_after_the_plan_begins_a_draft_of_the_same_history(sitting: Sitting) -> None:
    plan = sitting.finish()
    assert "Go deeper: answer the rest" in plan.text
    address = sitting.client.redirect(sitting.client.post(sitting.at("whole")))
    deeper = Sitting(sitting.client, "/".join(address.split("/")[:3]))
    assert deeper.address != sitting.address
    assert deeper.stored()["answers"]["start-01"] == "not_yet"
    assert "Still from last time" not in deeper.client.get(deeper.at("check")).text
    deeper.finish()
    data = deeper.client.file(deeper.at("plan.json")).json
    assert data["basis"]["asked"] > 12
    compared = data["comparison"]
    assert any("first look" in caution for caution in compared["cautions"])
    assert not any("fewer than 3 months" in caution for caution in compared["cautions"])


def test_a_tick_for_evidence_is_stored_and_goes_into_the_file(sitting: Sitting) -> None:
    sitting.save("start-01", {"start-01": "started", "start-01-points_to": "yes"})
    assert sitting.stored()["points_to"] == ["start-01"]
    sitting.save("start-01", {"start-01-points_to": ""})
    assert "points_to" not in sitting.stored()
