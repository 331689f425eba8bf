"""The essentials, and continuing to the whole self-check before and after the plan."""

from __future__ import annotations

import pytest

from tests.support.application import MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import text_of
from tests.support.sample import NEWER_FOLDER


@pytest.fixture
def assessment(make_app: MakeApp) -> Assessment:
    """A self-check for which the essentials were chosen."""
    begun = Assessment.begin(Client(make_app(content=NEWER_FOLDER)))
    depth = begun.client.questionnaire.rules.depth
    begun.save(depth.question, {depth.question: depth.essentials})
    begun.save(practice_of(begun), {practice_of(begun): "not_yet"})
    return begun


def practice_of(assessment: Assessment) -> str:
    """Return the id of a practice that everyone is asked."""
    practices = assessment.client.questionnaire.practice.values()
    return next(practice.id for practice in practices if practice.essential and not practice.show_when)


def test_continuing_before_the_plan_keeps_every_answer(assessment: Assessment) -> None:
    before = assessment.stored()["answers"]
    assert "Continue to the whole self-check" in assessment.client.get(assessment.at("check")).text
    assessment.client.post(assessment.at("whole"))
    assert assessment.stored()["answers"] == before | {"pf-depth": "whole"}
    assert "Continue to the whole self-check" not in assessment.client.get(assessment.at("check")).text


def test_the_page_that_asks_how_much_does_not_say_how_long_it_takes(assessment: Assessment) -> None:
    depth = assessment.client.questionnaire.rules.depth.question
    asking, later = assessment.get(depth), assessment.get(practice_of(assessment))
    assert "left" not in text_of(asking.by_class("progress-line")[0])
    assert "left" in text_of(later.by_class("progress-line")[0])


def test_going_deeper_after_the_plan_begins_a_draft_of_the_same_history(assessment: Assessment) -> None:
    plan = assessment.finish()
    assert "Continue to the whole self-check" in plan.text
    address = assessment.client.redirect(assessment.client.post(assessment.at("whole")))
    deeper = Assessment(assessment.client, "/".join(address.split("/")[:3]))
    assert deeper.address != assessment.address
    assert deeper.stored()["answers"][practice_of(deeper)] == "not_yet"
    assert "Not confirmed yet" not in deeper.client.get(deeper.at("check")).text
    deeper.finish()
    data = deeper.client.file(deeper.at("plan.json")).json
    assert data["basis"]["asked"] > 12
    compared = data["comparison"]
    assert any("first look" in caution for caution in compared["cautions"])
    assert not any("fewer than 3 months" in caution for caution in compared["cautions"])


def test_a_tick_for_evidence_is_stored_and_goes_into_the_file(assessment: Assessment) -> None:
    practice = practice_of(assessment)
    assessment.save(practice, {practice: "started", f"{practice}-points_to": "yes"})
    assert assessment.stored()["points_to"] == [practice]
    assessment.save(practice, {f"{practice}-points_to": ""})
    assert "points_to" not in assessment.stored()
