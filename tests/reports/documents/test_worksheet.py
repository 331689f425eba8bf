"""The questions on paper: all of them, in order, with a box for each answer; and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pypdfium2
import pytest

from questions.kinds.many import ManyQuestion
from questions.kinds.matrix import MatrixQuestion
from questions.model import Questionnaire
from reports.documents.html.worksheet import worksheet
from reports.documents.pdf.render import pdf
from tests.support.page import text_of
from tests.support.pdf_checks import pdf_of, validation_errors


@pytest.fixture(scope="module")
def root(questionnaire: Questionnaire) -> Element:
    """The worksheet, parsed strictly."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(worksheet(questionnaire))


@pytest.fixture(scope="module")
def made(questionnaire: Questionnaire) -> bytes:
    return pdf_of(worksheet(questionnaire))


def classed(element: Element, name: str) -> Iterator[Element]:
    return (found for found in element.iter() if name in found.get("class", "").split())


def test_every_question_is_printed_in_order_with_its_help(
    root: Element, questionnaire: Questionnaire
) -> None:
    blocks = list(classed(root, "question"))
    for number, (block, question) in enumerate(
        zip(blocks, questionnaire.questions.values(), strict=True), start=1
    ):
        text = text_of(block)
        assert text.startswith(f"{number}. {question.text}")
        assert question.help in text
        assert (not question.is_practice) or question.evidence_prompt in text


def test_every_answer_has_a_box(root: Element, questionnaire: Questionnaire) -> None:
    for block, question in zip(classed(root, "question"), questionnaire.questions.values(), strict=True):
        mark = "any" if isinstance(question, ManyQuestion) else "one"
        labels = [option.label for option in question.options_in(questionnaire)]
        boxes = list(classed(block, mark))
        if isinstance(question, MatrixQuestion):
            rows = [row.label for row in question.rows_in(questionnaire)]
            assert len(boxes) == len(rows) * len(labels)
            assert all(row in text_of(block) for row in rows)
            assert [text_of(cell) for cell in block.iter("th")][1:] == labels
        else:
            assert [text_of(box).startswith(label) for box, label in zip(boxes, labels, strict=True)]


def test_every_part_and_page_has_its_title_and_each_part_its_intro(
    root: Element, questionnaire: Questionnaire
) -> None:
    parts = list(classed(root, "part"))
    for number, (block, part) in enumerate(zip(parts, questionnaire.parts, strict=True), start=1):
        assert text_of(next(block.iter("h2"))) == f"{number}. {part.short_title}"
        assert [text_of(title) for title in block.iter("h3")] == [page.title for page in part.pages]
        assert part.intro in text_of(block)


def test_what_is_not_asked_of_all_says_so_by_number(root: Element, questionnaire: Questionnaire) -> None:
    numbers = {id_: number for number, id_ in enumerate(questionnaire.questions, start=1)}
    said = {}
    for block, question in zip(classed(root, "question"), questionnaire.questions.values(), strict=True):
        lines = [text_of(line) for line in classed(block, "only")]
        rows = question.rows_in(questionnaire) if isinstance(question, MatrixQuestion) else ()
        conditions = [question.show_when, *(row.show_when for row in rows)]
        assert len(lines) == sum(condition is not None for condition in conditions)
        assert all(line.startswith("Only if you ") for line in lines)
        said[question.id] = " ".join(lines)
    assert said["why-05"] == (
        f"Only if you chose “Labor trafficking” in question {numbers['pf-trafficking']}."
    )


def test_it_says_how_to_use_it_and_that_it_is_not_a_test(root: Element, questionnaire: Questionnaire) -> None:
    first = text_of(next(classed(root, "start")))
    texts = questionnaire.texts
    assert all(step in first for step in texts.files.worksheet.how)
    assert texts.plan.not_validated in first
    assert texts.screen.content_note in first


def test_the_score_sheet_has_each_practice_and_what_the_stages_mean(
    root: Element, questionnaire: Questionnaire
) -> None:
    (sheet,) = classed(root, "score")
    rows = [text_of(row) for table in classed(sheet, "sheet") for row in next(table.iter("tbody"))]
    numbers = {id_: number for number, id_ in enumerate(questionnaire.questions, start=1)}
    shorts = [f"{numbers[practice.id]}. {practice.short}" for practice in questionnaire.practices]
    assert all(row.startswith(short) for row, short in zip(rows, shorts, strict=True))
    stages = questionnaire.scale["stage4"].options
    assert all(option.label in text_of(sheet) and option.meaning in text_of(sheet) for option in stages)


def test_the_agenda_of_the_meeting_takes_two_hours(root: Element) -> None:
    (agenda,) = classed(root, "agenda")
    minutes = [int(text_of(cell)) for cell in agenda.iter("td") if cell.get("class") == "minutes"]
    assert sum(minutes) == 120


def test_the_score_sheet_has_two_pages_and_the_stages_are_on_every_page_of_questions(
    made: bytes, questionnaire: Questionnaire
) -> None:
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(made)]
    marks = [number for number, page in enumerate(pages, start=1) if page.count(" a b c d e f ") > 5]
    assert marks == [2, 3]
    meaning = questionnaire.practices[0].options_in(questionnaire)[0].meaning
    assert all(meaning in page for page in pages[1:])


def test_the_pdf_is_pdf_ua_and_reads_aloud_without_error(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "worksheet.pdf"
    file.write_bytes(made)
    assert validation_errors(file) == []


def test_the_pdf_is_the_same_each_time_and_nothing_is_logged(
    made: bytes, questionnaire: Questionnaire, caplog: pytest.LogCaptureFixture
) -> None:
    assert pdf(worksheet(questionnaire)) == made
    assert [line.getMessage() for line in caplog.records if line.name == "weasyprint"] == []


def test_no_page_of_the_pdf_is_nearly_empty_and_no_question_is_split(
    made: bytes, questionnaire: Questionnaire
) -> None:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert 10 <= len(pages) <= 18
    # A table of training needs stays whole, and leaves room before it.
    assert min(len(page.split()) for page in pages) > 80
    for question in questionnaire.questions.values():
        if question.is_practice:
            plain = [" ".join(page.split()) for page in pages]
            (here,) = [page for page in plain if question.text in page]
            assert question.evidence_prompt in here
