"""The cards of a plan: lead, date and status are saved on the card itself, and what is late is said."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine

from app import clock
from tests.support.client import Assessment, Client, finish_with_two_actions, planned, team
from tests.support.page import Page, text_of
from tests.support.sample import sample_questionnaire

LABELS = sample_questionnaire().texts.work.fields
LEAD, DUE = LABELS["owner"], LABELS["due"]


@pytest.fixture
def plan(assessment: Assessment) -> Assessment:
    return finish_with_two_actions(assessment)


def card(page: Page, action: str) -> str:
    return text_of(page.one(f"article[@id='action-{action}']"))


def form(page: Page, action: str) -> dict[str, str]:
    """Return what a browser sends from the card of an action if nothing is changed."""
    (found,) = [f for f in page.all(f"article[@id='action-{action}']/form") if f.get("class") == "card-form"]
    data = {field.get("name", ""): field.get("value", "") for field in found.iter("input")}
    (status,) = [option for option in found.iter("option") if "selected" in option.attrib]
    return {**data, "status": status.get("value", "")}


def save(plan: Assessment, action: str, **fields: str) -> str:
    """Save the card of an action with these changes; return where that leads."""
    sent = {**form(plan.client.get(plan.at("plan")), action), **fields}
    return plan.client.post(plan.at(f"plan/actions/{action}"), sent)


def standing(page: Page) -> str:
    return text_of(page.by_class("plan__standing")[0])


def test_saving_what_a_card_suggests_decides_it(plan: Assessment) -> None:
    first, second, *_ = planned(plan)
    before = card(plan.client.get(plan.at("plan")), first)
    assert LEAD.suggested in before
    assert DUE.suggested in before
    assert save(plan, first) == plan.at(f"plan#action-{first}")
    page = plan.client.get(plan.at("plan"))
    for words in ("Saved.", LEAD.label, DUE.label):
        assert words in card(page, first)
    assert LEAD.suggested not in card(page, first)
    assert DUE.suggested not in card(page, first)
    assert LEAD.suggested in card(page, second)


def test_a_card_saves_lead_date_and_status_and_nothing_else(plan: Assessment) -> None:
    first, *_ = planned(plan)
    before = team(plan)[first]
    save(plan, first, owner="Intake lead", due="5/1/2027", status="under_way")
    after = team(plan)[first]
    changed = {name for name, value in after.items() if value != before[name]}
    assert {"owner", "due", "status"} <= changed
    assert (after["owner"], after["due"], after["status"]) == ("Intake lead", "2027-05-01", "under_way")
    assert after["first_step"] == before["first_step"]


def test_errors_are_on_the_card_and_nothing_typed_is_lost(plan: Assessment) -> None:
    before = team(plan)
    first, second, *_ = planned(plan)
    sent = form(plan.client.get(plan.at("plan")), first)
    wrong = {"owner": "Intake lead", "due": "next Monday", "status": "dropped", "dropped_reason": ""}
    page = plan.client.refused(plan.at(f"plan/actions/{first}"), {**sent, **wrong})
    assert page.errors().keys() == {"due", "dropped_reason"}
    assert "We cannot read “next Monday”" in page.error_beside("due")
    assert form(page, first) == {**sent, **wrong, "csrf_token": page.value("csrf_token")}
    assert card(page, second)
    assert team(plan) == before


def test_two_tabs_on_one_card_show_both_values(plan: Assessment) -> None:
    first, *_ = planned(plan)
    sent = form(plan.client.get(plan.at("plan")), first)
    save(plan, first, owner="From the first tab")
    late = {**sent, "owner": "From the second tab", "status": "under_way"}
    page = plan.client.refused(plan.at(f"plan/actions/{first}"), late, 409)
    assert "From the first tab" in page.text
    assert "From the second tab" in page.text
    item = team(plan)[first]
    assert (item["owner"], item["status"]) == ("From the first tab", "under_way")


def test_the_line_on_top_says_how_far_the_team_is_and_what_is_next(plan: Assessment) -> None:
    first, second, *_ = planned(plan)
    day = clock.now().date() + datetime.timedelta(days=20)
    before = standing(plan.client.get(plan.at("plan")))
    assert before.startswith("3 actions, none started yet, next suggested date ")
    save(plan, first, status="done")
    save(plan, second, status="under_way", due=day.isoformat())
    expected = f"1 of 3 done, 1 of 3 under way, next due {day:%B} {day.day}, {day.year}"
    assert standing(plan.client.get(plan.at("plan"))) == expected


def test_what_is_late_says_so_on_its_card_and_on_top(plan: Assessment) -> None:
    first, second, *_ = planned(plan)
    save(plan, first, due="2001-01-05", status="under_way")
    save(plan, second, due="2001-01-05", status="done")
    page = plan.client.get(plan.at("plan"))
    assert "Overdue since January 5, 2001" in card(page, first)
    assert "Overdue" not in card(page, second)
    assert "1 overdue" in standing(page)


def test_a_suggested_date_that_passed_asks_for_a_new_one_and_is_not_overdue(plan: Assessment) -> None:
    first, *_ = planned(plan)
    plan.client.post(plan.at("links"), {"days": "90"})
    link = text_of(plan.client.get(plan.at("links")).by_class("return-code__link")[0])
    with time_machine.travel(clock.now() + datetime.timedelta(days=89)):
        page = Client(plan.client.app).get(urlsplit(link).path)
    assert "The suggested date has passed." in card(page, first)
    assert "overdue" not in standing(page)


def test_while_a_form_is_open_no_other_card_has_one(plan: Assessment) -> None:
    first, second, *_ = planned(plan)
    page = plan.client.get(plan.at(f"plan?edit={first}"))
    assert len(page.by_class("work-form")) == 1
    assert page.by_class("card-form") == []
    assert LEAD.suggested in card(page, second)
