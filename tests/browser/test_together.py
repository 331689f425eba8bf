"""Two people of an agency in two browsers who change the same thing."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.agency import SharedAgency, shared_agency
from tests.support.browser.site import Site
from tests.support.browser.states import NewPage
from tests.support.browser.walk import follow

pytestmark = pytest.mark.audit


@pytest.fixture
def shared(running: Site) -> SharedAgency:
    return running.once("shared agency", lambda: shared_agency(running.data))


def person(new_page: NewPage, running: Site, shared: SharedAgency, role: str) -> Page:
    """Return a browser of this person, with a page of the draft open."""
    page = new_page()
    shared.become(page, running, role)
    page.goto(shared.places["draft"] + "/harm/interviews")
    return page


def write(page: Page, text: str) -> None:
    """Choose and write something on the first practice of the page, and save it."""
    note = page.locator("textarea").first
    page.locator("details.note summary").first.click()
    note.fill(text)
    follow(page.get_by_role("button", name="Save and continue"))


def test_both_notes_are_saved_when_two_people_write_at_once(
    new_page: NewPage, running: Site, shared: SharedAgency
) -> None:
    first, second = (person(new_page, running, shared, role) for role in ("owner", "editor"))
    field = second.locator("textarea").first.get_attribute("name")
    write(first, "Posted by the door")
    write(second, "Nobody reads it")
    expect(second.locator("h1")).to_have_text("Someone else changed this too")
    expect(second.locator("main")).to_contain_text("Owner, ")
    expect(second.locator(f"[name={field}]")).to_have_value("Posted by the door\n\nNobody reads it")
    follow(second.get_by_role("button", name="Save"))
    first.goto(shared.places["draft"] + "/harm/interviews")
    expect(first.locator(f"[name={field}]")).to_have_value("Posted by the door\n\nNobody reads it")
