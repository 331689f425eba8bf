"""From a question about the guide to a resource, and into the self-check."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.accessibility import too_wide
from tests.support.browser.states import NewPage
from tests.support.browser.walk import QUESTIONNAIRE


def test_someone_finds_a_resource_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    page.goto("/")
    page.get_by_role("link", name="The guide").click()
    page.get_by_label("Words to search for").fill("interviewed women")
    page.get_by_role("button", name="Find resources").click()
    results = page.get_by_role("heading", level=2, name="of 20 resources")
    expect(results).to_have_text("0 of 20 resources")
    page.get_by_label("Words to search for").fill("interviews")
    page.locator("summary", has_text="Kind of resource").click()
    page.locator("label[for='format-is-guide']").click()
    page.get_by_role("button", name="Find resources").click()
    expect(results).to_have_text("1 of 20 resources")
    expect(results).to_be_in_viewport()
    expect(page).to_have_title("1 of 20 resources: the guide | Trauma-Informed Self-Check")
    expect(page.locator("summary", has_text="Kind of resource")).to_contain_text("Guide")
    page.get_by_role("link", name="Leave out “Guide” (2 found)").click()
    expect(results).to_have_text("2 of 20 resources")
    expect(page.locator("#format-is-guide")).not_to_be_checked()


@pytest.mark.audit
def test_someone_goes_from_a_resource_into_the_self_check_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    page.goto("/guide?q=interviews")
    page.get_by_role("link", name=re.compile("^Trauma-Informed Victim Interviewing")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        QUESTIONNAIRE.place_of["harm-01"][0].short_title
    )
    expect(page.locator("#resource-ovcttac-interviewing-guide")).to_be_in_viewport()
    page.get_by_role("button", name="Answer the questions of this part").first.click()
    page.locator("label[for='device-is-own']").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/harm/interviews")
    page.get_by_role("link", name="The guide").click()
    page.get_by_role("link", name=re.compile("Continue your self-check.*Where to start")).click()
    page.wait_for_url("**/start/leaders")


def test_the_guide_on_paper_shows_what_to_read_and_where_it_is(page: Page) -> None:
    page.goto("/guide/harm")
    page.emulate_media(media="print")
    for unseen in (".way-in >> nth=0", ".guide__others", ".plan__contents"):
        expect(page.locator(unseen)).to_be_hidden()
    link = page.locator(".resource__where a").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in shown
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(media="screen")
    assert too_wide(page) == []
