"""The PDF of a plan: the same bytes each time, its fonts, its page numbers, and other scripts.

What its tags say is tested for every kind of PDF in test_pdf_read_back.py.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reports.documents.pdf.render import pdf
from reports.plan.model import ActionPlan
from tests.support.pdf_checks import text_of, validation_errors
from tests.support.pdf_kinds import STAGES, answers_to_everything
from tests.support.pdf_kinds import plan as plan_with
from tests.support.plans import printed
from tests.support.sample import sample_questionnaire

PlanOf = Callable[..., ActionPlan]
LETTER = (612.0, 792.0)
OUR_FONTS = ("Source-Sans-Pro", "Public-Sans", "IBM-Plex-Sans-Arabic", "Noto-Sans-Arabic", "Noto-Sans-Hebrew")


@pytest.fixture(scope="module")
def plan() -> ActionPlan:
    """A plan with every chapter: strengths, actions, further findings, things to find out and left out."""
    return plan_with(answers_to_everything(sample_questionnaire(), STAGES))


@pytest.fixture(scope="module")
def html(plan: ActionPlan) -> str:
    return printed(plan)


@pytest.fixture(scope="module")
def made(html: str) -> bytes:
    return pdf(html)


@pytest.fixture(scope="module")
def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


@pytest.fixture(scope="module")
def pages(made: bytes) -> list[str]:
    """The text of each page."""
    return text_of(made)


def test_the_same_html_gives_the_same_bytes(made: bytes, html: str) -> None:
    assert pdf(html) == made


def test_its_properties_come_from_the_plan_alone(opened: pikepdf.Pdf) -> None:
    assert opened.docinfo["/Title"] == "Action plan: Harbor House, March 1, 2026"
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20260301")
    assert opened.Root.Lang == "en-US"


def test_every_page_is_letter(opened: pikepdf.Pdf) -> None:
    assert {tuple(float(n) for n in page.mediabox[2:]) for page in opened.pages} == {LETTER}


def test_only_our_fonts_are_used_and_each_is_embedded(opened: pikepdf.Pdf) -> None:
    objects = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
    fonts = [o for o in objects if o.get("/Type") == "/FontDescriptor"]
    names = {str(font.FontName).split("+", 1)[1] for font in fonts}
    assert {name for name in names if not name.startswith(OUR_FONTS)} == set()
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_links_are_printed_and_lead_inside_or_to_the_web(opened: pikepdf.Pdf) -> None:
    links = [note for note in annotations(opened) if note.Subtype == "/Link"]
    web = [str(link.A.URI) for link in links if "/A" in link]
    assert len(web) > 10
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in web)
    assert all(("/A" in link or "/Dest" in link) and int(link.F) & 4 for link in links)


def test_each_field_to_fill_in_has_a_name_of_its_own_and_a_label(opened: pikepdf.Pdf) -> None:
    fields = [note for note in annotations(opened) if note.Subtype == "/Widget"]
    names = [str(field.T) for field in fields]
    assert len(names) > 30
    assert len(names) == len(set(names))
    assert all(str(field.TU) for field in fields)


def annotations(opened: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [note for page in opened.pages for note in page.get("/Annots", [])]


def test_every_page_but_the_first_says_whose_plan_it_is_and_where_one_is(pages: list[str]) -> None:
    assert "Page 1" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in text
        assert "Harbor House · Action plan · March 1, 2026" in text


def test_each_action_has_a_page_of_its_own(pages: list[str], plan: ActionPlan) -> None:
    for action in plan.planned:
        title = f"{action.position}. {action.title}"
        own = [page for page in pages if title in page and "What can help" in page]
        assert len(own) == 1
        assert f"Your plan for action {action.position}" in own[0]


def right_to_left(plan_of: PlanOf, path: Path, name: str, note: str) -> str:
    """Return the text of a plan with this name and note, after both validators passed it."""
    plan = plan_of({"why-01": "not_yet"}, agency=name, notes={"why-01": note})
    path.write_bytes(pdf(printed(plan)))
    assert validation_errors(path) == []
    return "".join(text_of(path))


def test_hebrew_prints_and_can_be_read_back(plan_of: PlanOf, tmp_path: Path) -> None:
    text = right_to_left(plan_of, tmp_path / "hebrew.pdf", "בית הנמל", "שלום עולם")
    assert "בית הנמל" in text
    assert "שלום עולם" in text


def test_arabic_prints_and_can_be_read_back(plan_of: PlanOf, tmp_path: Path) -> None:
    text = right_to_left(plan_of, tmp_path / "arabic.pdf", "بيت الناس", "هذا بيت")
    assert "بيت الناس" in text
    assert "هذا بيت" in text
