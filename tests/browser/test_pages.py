"""Every kind of page in a real browser: accessible, no wider than the screen, and steady."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.accessibility import too_wide, violations
from tests.browser.agencies import Answer
from tests.browser.conftest import NewPage
from tests.browser.walk import begin, finish


class Visit:
    """A visitor with a draft and a finished assessment, looking at one page."""

    def __init__(self, page: Page, draft: str, finished: str) -> None:
        self.page, self.draft, self.finished = page, draft, finished

    def error(self) -> None:
        """Send two notes that are too long."""
        self.page.goto(f"{self.draft}/harm/interviews")
        for field in ("harm-01-note", "harm-03-reason"):
            self.page.locator(f"#{field}").evaluate("field => { field.value = 'x'.repeat(2001) }")
        self.page.get_by_role("button", name="Save and continue").click()
        expect(self.page.locator(".error-summary")).to_be_visible()

    def exclusive_error(self) -> None:
        """Choose what cannot be chosen together."""
        self.page.goto(f"{self.draft}/profile/services")
        for value in ("sex", "not_sure"):
            self.page.locator(f"#pf-trafficking-is-{value}").set_checked(True)
        self.page.get_by_role("button", name="Save and continue").click()
        expect(self.page.locator(".error-summary")).to_be_visible()

    def change(self) -> None:
        """Change an answer that later ones depend on."""
        self.page.goto(f"{self.draft}/profile/people")
        for value in ("women", "rhy"):
            self.page.locator(f"label[for='pf-populations-is-{value}']").click()
        self.page.get_by_role("button", name="Save and continue").click()
        expect(self.page.get_by_role("button", name="Save this change")).to_be_visible()

    def wrong_code(self) -> None:
        self.page.goto("/assessments/return")
        self.page.get_by_label("Return code").fill("WRONG")
        self.page.get_by_role("button", name="Open my self-check").click()

    def wrong_file(self) -> None:
        self.page.goto("/assessments/load")
        wrong = {
            "name": "answers.yaml",
            "mimeType": "text/plain",
            "buffer": b"answers: {why-01: x, why-02: y}",
        }
        self.page.get_by_label("File of answers").set_input_files(wrong)
        self.page.get_by_role("button", name="Load these answers").click()
        expect(self.page.locator(".error-summary")).to_be_focused()

    def guide_choices(self) -> None:
        """All that one can choose on the guide page."""
        self.page.goto("/guide?audience=rhy")
        self.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

    def long_name(self) -> None:
        self.page.goto(f"{self.draft}/finish")
        self.page.locator("#agency").fill("x" * 121)
        self.page.get_by_role("button", name="Yes, finish").click()

    def all_open(self) -> None:
        """The plan with everything unfolded."""
        self.page.goto(f"{self.finished}/plan")
        self.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")


def opens(place: str) -> Callable[[Visit], object]:
    return lambda visit: visit.page.goto(place.format(draft=visit.draft, finished=visit.finished))


STATES: dict[str, Callable[[Visit], object]] = {
    "start": opens("/"),
    "single and many": opens("{draft}/profile/about"),
    "many": opens("{draft}/profile/services"),
    "stage": opens("{draft}/harm/interviews"),
    "matrix": opens("{draft}/training/by-topic"),
    "error": Visit.error,
    "exclusive error": Visit.exclusive_error,
    "change": Visit.change,
    "off path": opens("{draft}/why/children"),
    "check": opens("{draft}/check"),
    "pause": opens("{draft}/pause"),
    "return": opens("/assessments/return"),
    "wrong code": Visit.wrong_code,
    "load": opens("/assessments/load"),
    "wrong file": Visit.wrong_file,
    "finish": opens("{draft}/finish"),
    "long name": Visit.long_name,
    "plan": opens("{finished}/plan"),
    "plan unfolded": Visit.all_open,
    "guide": opens("/guide"),
    "guide section": opens("/guide/why"),
    "guide found": opens("/guide?q=youth&audience=rhy&format=guide"),
    "guide none found": opens("/guide?q=nonsense+the&audience=nobody"),
    "guide choices": Visit.guide_choices,
    "not found": opens("/nothing"),
    "not open here": opens("/assessments/AAAAAAAAAAAAAAAA/check"),
}
SAVED: dict[str, dict[str, Answer]] = {
    "profile/about": {"pf-scope": "whole", "pf-who-roles": ["direct", "supervisor"]},
    "profile/services": {"pf-services": ["intake", "residential"], "pf-trafficking": ["sex", "labor"]},
    "why/children": {"why-06": "not_yet", "why-06-note": "From another year"},
    "profile/people": {"pf-populations": ["men", "women"]},
    "start/leaders": {"start-01": "not_yet", "start-01-note": "Ask\nthe board", "start-02": "not_sure"},
    "harm/interviews": {"harm-01": "not_yet", "harm-02": "started", "harm-03": "part_of_work"},
    "capacity/feedback": {"cap-08": "not_applicable", "cap-08-reason": "Not our work"},
    "training/by-topic": {"tr-topics-effects": "few", "tr-topics-peers": "not_sure"},
    "training/barriers": {"tr-barriers": ["coverage", "cost"], "tr-outside": "never"},
}
NARROW_TOO = {
    "guide section",
    "guide choices",
    "start",
    "wrong file",
    "stage",
    "matrix",
    "error",
    "check",
    "plan",
    "change",
}


@pytest.fixture(scope="session")
def prepared(browser: Browser, site: str) -> tuple[StorageState, str, str]:
    """A browser's cookies with a draft (shown its return code) and a finished assessment."""
    with browser.new_context(base_url=site) as context:
        token = re.search('name="csrf_token" value="([^"]+)"', context.request.get("/").text())[1]

        def post(path: str, **data: Answer) -> str:
            """Send a form; return where it leads."""
            body = urlencode({"csrf_token": token, **data}, doseq=True)
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return context.request.post(path, data=body, headers=headers, max_redirects=0).headers["location"]

        draft, finished = (post("/assessments/").removesuffix("/profile/about") for _ in range(2))
        for address in (draft, finished):
            for place, data in SAVED.items():
                post(f"{address}/{place}", **data)
        post(f"{draft}/pause")
        post(f"{finished}/finish", agency="Lantern Youth Shelter")
        return context.storage_state(), draft, finished


@pytest.fixture
def visit(new_page: NewPage, prepared: tuple[StorageState, str, str]) -> Visit:
    """A visitor with a draft and a finished assessment."""
    state, draft, finished = prepared
    return Visit(new_page(state=state), draft, finished)


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_accessible_and_fits_every_screen(visit: Visit, state: str) -> None:
    STATES[state](visit)
    assert violations(visit.page) == []
    if state in NARROW_TOO:
        visit.page.set_viewport_size({"width": 375, "height": 800})
        assert violations(visit.page) == []
    visit.page.set_viewport_size({"width": 320, "height": 800})
    assert too_wide(visit.page) == []


def test_after_an_error_the_focus_is_on_the_summary_and_its_links_lead_to_the_fields(visit: Visit) -> None:
    visit.error()
    page = visit.page
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
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
    expect(heading).to_have_text("About this check")
    expect(page.locator("#pf-scope-is-whole")).to_be_checked()
    page.go_forward()
    expect(heading).to_have_text("What you do")
    page.go_back()
    page.locator("label[for='pf-scope-is-one_program']").click()
    page.get_by_role("button", name="Save and see all answers").click()
    expect(page.get_by_text("One program or site")).to_be_visible()
    page.go_back()
    expect(page.locator("#pf-scope-is-one_program")).to_be_checked()


def test_after_finishing_the_back_button_leads_to_the_plan_again(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Save and see all answers").click()
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
    page.get_by_role("button", name="Save and see all answers").dblclick()
    expect(page.get_by_text("The whole agency")).to_be_visible()


def test_the_reason_is_asked_for_only_when_it_does_not_apply(visit: Visit) -> None:
    visit.page.goto(f"{visit.draft}/why/basics")
    reason = visit.page.locator("#why-01-reason")
    expect(reason).to_be_hidden()
    visit.page.locator("label[for='why-01-is-not_applicable']").click()
    expect(reason).to_be_visible()
    expect(visit.page.locator("#why-02-reason")).to_be_hidden()


def test_pages_load_nothing_from_elsewhere(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in ("/", "/guide"):
        page.goto(place, wait_until="networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []
