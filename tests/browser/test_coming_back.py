"""Assessing again and looking at what changed, in a real browser; every page on the way is accessible."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.accessibility import check_page
from tests.support.browser.example_agencies import YOUTH_SHELTER
from tests.support.browser.states import NewPage
from tests.support.browser.walk import begin, finish, follow, walk


def look_over(page: Page) -> None:
    """Save each page as it stands, up to the check page."""
    while not page.url.endswith("/check"):
        follow(page.get_by_role("button", name="Save and continue"))


@pytest.mark.audit
def test_a_shelter_comes_back_on_a_phone_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    begin(page)
    walk(page, YOUTH_SHELTER)
    finish(page, YOUTH_SHELTER.name)
    page.get_by_role("link", name="Take the self-check again").click()
    page.get_by_role("button", name="Start the new self-check").click()
    expect(page.locator("#start-error")).to_contain_text("Choose one of the two ways")
    page.locator("label[for='start-old']").click()
    page.get_by_role("button", name="Start the new self-check").click()
    expect(page.locator(".last-time").first).to_contain_text("Last time, on ")
    look_over(page)
    page.locator("#part-harm summary").click()
    page.locator("#part-harm a[href$='#harm-07']").click()
    page.locator("label[for='harm-07-is-mostly']").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("button", name="Save this change")).to_be_visible()
    page.get_by_role("button", name="Save this change").click()
    finish(page, YOUTH_SHELTER.name)
    page.get_by_role("link", name="What changed since").click()
    expect(page.get_by_role("heading", name="Moved up (1)")).to_be_visible()
    expect(page.locator("[aria-labelledby=moved_up] tbody tr")).to_have_count(1)


@pytest.mark.audit
def test_every_page_for_those_who_come_back_is_accessible(new_page: NewPage) -> None:
    page = new_page()
    begin(page)
    page.locator("label[for='pf-scope-is-whole']").click()
    page.get_by_role("button", name="Save and review").click()
    finish(page, "An agency with a very long name " * 3)
    first = page.url.removesuffix("/plan")
    page.goto(f"{first}/retake")
    check_page(page)
    page.locator("label[for='start-old']").click()
    follow(page.get_by_role("button", name="Start the new self-check"))
    check_page(page)
    draft = page.url.split("/profile")[0]
    for rest in ("check", "delete", "finish"):
        page.goto(f"{draft}/{rest}")
        check_page(page)
    finish_from(page, draft)
    follow(page.get_by_role("link", name="All self-checks of this agency"))
    check_page(page)
    follow(page.get_by_role("link", name="Compare any two"))
    check_page(page)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What changed since")
    check_page(page)


def finish_from(page: Page, draft: str) -> None:
    """Finish this draft."""
    page.goto(f"{draft}/check")
    finish(page, "An agency")
