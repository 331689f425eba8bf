"""Whole journeys from the start page to the PDF."""

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.example_agencies import HOSPITAL, LEGAL_CLINIC, YOUTH_SHELTER, Agency
from tests.support.browser.states import NewPage
from tests.support.browser.walk import QUESTIONNAIRE, begin, download_pdf, finish, follow, walk


def go_all_the_way(page: Page, agency: Agency) -> str:
    """Go from the start page to the PDF; return the PDF's text."""
    begin(page)
    assert 15 < walk(page, agency) <= 26
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    finish(page, agency.name)
    plan = page.url
    content = download_pdf(page).path().read_bytes()
    page.goto(plan)  # while a PDF was made, another page was shown
    assert content.startswith(b"%PDF-1.")
    pdf = pypdfium2.PdfDocument(content)
    try:
        text = " ".join(leaf.get_textpage().get_text_bounded() for leaf in pdf)
    finally:
        pdf.close()
    assert agency.name in text
    return " ".join(text.split())


@pytest.mark.audit
def test_a_youth_shelter_on_a_phone_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    text = go_all_the_way(page, YOUTH_SHELTER)
    actions = page.locator("#actions ~ .action")
    expect(actions).to_have_count(3)
    page.locator("#action-harm-07 > details > summary").click()
    expect(page.locator("#action-harm-07")).to_contain_text("You answered “Not yet,”")
    expect(page.locator("#action-harm-07")).to_contain_text("House rules are read out at intake.")
    assert "House rules are read out at intake." in text
    expect(page.locator("section[aria-labelledby='strengths']")).to_contain_text(
        QUESTIONNAIRE.questions["why-02"].short
    )


@pytest.mark.audit
def test_a_legal_clinic_for_labor_survivors(page: Page) -> None:
    go_all_the_way(page, LEGAL_CLINIC)
    expect(page.locator("#actions ~ .action")).to_have_count(1)
    expect(page.locator("#action-start-06")).to_have_count(0)
    needs = QUESTIONNAIRE.questions["tr-needs"].options_in(QUESTIONNAIRE)
    chosen = next(option.label for option in needs if option.value == "immigrants")
    page.get_by_role("link", name="Training needs").click()
    expect(page.locator("main")).to_contain_text(chosen)


@pytest.mark.audit
def test_a_hospital_that_is_mostly_not_sure(page: Page) -> None:
    go_all_the_way(page, HOSPITAL)
    expect(page.locator("#actions ~ .action")).to_have_count(1)
    assert page.locator("section[aria-labelledby='find-out'] li").count() > 25


def test_a_break_and_a_return_on_another_device(page: Page, new_page: NewPage) -> None:
    begin(page)
    page.locator("label[for='pf-scope-is-whole']").click()
    page.get_by_role("button", name="Save and finish later").click()
    link = page.locator(".return-code__link a").inner_text()
    page.get_by_role("button", name="Close it on this device").click()
    expect(page.get_by_role("button", name="Start the whole self-check")).to_be_visible()
    elsewhere = new_page(width=375)
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="Open my self-check").click()
    elsewhere.get_by_role("button", name="Save and review").click()
    expect(elsewhere.get_by_text("The whole agency")).to_be_attached()


def answer_then_change(page: Page) -> None:
    """From the first page, answer as an agency for teens; then serve men only, from the check page."""
    for place, controls in {
        "profile/people": ["pf-populations-is-minors", "pf-populations-is-men"],
        "start/youth": ["start-06-is-not_yet"],
    }.items():
        page.goto(page.url.replace("profile/about", place))
        for control in controls:
            page.locator(f"label[for='{control}']").click()
        follow(page.get_by_role("button", name="Save and review"))
        page.goto(page.url.replace("check", "profile/about"))
    follow(page.get_by_role("button", name="Save and review"))
    page.locator("#part-profile summary").click()
    follow(page.locator("#part-profile a[href$='#pf-populations']"))
    page.locator("label[for='pf-populations-is-minors']").click()
    follow(page.get_by_role("button", name="Save and continue"))


def test_a_change_is_looked_at_left_and_made_on_a_phone_without_scripts(new_page: NewPage) -> None:
    page = new_page(375, scripts=False)
    begin(page)
    answer_then_change(page)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Before we save: this changes which questions you see")
    expect(page.get_by_text("You answered it. Your answer is saved but not used.")).to_have_count(1)
    page.get_by_role("link", name="Undo this change").click()
    expect(page.locator("#pf-populations-is-minors")).to_be_checked()
    page.locator("label[for='pf-populations-is-minors']").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save this change").click()
    expect(heading).to_have_text("Check your answers")
    expect(page.get_by_role("heading", name="Saved but not used (1)")).to_be_visible()
