"""Every kind of page in a real browser: accessible, no wider than the screen, and steady."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.accessibility import too_wide, violations
from tests.support.browser.example_agencies import YOUTH_SHELTER
from tests.support.browser.semantics import semantic_errors
from tests.support.browser.states import STATES, NewPage, Visit
from tests.support.browser.walk import answer_page, begin, finish, follow

# The main kinds of page; `make audit` looks at all, in every way one can look at them.
QUICK = (
    "start",
    "single and many",
    "stage",
    "matrix",
    "error",
    "check",
    "plan",
    "plan with an error",
    "history",
    "guide section",
    "conflict",
)


@pytest.mark.parametrize("state", QUICK)
def test_a_page_is_accessible_has_good_semantics_and_fits_a_small_screen(visit: Visit, state: str) -> None:
    STATES[state](visit)
    assert violations(visit.page) == []
    assert semantic_errors(visit.page) == []
    visit.page.set_viewport_size({"width": 320, "height": 800})
    assert too_wide(visit.page) == []


def test_after_an_error_the_focus_is_on_the_summary_and_its_links_lead_to_the_fields(visit: Visit) -> None:
    visit.error()
    page = visit.page
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("2 errors: ")
    links = page.locator(".error-summary a")
    expect(links).to_have_count(2)
    links.first.click()
    expect(page.locator("#harm-01-note")).to_be_focused()
    expect(page.locator("#harm-01-note")).to_be_in_viewport()
    links.last.click()
    expect(page.locator("#harm-03-reason")).to_be_focused()
    visit.exclusive_error()
    page.locator(".error-summary a").click()
    expect(page.locator("#pf-trafficking")).to_be_focused()


@pytest.mark.parametrize(("go", "field"), [(Visit.wrong_code, "code"), (Visit.long_name, "agency")])
def test_in_a_small_form_too_the_summary_has_the_focus_and_leads_to_the_field(
    visit: Visit, go: Callable[[Visit], None], field: str
) -> None:
    go(visit)
    expect(visit.page.locator(".error-summary")).to_be_focused()
    visit.page.locator(".error-summary a").click()
    expect(visit.page.locator(f"#{field}")).to_be_focused()


def test_back_forward_and_reload_are_safe(page: Page) -> None:
    begin(page)
    page.locator("label[for='pf-scope-is-whole']").click()
    page.get_by_role("button", name="Save and continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("What you do")
    page.reload()
    expect(heading).to_have_text("What you do")
    page.go_back()
    expect(heading).to_have_text("About this self-check")
    expect(page.locator("#pf-scope-is-whole")).to_be_checked()
    page.go_forward()
    expect(heading).to_have_text("What you do")
    page.go_back()
    page.locator("label[for='pf-scope-is-one_program']").click()
    follow(page.get_by_role("button", name="Save and review"))
    expect(page.get_by_text("One program or site")).to_be_attached()
    page.go_back()
    expect(page.locator("#pf-scope-is-one_program")).to_be_checked()


def test_after_finishing_the_back_button_leads_to_the_plan_again(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Save and review").click()
    finish(page, "")
    plan = page.url
    page.go_back()
    page.wait_for_url(plan)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Action plan")


def test_a_double_click_on_a_button_does_no_harm(page: Page) -> None:
    begin(page)
    page.locator("label[for='pf-scope-is-whole']").click()
    page.get_by_role("button", name="Save and continue").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you do")
    page.get_by_role("button", name="Save and review").dblclick()
    expect(page.get_by_text("The whole agency")).to_be_attached()


def test_the_reason_is_asked_for_only_when_it_does_not_apply(visit: Visit) -> None:
    visit.open("{draft}/why/basics")
    reason = visit.page.locator("#why-02-reason")
    expect(reason).to_be_hidden()
    visit.page.locator("label[for='why-02-is-not_applicable']").click()
    expect(reason).to_be_visible()
    expect(visit.page.locator("#why-03-reason")).to_be_hidden()


def test_pages_load_nothing_from_elsewhere(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in ("/", "/guide"):
        page.goto(place, wait_until="networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_the_start_page_fits_one_screen(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.fonts.ready.then(() => null)")  # other fonts are wider
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


@pytest.mark.audit
def test_the_whole_self_check_takes_at_most_45_screens_of_a_phone(new_page: NewPage) -> None:
    phone = new_page(375)
    phone.set_viewport_size({"width": 375, "height": 740})
    begin(phone)
    heights = []
    while not phone.url.endswith("/check"):
        heights.append(phone.evaluate("document.documentElement.scrollHeight"))
        answer_page(phone, YOUTH_SHELTER)
        follow(phone.get_by_role("button", name="Save and continue"))
    assert len(heights) > 20
    assert sum(heights) <= 45 * 740
