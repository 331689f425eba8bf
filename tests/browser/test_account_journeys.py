"""Accounts, agencies, invitations, links and the quick exit: by keyboard alone, on the screen of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.support.browser.accessibility import too_wide
from tests.support.browser.keyboard import press_enter, tab_to
from tests.support.browser.site import Site
from tests.support.browser.states import Visit
from tests.support.people import PASSWORD, emails_in, link_in

pytestmark = pytest.mark.audit
PHONE = 375


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page on a phone."""
    page = new_page(PHONE)
    page.emulate_media(reduced_motion="reduce")
    return page


def see(page: Page, heading: str) -> None:
    """Wait for the page with this heading, which must fit the screen."""
    expect(page.locator("h1")).to_have_text(heading)
    assert too_wide(page) == []


def type_in(page: Page, **fields: str) -> None:
    """Go to each field and type, then submit with Enter."""
    for name, text in fields.items():
        tab_to(page, f"#{name}")
        page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_mail(page: Page, folder: Path, place: str = "/account/") -> None:
    """Open the link of the newest email."""
    page.goto(link_in(emails_in(folder / "mail")[-1], place))


def create_account(page: Page, folder: Path, email: str) -> None:
    """From the page that asks for the address, create an account."""
    type_in(page, email=email)
    see(page, "Check your email")
    open_mail(page, folder)
    type_in(page, name="Kim", password=PASSWORD)


def test_an_account_an_agency_an_invitation_and_who_accepts_it(
    phone: Page, new_page: NewPage, running: Site
) -> None:
    phone.goto("/")
    press_enter(phone, "header a[href*='/account/login']")
    press_enter(phone, "main a[href*='/account/register']")
    create_account(phone, running.data, "kim@keys.example.org")
    see(phone, "Your agencies")
    type_in(phone, name="Keys House")
    see(phone, "Keys House")
    tab_to(phone, "main summary")
    phone.keyboard.press("Enter")
    type_in(phone, email="lee@keys.example.org")
    expect(phone.locator("main")).to_contain_text("nothing was sent to lee@keys.example.org")
    assert too_wide(phone) == []

    other = new_page(PHONE)
    other.emulate_media(reduced_motion="reduce")
    open_mail(other, running.data, "/agencies/join/")
    see(other, "Join Keys House")
    press_enter(other, "main a[href*='/account/register']")
    create_account(other, running.data, "lee@keys.example.org")
    see(other, "Keys House")
    press_enter(other, "header a[href$='#sign-out']")
    press_enter(other, "form[action$='/account/logout'] button")
    expect(other.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_link_to_a_plan_is_created_opened_and_withdrawn(visit: Visit, phone: Page) -> None:
    page = visit.page
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    visit.member("editor", "{plan}/links")
    tab_to(page, "[name=days]")
    page.keyboard.press("Space")
    press_enter(page, "main .page-form button")
    link = page.locator(".return-code__link").first.inner_text()
    assert too_wide(page) == []
    phone.goto(link)
    see(phone, "Action plan")
    tab_to(phone, "a[href$='.pdf']")
    press_enter(page, "form[action$='/withdraw'] button")  # the newest; other tests open the older one
    phone.reload()
    expect(phone.locator("h1")).not_to_have_text("Action plan")
    assert too_wide(phone) == []


def test_the_quick_exit_comes_before_the_content_of_every_page(phone: Page) -> None:
    phone.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    for address in ("/", "/guide", "/account/login", "/account/register", "/assessments/return"):
        phone.goto(address)
        stops = 0
        while not phone.locator(".quick-exit:focus").count():
            phone.keyboard.press("Tab")
            stops += 1
            assert stops <= 6
        expect(phone.locator(".quick-exit")).to_be_in_viewport()
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Weather")
    phone.go_back()
    expect(phone).not_to_have_url("**/assessments/return")
