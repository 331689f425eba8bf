"""Nothing that was typed is lost: leaving, going back, pressing twice, coming too late; and paper."""

import pypdfium2
import pytest
from playwright.sync_api import Dialog, Page, Request, Route, expect

from tests.support.browser.states import STATES, NewPage, Visit
from tests.support.browser.walk import begin, follow


def asked_on(page: Page) -> list[str]:
    """The questions that the browser asks before it leaves a page; each is answered with no."""
    kinds: list[str] = []

    def stay(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return kinds


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The same, on the page of the test."""
    return asked_on(page)


def open_note(page: Page) -> str:
    """Begin, and open the note of a practice; return the address of the self-check."""
    begin(page)
    address = page.url.split("/profile")[0]
    page.goto(f"{address}/why/basics")
    page.locator("#why-02 summary").click()
    return address


def test_the_browser_asks_before_leaving_only_when_something_is_not_saved(
    page: Page, asked: list[str]
) -> None:
    open_note(page)
    guide = page.get_by_role("link", name="The guide")
    guide.click()
    page.wait_for_url("**/guide")
    page.go_back()
    page.locator("#why-02 summary").click()
    note = page.locator("#why-02-note")
    note.fill("Ask the board")
    guide.click(no_wait_after=True)
    expect(note).to_have_value("Ask the board")
    assert asked == ["beforeunload"]
    note.fill("")
    guide.click()
    page.wait_for_url("**/guide")
    page.go_back()
    page.locator("label[for='why-02-is-not_yet']").click()
    page.get_by_role("button", name="Save and review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert asked == ["beforeunload"]


@pytest.mark.audit
def test_a_rejected_form_counts_as_unsaved_until_it_is_sent(page: Page, asked: list[str]) -> None:
    open_note(page)
    page.locator("#why-02-note").fill("x" * 2001)
    save = page.get_by_role("button", name="Save and review")
    save.click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="The guide").click(no_wait_after=True)
    expect(page.locator(".error-summary")).to_be_visible()
    assert asked == ["beforeunload"]
    page.locator("#why-02-note").fill("x")
    save.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert asked == ["beforeunload"]


@pytest.mark.audit
@pytest.mark.parametrize("state", ["change", "look-back"])
def test_a_change_that_is_looked_at_and_a_look_back_count_as_not_saved(visit: Visit, state: str) -> None:
    asked = asked_on(visit.page)
    STATES[state](visit)
    if state == "look-back":
        visit.page.locator("details.look-back select").first.select_option(index=1)
    here = visit.page.url
    visit.page.get_by_role("link", name="The guide").click(no_wait_after=True)
    expect(visit.page).to_have_url(here)
    assert asked == ["beforeunload"]
    if state == "change":
        visit.page.get_by_role("link", name="Undo this change").click()
        visit.page.wait_for_url("**/profile/people")
        assert asked == ["beforeunload"]


def test_a_form_is_sent_once_and_its_button_keeps_the_focus(page: Page) -> None:
    page.clock.install()
    open_note(page)
    sent: list[Request] = []

    def stay(route: Route) -> None:
        sent.append(route.request)
        route.fulfill(status=204)  # an answer that leaves the page as it is

    page.route("**/why/basics", stay)
    button = page.get_by_role("button", name="Save and continue")
    with page.expect_response("**/why/basics"):
        button.dblclick(no_wait_after=True)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-disabled", "true")
    page.clock.fast_forward(6000)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    assert [request.method for request in sent] == ["POST"]
    assert "go=next" in (sent[0].post_data or "")


def test_a_form_waits_while_there_is_no_connection_and_goes_out_when_it_is_back(page: Page) -> None:
    open_note(page)
    note = page.locator("#why-02-note")
    note.fill("Typed on a train")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.get_by_role("button", name="Save and continue").click()
    expect(note).to_have_value("Typed on a train")
    with page.expect_navigation():
        page.context.set_offline(False)
    page.go_back()
    expect(note).to_have_value("Typed on a train")


def test_a_site_that_does_not_answer_is_noticed_before_what_was_typed_is_sent(page: Page) -> None:
    open_note(page)
    note = page.locator("#why-02-note")
    note.fill("Typed before the server stopped")
    page.route("**/*", lambda route: route.abort("connectionrefused"))
    save = page.get_by_role("button", name="Save and review")
    save.click()
    expect(page.locator("#no-answer")).to_be_visible()
    expect(note).to_have_value("Typed before the server stopped")
    expect(save).not_to_have_attribute("aria-disabled", "true")
    page.unroute("**/*")
    follow(save)
    page.go_back()
    expect(note).to_have_value("Typed before the server stopped")


def test_while_the_site_does_not_answer_leaving_still_asks(page: Page, asked: list[str]) -> None:
    open_note(page)
    note = page.locator("#why-02-note")
    note.fill("Typed before the server hung")
    page.route("**/healthz", lambda _route: None)  # no answer
    save = page.get_by_role("button", name="Save and review")
    save.click()
    expect(save).to_have_attribute("aria-disabled", "true")
    page.get_by_role("link", name="The guide").click(no_wait_after=True)
    expect(note).to_have_value("Typed before the server hung")
    assert asked == ["beforeunload"]


def test_only_a_form_with_something_unsaved_asks_whether_the_site_answers(page: Page) -> None:
    open_note(page)
    probes: list[str] = []
    page.on("request", lambda request: probes.append(request.url) if "/healthz" in request.url else None)
    save = page.get_by_role("button", name="Save and review")
    follow(save)
    assert probes == []
    open_note(page)
    page.locator("#why-02-note").fill("Typed")
    follow(save)
    assert len(probes) == 1


def test_an_answer_can_be_cleared_as_soon_as_something_is_chosen(page: Page) -> None:
    begin(page)
    clear = page.locator("label[for='pf-scope-is-blank']")
    expect(clear).to_be_hidden()
    page.locator("label[for='pf-scope-is-whole']").click()
    page.locator("#pf-scope-is-blank").click()
    expect(page.locator("#pf-scope-is-whole")).not_to_be_checked()


def test_the_back_button_shows_what_is_saved_and_a_reload_sends_nothing_again(page: Page) -> None:
    address = open_note(page)
    note = page.locator("#why-02-note")
    note.fill("First")
    page.get_by_role("button", name="Save and review").click()
    page.wait_for_url("**/check")
    page.goto(f"{address}/why/basics?from=check")
    note.fill("Second")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/check*")
    methods: list[str] = []
    page.on("request", lambda request: methods.append(request.method))
    page.reload()
    for _ in range(3):
        page.go_back()
    assert page.url.endswith("/why/basics")
    expect(note).to_have_value("Second")
    assert set(methods) == {"GET"}


def test_a_visit_that_ended_keeps_what_was_typed_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    begin(page)
    page.get_by_role("button", name="Save and finish later").click()
    code = page.locator(".return-code__code").inner_text()
    page.get_by_role("link", name="Keep going").click()
    page.locator("label[for='pf-scope-is-whole']").click()
    page.context.clear_cookies()
    page.get_by_role("button", name="Save and continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("What you sent is not saved yet")
    expect(page.get_by_role("main")).to_contain_text("The whole agency")
    page.get_by_label("Return code").fill(code)
    page.get_by_role("button", name="Open my self-check and continue").click()
    page.get_by_role("button", name="Send it again").click()
    expect(heading).to_have_text("What you do")
    page.goto(page.url.replace("services", "about"))
    expect(page.locator("#pf-scope-is-whole")).to_be_checked()


def test_folded_parts_are_printed_and_buttons_are_not(visit: Visit) -> None:
    visit.open("{draft}/harm/interviews")
    visit.page.emulate_media(media="print")
    for gone in (".site-header", ".site-footer", ".usa-button", ".steps", ".note summary"):
        expect(visit.page.locator(gone).first).to_be_hidden()
    expect(visit.page.locator("#harm-01-note")).to_be_visible()
    expect(visit.page.locator("#harm-01-reason")).to_be_hidden()


PAPER = {
    "/": ("What you get", "Start the whole"),
    "{draft}/start/leaders": ("Ask", "Save and continue"),
    "{draft}/check": ("Check your answers", "Finish later"),
    "{finished}/plan": ("Who leads", "Work on this action"),
    "{comparison}": ("What changed", "Download as PDF"),
    "{history}": ("the same", "Compare any two"),
    "/guide/why": ("(https://", "Search and filter"),
    "/privacy": ("who can read it", "Start now"),
}


@pytest.mark.audit
@pytest.mark.parametrize("place", PAPER)
def test_a_page_prints_its_text_and_leaves_out_its_buttons(visit: Visit, place: str) -> None:
    visit.open(place)
    wanted, unwanted = PAPER[place]
    pdf = pypdfium2.PdfDocument(visit.page.pdf(format="Letter"))
    pages = [" ".join(leaf.get_textpage().get_text_bounded().split()) for leaf in pdf]
    pdf.close()
    text = " ".join(pages)
    assert wanted in text
    assert unwanted not in text
    assert [page for page in pages if len(page) < 40] == [], "a page is all but empty"
    assert "If you need support now" not in text
