"""Every page in every state it can be in. A new page gets a line in STATES, and so every check of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from app.plans.chapters import CHAPTERS
from tests.support.browser.agency import NOTE, shared_agency
from tests.support.browser.prepared import ERRORS, Prepared, error_page, outdated
from tests.support.browser.site import Site
from tests.support.browser.walk import begin, follow


class Visit:
    """A visitor who may open all that is prepared, looking at one page."""

    def __init__(self, page: Page, prepared: Prepared, site: Site) -> None:
        self.page, self.site = page, site
        self.places = prepared.places

    def open(self, place: str, status: int = 200) -> None:
        """Open an address, in which {draft} and other names stand for what is prepared."""
        response = self.page.goto(place.format(**self.places))
        assert response.status == status, (response.status, self.page.title())

    def press(self, button: str) -> None:
        """Press a button that leads to another page."""
        follow(self.page.get_by_role("button", name=button).first)

    def refused(self, button: str) -> None:
        """Press a button whose form is not accepted."""
        self.press(button)
        expect(self.page.locator(".error-summary")).to_be_focused()

    def unfold(self) -> None:
        """Open all that can be unfolded."""
        self.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

    def error(self) -> None:
        """Send two notes that are too long."""
        self.open("{draft}/harm/interviews")
        for field in ("harm-01-note", "harm-03-reason"):
            self.page.locator(f"#{field}").evaluate("field => { field.value = 'x'.repeat(2001) }")
        self.refused("Save and continue")

    def exclusive_error(self) -> None:
        """Choose what cannot be chosen together."""
        self.open("{draft}/profile/services")
        for value in ("sex", "not_sure"):
            self.page.locator(f"#pf-trafficking-is-{value}").set_checked(True)
        self.refused("Save and continue")

    def matrix_error(self) -> None:
        """Send an answer that is none to a row of a matrix."""
        self.open("{draft}/training/by-job")
        first = self.page.locator(".matrix-row input").first
        first.evaluate("button => { button.value = 'nonsense'; button.checked = true }")
        self.refused("Save and continue")

    def change(self) -> None:
        """Change an answer that later ones depend on."""
        self.open("{draft}/profile/people")
        for value in ("women", "rhy"):
            self.page.locator(f"label[for='pf-populations-is-{value}']").click()
        self.press("Save and continue")
        expect(self.page.get_by_role("button", name="Save this change")).to_be_visible()

    def pause_with_code(self) -> None:
        """See a new return code, of a self-check of its own: a new code closes one in other browsers."""
        begin(self.page)
        self.press("Save and finish later")

    def wrong_code(self) -> None:
        self.open("/assessments/return")
        self.page.get_by_label("Return code").fill("WRONG")
        self.refused("Open my self-check")

    def load_file(self, content: bytes) -> None:
        self.open("/assessments/load")
        file = {"name": "answers.yaml", "mimeType": "text/plain", "buffer": content}
        self.page.get_by_label("Answers file").set_input_files(file)
        self.press("Load these answers")

    def wrong_file(self) -> None:
        self.load_file(b"answers: {why-02: x, why-03: y}")
        expect(self.page.locator(".error-summary")).to_be_focused()

    def no_way_chosen(self) -> None:
        self.open("{second}/retake")
        self.refused("Start another new self-check")

    def same_twice(self) -> None:
        """Ask to compare a self-check with itself."""
        self.open("{history}compare")
        first = self.page.locator("#later option").first.get_attribute("value")
        for field in ("earlier", "later"):
            self.page.locator(f"#{field}").select_option(first)
        self.refused("Compare")

    def update(self) -> None:
        """See what newer questions would change."""
        address, code = self.site.once(
            "outdated", lambda: outdated(self.site.data, self.site.data.parent / "v2")
        )
        self.open(f"/assessments/return/{code}")
        self.press("Open my self-check")
        self.open(f"{address}/update")

    def outdated_page(self) -> None:
        """A page of a self-check that goes by other questions than today's."""
        self.update()
        follow(self.page.get_by_role("link", name="Stay with the ones I started with"))

    def open_unfolded(self, place: str) -> None:
        self.open(place)
        self.unfold()

    def long_name(self) -> None:
        self.open("{draft}/finish")
        self.page.locator("#agency").fill("x" * 121)
        self.refused("Yes, finish")

    def edit_error(self) -> None:
        """Drop an action without a reason, with a date that is none."""
        self.open("{finished}/plan?edit=start-01")
        self.page.locator("label[for='status-is-dropped']").click()
        self.page.get_by_label("Who leads").fill("x" * 201)
        self.refused("Save this action")

    def card_error(self) -> None:
        """Save a date that is none on the card of an action."""
        self.open("{finished}/plan")
        date = self.page.locator(".card-form [name=due]").first
        date.evaluate("field => { field.type = 'text'; field.value = 'soon' }")
        self.refused("Save (")

    def move_error(self) -> None:
        self.open("{finished}/plan?move=start-01")
        self.refused("Save the move")

    def add_error(self) -> None:
        self.open("{finished}/plan?add=1")
        self.refused("Add this action")

    def saved_action(self) -> None:
        """What was saved is said."""
        self.open("{finished}/plan?edit=start-01")
        self.press("Save this action")
        expect(self.page.get_by_role("status")).to_have_text("Saved.")

    def not_saved(self, *, forgotten: bool = False) -> None:
        """Send a page after the browser lost its token, or all its cookies."""
        self.open("{draft}/harm/interviews")
        self.page.locator("#harm-01-note").evaluate("note => { note.value = 'Ask\\nthe board' }")
        self.page.locator("form [name=csrf_token]").first.evaluate("token => { token.value = 'stale' }")
        if forgotten:
            self.page.context.clear_cookies()
        self.press("Save and continue")

    def member(self, role: str, place: str, status: int = 200) -> None:
        """Open a page of an agency as someone of it, in whose place a stranger may be too."""
        shared = self.site.once("shared agency", lambda: shared_agency(self.site.data))
        shared.become(self.page, self.site, role)
        address = place.format(**shared.places)
        self.open(address, status)
        assert urlsplit(self.page.url).path == urlsplit(address).path, self.page.url

    def account(self, place: str) -> None:
        """Open a page of the account of someone who is signed in."""
        self.member("owner", f"/account/{place}")

    def not_signed_in(self) -> None:
        self.open("/account/login")
        self.page.get_by_label("Email address").fill("nobody@example.org")
        self.page.get_by_label("Password", exact=True).fill("not the password")
        self.refused("Sign in")

    def not_registered(self) -> None:
        self.open("/account/register")
        self.refused("Send me the link")

    def password_not_changed(self) -> None:
        self.account("change-password")
        self.refused("Change my password")

    def not_invited(self) -> None:
        self.member("owner", "{agency}")
        self.unfold()
        self.page.get_by_label("Email address").fill("nobody")
        self.refused("Send the invitation")

    def nowhere_chosen(self) -> None:
        self.member("editor", "/assessments/where")
        self.refused("Start")

    def conflict(self) -> None:
        """Change what someone else changed meanwhile: an answer and its note."""
        self.member("editor", "{draft}/why/basics")
        shared = self.site.once("shared agency", lambda: shared_agency(self.site.data))
        note = self.page.locator(f"#{NOTE}").input_value() + " Theirs."
        theirs = {"why-02": "mostly", NOTE: note, "confirmed": "yes"}
        shared.team.owner.post(shared.places["draft"] + "/why/basics", theirs)
        self.page.locator("label[for='why-02-is-started']").click()
        self.unfold()
        self.page.locator(f"#{NOTE}").fill("Mine")
        self.press("Save and continue")
        expect(self.page.locator("h1")).to_have_text("Someone else changed this too")

    def went_wrong(self, name: str) -> None:
        """See the page that tells of an error which a visitor cannot bring about."""
        status, html = self.site.once(f"error {name}", lambda: error_page(self.site.data, name))
        address = f"{self.site.address}/fail"
        answer = {"status": status, "body": html, "content_type": "text/html; charset=utf-8"}
        self.page.route(address, lambda route: route.fulfill(**answer))
        self.page.goto(address)


State = Callable[[Visit], object]
NewPage = Callable[..., Page]


def opens(place: str, status: int = 200) -> State:
    """Return how to open this address."""
    return lambda visit: visit.open(place, status)


def unfolded(place: str) -> State:
    """Return how to open this address and all that is folded on it."""
    return lambda visit: visit.open_unfolded(place)


STATES: dict[str, State] = {
    "start": opens("/"),
    "single and many": opens("{draft}/profile/about"),
    "many": opens("{draft}/profile/services"),
    "stage": opens("{draft}/harm/interviews"),
    "stage unfolded": unfolded("{draft}/harm/interviews"),
    "matrix": opens("{draft}/training/by-job"),
    "error": Visit.error,
    "exclusive error": Visit.exclusive_error,
    "matrix error": Visit.matrix_error,
    "change": Visit.change,
    "off path": opens("{draft}/why/children", 404),
    "check": opens("{draft}/check"),
    "pause": opens("{draft}/pause"),
    "pause with code": Visit.pause_with_code,
    "return": opens("/assessments/return"),
    "whose device": opens("/assessments/where"),
    "wrong code": Visit.wrong_code,
    "load": opens("/assessments/load"),
    "wrong file": Visit.wrong_file,
    "finish": opens("{draft}/finish"),
    "long name": Visit.long_name,
    "plan": opens("{finished}/plan"),
    "plan unfolded": unfolded("{finished}/plan"),
    "plan with an action opened": opens("{finished}/plan?show=harm-02"),
    **{f"plan {chapter}": opens(f"{{finished}}/plan/{chapter}") for chapter in CHAPTERS},
    "plan with a form": opens("{finished}/plan?edit=start-01"),
    "plan with an error": Visit.edit_error,
    "plan with an error on a card": Visit.card_error,
    "plan with a saved action": Visit.saved_action,
    "action to move": opens("{finished}/plan?move=start-01"),
    "action not moved": Visit.move_error,
    "action to remove": opens("{finished}/plan?remove={own_action}"),
    "action to add": opens("{finished}/plan?add=1"),
    "action not added": Visit.add_error,
    "retake": opens("{finished}/retake"),
    "retake not chosen": Visit.no_way_chosen,
    "last time": opens("{again}/harm/interviews"),
    "check of the last answers": opens("{again}/check"),
    "delete a self-check": opens("{again}/delete"),
    "delete all": opens("{history}delete"),
    "archive": opens("{history}archive"),
    "privacy": opens("/privacy"),
    "confidentiality": opens("/confidentiality"),
    "update": Visit.update,
    "other questions": Visit.outdated_page,
    "history": opens("{history}"),
    "history of many": opens("{history_of_many}?page=2"),
    "choose two": opens("{history}compare"),
    "chosen the same": Visit.same_twice,
    "comparison": opens("{comparison}"),
    "look-back": unfolded("{comparison}"),
    "guide": opens("/guide"),
    "guide section": opens("/guide/why"),
    "guide found": opens("/guide?q=youth&audience=rhy&format=guide"),
    "guide none found": opens("/guide?q=nonsense+the&audience=nobody"),
    "guide choices": unfolded("/guide?audience=rhy"),
    "sign in": opens("/account/login"),
    "not signed in": Visit.not_signed_in,
    "register": opens("/account/register"),
    "not registered": Visit.not_registered,
    "forgotten password": opens("/account/forgot-password"),
    "sign in with a passkey": opens("/account/passkey"),
    "account": lambda visit: visit.account(""),
    "new e-mail address": lambda visit: visit.account("change-email"),
    "new password": lambda visit: visit.account("change-password"),
    "password not changed": Visit.password_not_changed,
    "codes": lambda visit: visit.account("codes"),
    "recovery codes": lambda visit: visit.account("recovery-codes"),
    "passkeys": lambda visit: visit.account("passkeys"),
    "is it you": lambda visit: visit.account("verify"),
    "archive of an account": lambda visit: visit.account("archive"),
    "account to delete": lambda visit: visit.account("delete"),
    "agency to delete": lambda visit: visit.member("owner", "{agency}delete"),
    "agencies": lambda visit: visit.member("owner", "/agencies/"),
    "agency": lambda visit: visit.member("owner", "{agency}"),
    "agency not invited": Visit.not_invited,
    "agency of a viewer": lambda visit: visit.member("viewer", "{agency}"),
    "agency to rename": lambda visit: visit.member("owner", "{agency}name"),
    "agency to leave": lambda visit: visit.member("owner", "{agency}leave"),
    "member": lambda visit: visit.member("owner", "{member}"),
    "where it belongs": lambda visit: visit.member("editor", "/assessments/where"),
    "nowhere chosen": Visit.nowhere_chosen,
    "to bring in": lambda visit: visit.member("editor", "{bring}"),
    "invitation": lambda visit: visit.member("stranger", "{join}"),
    "no invitation": opens("/agencies/join/none", 404),
    "check to read": lambda visit: visit.member("viewer", "{draft}/check"),
    "plan to read": lambda visit: visit.member("viewer", "{plan}/plan"),
    "links": lambda visit: visit.member("editor", "{plan}/links"),
    "shared plan": lambda visit: visit.member("stranger", "{link}"),
    "no link": opens("/shared/none", 404),
    "no agency": lambda visit: visit.member("stranger", "{agency}", 404),
    "not yours to change": lambda visit: visit.member("viewer", "{plan}/retake", 403),
    "conflict": Visit.conflict,
    "not found": opens("/nothing", 404),
    "not saved": Visit.not_saved,
    "not saved and closed": partial(Visit.not_saved, forgotten=True),
    "not open here": opens("/assessments/AAAAAAAAAAAAAAAA/check", 404),
    **{f"error page {name}": partial(Visit.went_wrong, name=name) for name in ERRORS},
}
