"""Accounts in a real browser: made, guarded by codes and a passkey, and opened again by each."""

import pytest
from passlib.totp import TOTP
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.support.browser.accessibility import check_page
from tests.support.browser.site import Site
from tests.support.browser.states import NewPage
from tests.support.browser.walk import follow
from tests.support.people import PASSWORD, emails_in, link_in

pytestmark = pytest.mark.audit


class Person:
    """Someone in front of a browser."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        # A passkey belongs to a name.
        self._base = site.address.replace("127.0.0.1", "localhost")
        self._mails = site.data / "mail"

    def open(self, address: str) -> None:
        self.page.goto(self._base + address)
        check_page(self.page)

    def open_link(self) -> None:
        """Open the link of the newest email."""
        self.open(link_in(emails_in(self._mails)[-1]))

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, button: str) -> None:
        """Press a button that stays on its page, or asks for a passkey first."""
        self.button(button).click()

    def send(self, button: str) -> None:
        """Press a button that leads to another page."""
        follow(self.button(button))

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def sign_in(self, email: str) -> None:
        self.open("/account/login")
        self.fill(email=email, password=PASSWORD)
        self.send("Sign in")

    def see(self, heading: str) -> None:
        """Wait for the page with this heading, and look at it."""
        expect(self.page.locator("h1")).to_have_text(heading)
        check_page(self.page)

    def see_account(self) -> None:
        """Wait until someone is signed in, and look at the account."""
        expect(self.page.get_by_role("link", name="Sign out")).to_be_visible()
        self.open("/account/")

    def make_account(self, email: str) -> None:
        self.open("/account/register")
        self.fill(email=email)
        self.send("Send me the link")
        self.see("Check your email")
        self.open_link()
        self.fill(name="Ana", password="short")
        self.send("Create my account")
        expect(self.page.locator(".error-summary")).to_be_focused()
        self.fill(password=PASSWORD)
        self.press("Show password")
        expect(self.page.locator("#password")).to_have_attribute("type", "text")
        self.send("Create my account")
        self.see("Your agencies")

    def add_passkey(self) -> None:
        self.open("/account/passkeys")
        self.fill(name="Work laptop")
        self.press("Add a passkey")
        expect(self.page.get_by_role("heading", name="Your passkeys")).to_be_visible()
        check_page(self.page)

    def turn_codes_on(self) -> str:
        """Set up an app; return a recovery code."""
        self.open("/account/codes")
        self.send("Set up an app")
        check_page(self.page)
        app = TOTP(key=self.page.locator(".secret-key").inner_text())
        self.fill(code="000000")
        self.send("Turn codes on")
        self.see("Enter your code")
        self.fill(code=app.generate().token)
        self.send("Continue")
        self.see("Your account")
        follow(self.page.get_by_role("link", name="Create recovery codes"))
        self.send("Create new codes")
        check_page(self.page)
        return self.page.locator(".recovery-codes li").first.inner_text()


@pytest.fixture
def person(page: Page, running: Site) -> Person:
    """A new visitor."""
    return Person(page, running)


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that keeps passkeys."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})
    return tools, made["authenticatorId"]


def test_a_passkey_signs_in_and_shows_that_it_is_you(person: Person) -> None:
    page = person.page
    tools, device = with_authenticator(page)
    person.make_account("passkey@harbor-house.org")
    person.add_passkey()
    person.open("/account/verify")
    person.press("Use a passkey")
    person.see("Your account")
    person.send("Sign out")
    person.open("/account/passkey")
    person.press("Sign in with a passkey")
    person.see_account()
    person.send("Sign out")

    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    person.open("/account/login")
    person.press("Sign in with a passkey")
    expect(page.get_by_role("alert")).to_contain_text("did not work")
    check_page(page)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    person.press("Use a passkey")
    person.see_account()

    person.open("/account/passkeys")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Your passkeys")).to_have_count(0)


def test_an_app_and_recovery_codes_guard_an_account(person: Person) -> None:
    page = person.page
    person.make_account("codes@harbor-house.org")
    code = person.turn_codes_on()
    person.open("/account/codes")
    person.open("/account/change-password")
    person.open("/account/change-email")
    person.open("/account/")
    person.send("Sign out")

    person.sign_in("codes@harbor-house.org")
    person.see("Enter your code")
    follow(page.get_by_role("link", name="Use a recovery code"))
    check_page(page)
    person.fill(code=code)
    person.send("Sign in")
    person.see_account()
    expect(page.get_by_text("7 left")).to_be_visible()


def test_the_quick_way_out_leaves_nothing_to_go_back_to(page: Page, running: Site) -> None:
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page.goto(f"{running.address}/guide")
    page.goto(f"{running.address}/assessments/return")
    page.locator("#code").fill("typed, but not saved")
    page.get_by_role("link", name="Leave this site", exact=True).click()
    expect(page).to_have_title("Weather")
    page.go_back()
    expect(page).to_have_url(f"{running.address}/guide")


def test_all_but_passkeys_works_without_scripts(new_page: NewPage, running: Site) -> None:
    person = Person(new_page(scripts=False), running)
    person.page.goto(f"{running.address}/account/register")
    person.fill(email="plain@harbor-house.org")
    person.send("Send me the link")
    person.page.goto(running.address + link_in(emails_in(running.data / "mail")[-1]))
    person.fill(password=PASSWORD)
    person.send("Create my account")
    expect(person.page.locator("h1")).to_have_text("Your agencies")
    person.page.goto(f"{running.address}/account/passkeys")
    expect(person.page.locator("main .usa-alert--info")).to_be_visible()  # why not at a numeric address
    expect(person.page.locator("main form")).to_have_count(0)
    person.page.goto(f"{running.address}/account/forgot-password")
    person.fill(email="plain@harbor-house.org")
    person.send("Send the link")
    person.page.goto(running.address + link_in(emails_in(running.data / "mail")[-1]))
    person.fill(password="seven ducks on a pond")
    person.send("Set this password")
    expect(person.page.locator("h1")).to_have_text("Sign in")
