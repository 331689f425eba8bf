"""Every page and every journey by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.accessibility import ask
from tests.support.browser.keyboard import drawn_change, order_problems, press_enter, tab_to, walk_by_tab
from tests.support.browser.site import Site
from tests.support.browser.states import STATES, Visit

LOOKS = {
    "as always": {"forced_colors": "none", "color_scheme": "light"},
    "forced colors": {"forced_colors": "active", "color_scheme": "dark"},
}


@pytest.fixture
def page(page: Page) -> Page:
    """A page on which nothing is on its way to somewhere when it is looked at."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """The same for a visitor."""
    visit.page.emulate_media(reduced_motion="reduce")
    return visit


@pytest.mark.audit
@pytest.mark.parametrize("state", STATES)
def test_tab_reaches_all_in_order_and_one_sees_where_it_is(visit: Visit, running: Site, state: str) -> None:
    STATES[state](visit)
    page = visit.page
    seen: set[str] = running.once("kinds of stops", set)
    stops, problems = walk_by_tab(page)
    problems += order_problems(page, stops)
    for _ in stops:
        page.keyboard.press("Tab")
        stop = ask(page, "focused")
        if stop and stop["kind"] not in seen:
            seen.add(stop["kind"])
            problems += [f"{look}: {problem}" for look in LOOKS for problem in drawing_problems(page, look)]
    assert problems == []


def drawing_problems(page: Page, look: str) -> list[str]:
    """Return what is wrong with how the focus is drawn, in this look."""
    page.emulate_media(**LOOKS[look])
    # On a busy machine a picture may be taken before the browser has drawn: then look again.
    changed = next((found for found in (drawn_change(page) for _ in range(3)) if found >= 1), 0)
    page.emulate_media(**LOOKS["as always"])
    return [] if changed else [f"too little of the edge changes: {ask(page, 'focused')['html']}"]


@pytest.mark.audit
def test_nothing_covers_the_focus_on_the_smallest_window(visit: Visit) -> None:
    for state in ("plan with an error", "error", "guide choices", "look-back"):
        STATES[state](visit)
        visit.page.set_viewport_size({"width": 320, "height": 256})
        assert walk_by_tab(visit.page)[1] == []
        visit.page.set_viewport_size({"width": 1280, "height": 900})


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main-content")


def choose(page: Page, control: str, key: str = "Space") -> None:
    """Go to a choice by Tab and choose it."""
    tab_to(page, f"#{control}")
    page.keyboard.press(key)
    expect(page.locator(f"#{control}")).to_be_checked()


def start(page: Page) -> None:
    """From the start page, begin the whole self-check on one's own device."""
    press_enter(page, "form[action*='depth=whole'] button")
    own_device(page)


def own_device(page: Page) -> None:
    """Say whose device it is, and continue to the first question."""
    choose(page, "device-is-own")
    press_enter(page, "main button")


def answer(page: Page) -> None:
    """From the start page, answer three questions and write a note; end on the check page."""
    start(page)
    tab_to(page, "[name=pf-scope]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#pf-scope-is-one_program")).to_be_checked()
    choose(page, "pf-who-roles-is-direct")
    press_enter(page, "button[value=check]")
    tab_to(page, "#part-why summary")
    page.keyboard.press("Enter")
    press_enter(page, "a[href*='why/basics']")
    choose(page, "why-02-is-not_yet")
    tab_to(page, "#why-02 summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard")
    press_enter(page, "button[value=next]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def finish(page: Page, name: str) -> None:
    """From the check page, finish."""
    press_enter(page, "main .usa-button")
    tab_to(page, "#agency")
    page.keyboard.type(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Action plan")


def test_from_the_start_to_the_plan_and_its_pdf(page: Page) -> None:
    page.goto("/")
    answer(page)
    finish(page, "Keys Only")
    expect(page.locator("#action-why-02")).to_contain_text("By keyboard")
    tab_to(page, "a[href$='plan.pdf']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith("action-plan-keys-only-")


@pytest.mark.audit
def test_every_page_from_the_first_to_the_check_page(page: Page) -> None:
    page.goto("/")
    start(page)
    for _ in range(30):
        if page.url.endswith("/check"):
            return
        for kind in ("radio", "checkbox"):
            first = page.locator(f".question input[type={kind}]:visible").first
            if first.count():
                tab_to(page, f"[id='{first.get_attribute('id')}']")
                page.keyboard.press("Space")
        press_enter(page, "button[value=next]")
    raise AssertionError(f"no end at {page.url}")


@pytest.mark.audit
def test_an_error_is_announced_followed_and_fixed(page: Page) -> None:
    page.goto("/assessments/return")
    tab_to(page, "#code")
    page.keyboard.type("WRONG")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_value("WRONG")
    tab_to(page, ".site-header__name", key="Shift+Tab")


@pytest.mark.audit
def test_a_break_and_a_return(page: Page) -> None:
    page.goto("/")
    start(page)
    choose(page, "pf-scope-is-whole")
    press_enter(page, "button[value=pause]")
    code = page.locator(".return-code__code").inner_text()
    press_enter(page, "form[action$='/close'] button")
    press_enter(page, "header a[href$='/return']")
    tab_to(page, "#code")
    page.keyboard.type(code.lower())
    press_enter(page, "main button")
    expect(page.locator("#pf-scope-is-whole")).to_be_checked()


def work_on_the_plan(page: Page) -> None:
    """From the plan, say who leads an action, then take it out."""
    tab_to(page, "#owner-why-02")
    page.keyboard.press("Control+a")
    page.keyboard.type("Program manager")
    tab_to(page, "#status-why-02")
    page.keyboard.press("ArrowDown")
    press_enter(page, "#action-why-02 .card-form button")
    expect(page.locator("#owner-why-02")).to_have_value("Program manager")
    tab_to(page, "#action-why-02 summary")
    page.keyboard.press("Enter")
    press_enter(page, "a[href*='move=why-02']")
    tab_to(page, "#place")
    page.keyboard.press("End")
    tab_to(page, "#reason")
    page.keyboard.type("A partner does it.")
    press_enter(page, ".work-form button")
    expect(page.locator(".further #action-why-02")).to_contain_text("Taken out of the plan.")


def assess_again(page: Page) -> None:
    """From the plan, begin again with the old answers and change one; end on the check page."""
    press_enter(page, "a[href$='/retake']")
    choose(page, "start-old")
    press_enter(page, "main form button")
    press_enter(page, "button[value=check]")
    tab_to(page, "#part-why summary")
    page.keyboard.press("Enter")
    press_enter(page, "#part-why a[href*='#why-02']")
    tab_to(page, "[name=why-02]:checked")
    page.keyboard.press("ArrowDown")
    press_enter(page, "button[value=next]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


@pytest.mark.audit
def test_work_on_a_plan_retake_and_comparison(page: Page) -> None:
    page.goto("/")
    answer(page)
    finish(page, "Keys Only")
    work_on_the_plan(page)
    assess_again(page)
    finish(page, "Keys Only")
    press_enter(page, "main a[href^='/progress/']")
    expect(page.get_by_role("heading", name="Moved up (1)")).to_be_visible()


@pytest.mark.audit
def test_a_file_of_answers(page: Page) -> None:
    page.on("filechooser", lambda _chooser: None)  # from now on, not only once the key is pressed
    page.goto("/")
    press_enter(page, "main a[href$='/load']")
    tab_to(page, "#file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    file = {"name": "a.yaml", "mimeType": "text/plain", "buffer": b"answers: {why-02: not_yet}"}
    chooser.value.set_files(file)
    press_enter(page, "main form button")
    expect(page).to_have_url(re.compile("/check$"))


def test_the_guide(page: Page) -> None:
    page.goto("/guide")
    tab_to(page, "#q")
    page.keyboard.type("youth")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    choose(page, "audience-is-women")
    press_enter(page, ".find button")
    page.wait_for_url("**/guide?q=youth&audience=women#results")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Leave out “youth” (2 found)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide?q=&audience=women#results")
    press_enter(page, ".resource__title a")
    press_enter(page, ".way-in button")
    own_device(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("How you see trauma and strengths")
