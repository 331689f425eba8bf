"""The team works on its plan in a real browser: with and without scripts, wide and on a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.support.browser.accessibility import check_page
from tests.support.browser.walk import QUESTIONNAIRE, begin, finish

GAPS = {"why-02": "not_yet", "start-01": "started"}


def make_plan(page: Page) -> None:
    """Finish a self-check with two gaps."""
    begin(page)
    start = page.url
    for question, stage in GAPS.items():
        part, asked_on = QUESTIONNAIRE.place_of[question]
        page.goto(start.replace("profile/about", f"{part.id}/{asked_on.id}"))
        page.locator(f"label[for='{question}-is-{stage}']").click()
        page.get_by_role("button", name="Save and review").click()
    finish(page, "Harbor House")


def action(page: Page, number: int) -> Locator:
    """Return the planned action at this place."""
    return page.locator("#actions ~ .action").nth(number - 1)


def choose(page: Page, label: str) -> None:
    """Press the button of a choice."""
    page.locator(".work-form .usa-radio__label", has_text=label).click()


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), pytest.param(320, False, marks=pytest.mark.audit)]
)
def test_a_team_works_on_its_plan(new_page: NewPage, width: int, *, scripts: bool) -> None:
    page = new_page(width, scripts=scripts)
    make_plan(page)
    edit_an_action(page)
    move_it(page)
    add_and_remove_one(page)


def edit_an_action(page: Page) -> None:
    action(page, 1).get_by_role("link", name="Work on this action").click()
    page.get_by_label("Who leads").fill("Program manager")
    page.get_by_label("Due date").fill("2027-05-15")
    expect(page.locator("#dropped_reason")).to_be_hidden()
    choose(page, "Dropped")
    expect(page.locator("#dropped_reason")).to_be_visible()
    press(page, "Save this action")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#dropped_reason")).to_be_focused()
    expect(page.get_by_label("Who leads")).to_have_value("Program manager")
    choose(page, "Under way")
    press(page, "Save this action")
    expect(action(page, 1)).to_be_in_viewport()
    for words in ("Saved.", "Program manager", "May 15, 2027", "Under way"):
        expect(action(page, 1)).to_contain_text(words)


def move_it(page: Page) -> None:
    action(page, 1).get_by_role("link", name="Move or take out").click()
    page.get_by_label("Where it goes").select_option("2")
    page.get_by_label("Why this change?").fill("Our board asked for the other one first.")
    press(page, "Save the move")
    expect(action(page, 2)).to_contain_text("Moved to place 2.")
    expect(action(page, 2)).to_contain_text("We had suggested place 1")
    action(page, 1).get_by_role("link", name="Move or take out").click()
    page.get_by_label("Where it goes").select_option("out")
    page.get_by_label("Why this change?").fill("A partner does it.")
    press(page, "Save the move")
    expect(page.locator("details[open] .action")).to_contain_text("Taken out of the plan.")


def add_and_remove_one(page: Page) -> None:
    page.get_by_role("link", name="Add an action of your own").click()
    page.get_by_label("What we will change").fill("A quiet corner in the waiting room")
    choose(page, QUESTIONNAIRE.place_of["harm-01"][0].title)
    press(page, "Add this action")
    expect(action(page, 2)).to_contain_text("Your action is in the plan.")
    action(page, 2).get_by_role("link", name="Remove").click()
    press(page, "Yes, remove it")
    expect(page.locator("#actions ~ .action")).to_have_count(1)


@pytest.mark.audit
def test_every_form_on_the_plan_is_accessible_and_fits_the_screen(new_page: NewPage) -> None:
    page = new_page()
    make_plan(page)
    plan = page.url
    page.get_by_role("link", name="Add an action of your own").click()
    press(page, "Add this action")
    check_page(page)
    page.get_by_label("What we will change").fill("w" * 200)
    choose(page, "Where to start")
    press(page, "Add this action")
    for link, button in (("Work on this action", "Save this action"), ("Move or take out", "Save the move")):
        page.goto(plan)
        action(page, 3).get_by_role("link", name=link).click()
        page.locator(".work-form [type=text]").first.fill("x" * 201)
        press(page, button)
        expect(page.locator(".error-summary")).to_be_focused()
        check_page(page)
    page.goto(plan)
    action(page, 3).get_by_role("link", name="Remove").click()
    check_page(page)


def test_the_plan_prints_without_its_forms_and_buttons(new_page: NewPage) -> None:
    page = new_page()
    make_plan(page)
    action(page, 1).get_by_role("link", name="Work on this action").click()
    page.emulate_media(media="print")
    for hidden in (".work-form", ".action__ways >> nth=0", ".plan__add", ".plan__work-intro"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".action__title").first).to_be_visible()
