"""The witnesses of the content's proof, walked in a real browser: what the path says is what is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from questions.answers import Answers
from questions.kinds.matrix import MatrixQuestion
from questions.path import Path, PathPage, path_of
from reports.plan.builder import ANY_HEADER, action_plan
from tests.support.browser.example_agencies import Agency
from tests.support.browser.walk import QUESTIONNAIRE, answer_page, begin, finish, follow
from tests.support.witness_journeys import journeys

JOURNEYS = journeys(QUESTIONNAIRE)


def check_asked(page: Page, path: Path, expected: PathPage) -> None:
    """Fail unless the open page asks the questions and rows that the path has on it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(expected.page.title)
    asked = page.locator(".question").evaluate_all("all => all.map(one => one.id)")
    assert asked == [question.id for question in expected.questions]
    for question in expected.questions:
        if isinstance(question, MatrixQuestion):
            names = page.locator(f"#{question.id} input[type=radio]").evaluate_all(
                "all => all.map(one => one.name)"
            )
            rows = [f"{question.id}-{row.value}" for row in path.rows[question.id]]
            assert list(dict.fromkeys(names)) == rows


def test_together_the_journeys_show_every_question_and_row() -> None:
    paths = [path_of(QUESTIONNAIRE, journey) for journey in JOURNEYS]
    assert set().union(*(path.visible for path in paths)) == set(QUESTIONNAIRE.questions)
    assert all(path.visible.keys() == path.active.by_question.keys() for path in paths)


@pytest.mark.audit
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: f"{len(journey.by_question)} answers")
def test_a_journey_asks_what_its_path_says_and_ends_in_its_plan(page: Page, journey: Answers) -> None:
    path = path_of(QUESTIONNAIRE, journey)
    agency = Agency(name="A Witness", answers=journey.by_question, otherwise="")
    begin(page)
    page.goto(page.url.replace("profile/about", "profile/depth"))  # skipped: the start page asks it
    for expected in path.pages:
        check_asked(page, path, expected)
        answer_page(page, agency)
        follow(page.get_by_role("button", name="Save and continue"))
    assert page.url.endswith("/check")
    finish(page, agency.name)
    plan = action_plan(path, ANY_HEADER)
    for action in plan.planned:
        expect(page.locator(f"#action-{action.question.id}")).to_contain_text(action.title)
    expect(page.locator("#actions ~ .action")).to_have_count(len(plan.planned))
