"""Going through the self-check as a person does: by the words on the labels and buttons."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Download, Locator, Page, expect

from questions.loading.loader import load_folder
from tests.support.browser.example_agencies import Agency, Answer

QUESTIONNAIRE = load_folder()
PATIENCE = 60_000  # milliseconds for what a busy machine makes; `make bench` is what looks at speed


def follow(target: Locator) -> None:
    """Click what leads to another page, and wait until that page is loaded."""
    with target.page.expect_navigation():
        target.click()


def begin(page: Page) -> None:
    """Start a new self-check."""
    page.goto("/")
    start = page.get_by_role("button", name="Start the whole self-check")
    if not start.is_visible():
        page.get_by_text("Start a separate self-check").click()
    follow(start)
    if page.url.partition("?")[0].endswith("/where"):
        page.locator("label[for='device-is-own']").click()
        follow(page.get_by_role("button", name="Start", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONNAIRE.place_of["pf-scope"][1].title)


def walk(page: Page, agency: Agency) -> int:
    """Answer every page from the first to the check page; return how many there were."""
    assert agency.answers.keys() | agency.notes.keys() <= QUESTIONNAIRE.questions.keys()
    count = 0
    while not page.url.endswith("/check"):
        count += 1
        answer_page(page, agency)
        follow(page.get_by_role("button", name="Save and continue"))
    return count


def answer_page(page: Page, agency: Agency) -> None:
    """Answer the questions of the page that is open."""
    for id_ in page.locator(".question").evaluate_all("all => all.map(one => one.id)"):
        question = QUESTIONNAIRE.questions[id_]
        default = agency.otherwise if question.kind == "stage" else None
        for control in controls(id_, agency.answers.get(id_, default)):
            # Not its label: beside a short word, the middle of the label lies below the button itself.
            page.locator(f"#{control}").click()
        if id_ in agency.notes:
            page.locator(f"#{id_} summary").click()
            page.locator(f"#{id_}-note").fill(agency.notes[id_])


def controls(question: str, answer: Answer | None) -> Iterable[str]:
    """Yield the ids of the controls to choose for an answer."""
    if isinstance(answer, str):
        yield f"{question}-is-{answer}"
    elif isinstance(answer, dict):
        yield from (f"{question}-{row}-is-{value}" for row, value in answer.items())
    elif answer:
        yield from (f"{question}-is-{value}" for value in answer)


def finish(page: Page, name: str) -> None:
    """Finish from the check page."""
    page.get_by_role("link", name="Finish and get your plan").first.click()
    page.get_by_label("Name of your agency or program").fill(name)
    page.get_by_role("button", name="Yes, finish and create the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Action plan")


def download_pdf(page: Page) -> Download:
    """Download the plan."""
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("link", name="Download the plan (PDF)").click(timeout=PATIENCE)
    return download.value
