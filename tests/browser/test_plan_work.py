"""The team works on its plan in a real browser: with and without scripts, wide and on a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser.accessibility import check_page
from tests.support.browser.states import NewPage
from tests.support.browser.walk import QUESTIONNAIRE, begin, finish, follow

GAPS = {"why-02": "not_yet", "start-01": "started"}


def make_plan(page: Page) -> None:
    """Finish a self-check with two gaps."""
    begin(page)
    start = page.url
    for question, stage in GAPS.items():
        part, asked_on = QUESTIONNAIRE.place_of[question]
        page.goto(start.replace("profile/about", f"{part.id}/{asked_on.id}"))
        page.locator(f"label[for='{question}-is-{stage}']").click()
        press(page, "Save and review")
    finish(page, "Harbor House")


def action(page: Page, number: int) -> Locator:
    """Return the planned action at this place."""
    return page.locator("#actions ~ .action").nth(number - 1)


def choose(page: Page, label: str) -> None:
    """Choose a radio button of the form that is open."""
    page.locator(".work-form").get_by_role("radio", name=label).check()


def press(page: Page, button: str) -> None:
    follow(page.get_by_role("button", name=button))


def save_card(page: Page, number: int) -> None:
    """Press the button on the card of the planned action at this place."""
    follow(action(page, number).get_by_role("button", name="Save"))


def more_of(page: Page, number: int, link: str) -> None:
    """Follow a link under the fold of an action."""
    action(page, number).locator(".action__more > summary").click()
    action(page, number).get_by_role("link", name=link).click()


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), pytest.param(320, False, marks=pytest.mark.audit)]
)
def test_a_team_works_on_its_plan(new_page: NewPage, width: int, *, scripts: bool) -> None:
    page = new_page(width, scripts=scripts)
    make_plan(page)
    save_on_the_card(page)
    edit_an_action(page)
    move_it(page)
    add_and_remove_one(page)


def save_on_the_card(page: Page) -> None:
    card = action(page, 1)
    card.get_by_label("Suggested lead").fill("Program manager")
    card.get_by_label("Suggested date").fill("2027-05-15")
    expect(card.get_by_label("Why we dropped it")).to_be_hidden()
    card.get_by_label("Status").select_option("dropped")
    expect(card.get_by_label("Why we dropped it")).to_be_visible()
    save_card(page, 1)
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(action(page, 1).get_by_label("Why we dropped it")).to_be_focused()
    expect(card.get_by_label("Suggested lead")).to_have_value("Program manager")
    card.get_by_label("Status").select_option("under_way")
    save_card(page, 1)
    expect(action(page, 1)).to_be_in_viewport()
    expect(action(page, 1)).to_contain_text("Saved.")
    expect(action(page, 1).get_by_label("Who leads")).to_have_value("Program manager")
    expect(action(page, 1).get_by_label("Due")).to_have_value("2027-05-15")
    expect(page.locator(".plan__standing")).to_contain_text("1 of 2 under way")


def edit_an_action(page: Page) -> None:
    more_of(page, 1, "Work on this action")
    page.get_by_label("Notes for the team").fill("Ask the night staff")
    choose(page, "Done")
    press(page, "Save this action")
    action(page, 1).locator(".action__more > summary").click()
    expect(action(page, 1)).to_contain_text("Ask the night staff")
    expect(action(page, 1).locator(".status")).to_have_text("Done")


def move_it(page: Page) -> None:
    more_of(page, 2, "Move or take out")
    page.get_by_label("Where it goes").select_option("1")
    page.get_by_label("Why this change?").fill("Our board asked for this one first.")
    press(page, "Save the move")
    expect(action(page, 1)).to_contain_text("Moved to place 1.")
    expect(action(page, 1)).to_contain_text("We suggested place 2")
    more_of(page, 1, "Move or take out")
    page.get_by_label("Where it goes").select_option("out")
    page.get_by_label("Why this change?").fill("A partner does it.")
    press(page, "Save the move")
    expect(page.locator(".further .action")).to_contain_text("Taken out of the plan.")


def add_and_remove_one(page: Page) -> None:
    page.get_by_role("link", name="Add an action of your own").click()
    page.get_by_label("What we will change").fill("A quiet corner in the waiting room")
    choose(page, QUESTIONNAIRE.place_of["harm-01"][0].short_title)
    press(page, "Add this action")
    expect(action(page, 2)).to_contain_text("Your action is in the plan.")
    more_of(page, 2, "Delete this action")
    press(page, "Yes, delete it")
    expect(page.locator("#actions ~ .action")).to_have_count(1)


def test_saving_one_card_asks_before_what_was_typed_on_another_is_lost(new_page: NewPage) -> None:
    page = new_page()
    make_plan(page)
    action(page, 1).get_by_label("Suggested lead").fill("Typed and not saved")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        action(page, 2).get_by_role("button", name="Save").click()
    assert asked == ["beforeunload"]
    expect(action(page, 1).get_by_label("Suggested lead")).to_have_value("Typed and not saved")


def test_an_action_next_in_line_opens_on_the_plan(new_page: NewPage) -> None:
    page = new_page()
    make_plan(page)
    more_of(page, 2, "Move or take out")
    page.get_by_label("Where it goes").select_option("out")
    page.get_by_label("Why this change?").fill("Later.")
    press(page, "Save the move")
    page.goto(page.url.split("#")[0])
    page.locator(".further a").first.click()
    expect(page.locator(".further .action")).to_be_in_viewport()
    expect(page.locator(".further .action")).to_contain_text("Goal")
    expect(page.locator(".further .action").get_by_role("link", name="Add to the plan")).to_be_visible()


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
        more_of(page, 3, link)
        page.locator(".work-form [type=text]").first.fill("x" * 201)
        press(page, button)
        expect(page.locator(".error-summary")).to_be_focused()
        check_page(page)
    page.goto(plan)
    more_of(page, 3, "Delete this action")
    check_page(page)
    page.goto(plan)
    action(page, 3).get_by_label("Due").evaluate("field => { field.type = 'text'; field.value = 'soon' }")
    save_card(page, 3)
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page)


def test_the_plan_prints_without_its_forms_and_buttons(new_page: NewPage) -> None:
    page = new_page()
    make_plan(page)
    more_of(page, 1, "Work on this action")
    page.emulate_media(media="print")
    for hidden in (".work-form", ".plan-nav", ".plan__add", ".return-code"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".action__title").first).to_be_visible()
