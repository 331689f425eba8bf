"""Finishing: a name, a confirmation, and then nothing changes any more."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.database.assessments import find_assessment
from app.database.tables import AssessmentRow, QuestionnaireText
from app.extensions import db
from tests.support.client import Client, Sitting
from tests.support.sample import sample_files, sample_questionnaire


def test_finishing_asks_for_confirmation_and_says_what_is_left_open(sitting: Sitting) -> None:
    page = sitting.client.get(sitting.at("finish"))
    assert page.h1 == "Finish and get your plan"
    assert "there is nothing to plan" in page.text
    assert "Not answered" in page.text
    assert sitting.client.redirect(sitting.at("")) == sitting.page_of("pf-scope")
    assert sitting.finish().h1 == "Action plan"


def test_the_plan_carries_the_name_and_the_day(client: Client) -> None:
    with time_machine.travel("2026-03-01 12:00", tick=False):
        page = Sitting.begin(client).finish("  Harbor\n House  ")
    assert page.by_class("plan__agency")[0].text == "Harbor House"
    assert "March 1, 2026" in page.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 120, "שלום & <Söhne>", "مأوى"])
def test_names_are_free(sitting: Sitting, name: str) -> None:
    shown = sitting.finish(name).by_class("plan__agency")
    assert [element.text for element in shown] == ([name] if name.strip() else [])


def test_a_name_over_the_limit_is_rejected_and_stays_in_the_field(sitting: Sitting) -> None:
    page = sitting.client.refused(sitting.at("finish"), {"agency": "x" * 121})
    assert page.title.startswith("1 error: ")
    assert "The limit is 120" in page.error_beside("agency")
    assert page.value("agency") == "x" * 121
    assert sitting.client.redirect(sitting.at("")) == sitting.page_of("pf-scope")


def test_a_finished_assessment_takes_no_more_changes_and_says_so(sitting: Sitting) -> None:
    sitting.answer(pf_scope="whole")
    sitting.finish()
    client, plan = sitting.client, sitting.at("plan")
    before = sitting.stored()
    assert client.post(sitting.at("profile/about"), {"pf-scope": "one_program"}) == plan
    assert "What you just sent was not saved" in client.get(plan).text
    assert "was not saved" not in client.get(plan).text
    assert sitting.stored() == before


def test_finishing_twice_as_by_a_double_click_leads_to_the_plan_without_a_complaint(sitting: Sitting) -> None:
    sitting.finish("Harbor House")
    assert sitting.client.post(sitting.at("finish"), {"agency": "Other"}) == sitting.at("plan")
    page = sitting.client.get(sitting.at("plan"))
    assert "Harbor House" in page.text
    assert "not saved" not in page.text


@pytest.mark.parametrize("rest", ["", "check", "finish", "profile/about", "start/youth"])
def test_the_pages_of_a_finished_assessment_lead_to_its_plan(sitting: Sitting, rest: str) -> None:
    sitting.finish()
    assert sitting.client.redirect(sitting.at(rest)) == sitting.at("plan")


def test_finishing_pins_the_content_and_its_fingerprint(sitting: Sitting, app: Flask) -> None:
    sitting.finish()
    with app.app_context():
        (pinned,) = db.session.execute(select(AssessmentRow.fingerprint)).scalars()
        text = db.session.get(QuestionnaireText, pinned)
    questionnaire = sample_questionnaire()
    assert (pinned, text.version) == (questionnaire.fingerprint, questionnaire.version)
    assert text.files == sample_files()


def test_finishing_freezes_which_actions_of_the_last_plan_were_under_way(
    sitting: Sitting, app: Flask
) -> None:
    sitting.answer(why_01="not_yet", why_02="not_yet", why_03="started")
    sitting.finish()
    for action, status in (("why-01", "under_way"), ("why-02", "done")):
        sitting.client.post(sitting.at(f"plan/actions/{action}"), {"status": status})
    address = sitting.client.post(sitting.at("retake"), {"start": "old"})
    again = Sitting(sitting.client, "/".join(address.split("/")[:3]))
    again.finish()
    sitting.client.post(sitting.at("plan/actions/why-03"), {"status": "under_way"})
    with app.app_context():
        assert find_assessment(sitting.public_id).under_way == ()
        assert find_assessment(again.public_id).under_way == ("why-01",)
