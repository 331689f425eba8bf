"""Finishing: a name, a confirmation, and then nothing changes any more."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.database.assessments import find_assessment
from app.database.tables import AssessmentRow, QuestionnaireText
from app.extensions import db
from tests.support.client import Assessment, Client
from tests.support.sample import sample_files, sample_questionnaire


def test_finishing_asks_for_confirmation_and_says_what_is_left_open(assessment: Assessment) -> None:
    page = assessment.client.get(assessment.at("finish"))
    assert page.h1 == "Finish and get your plan"
    assert "there is nothing to plan" in page.text
    assert "Not answered" in page.text
    assert assessment.client.redirect(assessment.at("")) == assessment.page_of("pf-scope")
    assert assessment.finish().h1 == "Action plan"


def test_the_plan_carries_the_name_and_the_day(client: Client) -> None:
    with time_machine.travel("2026-03-01 12:00", tick=False):
        page = Assessment.begin(client).finish("  Harbor\n House  ")
    assert page.by_class("plan__agency")[0].text == "Harbor House"
    assert "March 1, 2026" in page.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 120, "שלום & <Söhne>", "مأوى"])
def test_names_are_free(assessment: Assessment, name: str) -> None:
    shown = assessment.finish(name).by_class("plan__agency")
    assert [element.text for element in shown] == ([name] if name.strip() else [])


def test_a_name_over_the_limit_is_rejected_and_stays_in_the_field(assessment: Assessment) -> None:
    page = assessment.client.refused(assessment.at("finish"), {"agency": "x" * 121})
    assert page.title.startswith("1 error: ")
    assert "The limit is 120" in page.error_beside("agency")
    assert page.value("agency") == "x" * 121
    assert assessment.client.redirect(assessment.at("")) == assessment.page_of("pf-scope")


def test_a_finished_assessment_takes_no_more_changes_and_says_so(assessment: Assessment) -> None:
    assessment.answer(pf_scope="whole")
    assessment.finish()
    client, plan = assessment.client, assessment.at("plan")
    before = assessment.stored()
    assert client.post(assessment.at("profile/about"), {"pf-scope": "one_program"}) == plan
    assert "What you just sent was not saved" in client.get(plan).text
    assert "was not saved" not in client.get(plan).text
    assert assessment.stored() == before


def test_finishing_twice_as_by_a_double_click_leads_to_the_plan_without_a_complaint(
    assessment: Assessment,
) -> None:
    assessment.finish("Harbor House")
    assert assessment.client.post(assessment.at("finish"), {"agency": "Other"}) == assessment.at("plan")
    page = assessment.client.get(assessment.at("plan"))
    assert "Harbor House" in page.text
    assert "not saved" not in page.text


@pytest.mark.parametrize("rest", ["", "check", "finish", "profile/about", "start/youth"])
def test_the_pages_of_a_finished_assessment_lead_to_its_plan(assessment: Assessment, rest: str) -> None:
    assessment.finish()
    assert assessment.client.redirect(assessment.at(rest)) == assessment.at("plan")


def test_finishing_pins_the_content_and_its_fingerprint(assessment: Assessment, app: Flask) -> None:
    assessment.finish()
    with app.app_context():
        (pinned,) = db.session.execute(select(AssessmentRow.fingerprint)).scalars()
        text = db.session.get(QuestionnaireText, pinned)
    questionnaire = sample_questionnaire()
    assert (pinned, text.version) == (questionnaire.fingerprint, questionnaire.version)
    assert text.files == sample_files()


def test_finishing_freezes_which_actions_of_the_last_plan_were_under_way(
    assessment: Assessment, app: Flask
) -> None:
    assessment.answer(why_01="not_yet", why_02="not_yet", why_03="started")
    assessment.finish()
    for action, status in (("why-01", "under_way"), ("why-02", "done")):
        assessment.client.post(assessment.at(f"plan/actions/{action}"), {"status": status})
    address = assessment.client.post(assessment.at("retake"), {"start": "old"})
    again = Assessment(assessment.client, "/".join(address.split("/")[:3]))
    again.finish()
    assessment.client.post(assessment.at("plan/actions/why-03"), {"status": "under_way"})
    with app.app_context():
        assert find_assessment(assessment.public_id).under_way == ()
        assert find_assessment(again.public_id).under_way == ("why-01",)
