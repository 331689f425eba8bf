"""Where a page of the plan ends: what belongs together stays so, and nothing else is pulled along.

Each piece is laid out below more and more paragraphs, so that the foot of a page crosses it at every height.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2

from reports.documents.html.document import document
from reports.documents.pdf.render import pdf
from reports.team.model import NO_WORK, team_plan
from tests.support.pdf_kinds import answers_to_everything, plan
from tests.support.sample import sample_questionnaire

HEAD = '<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>T</title></head><body><h1>T</h1>'
# About 30 of these paragraphs fill a page.
PARAGRAPHS = range(17, 31)


def pages_below(piece: str) -> Iterator[list[str]]:
    """Yield the text of each page, of this piece below so many paragraphs."""
    for count in PARAGRAPHS:
        above = "<p>above</p>" * count
        made = pdf(f'{HEAD}<section class="chapter">{above}{piece}</section></body></html>')
        opened = pypdfium2.PdfDocument(io.BytesIO(made))
        yield [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def pages_with(pages: list[str], word: str) -> list[int]:
    return [number for number, page in enumerate(pages) if word in page]


def test_a_table_of_one_row_does_not_pull_what_follows_to_the_next_page() -> None:
    rows = "<tr><td>later</td></tr>" * 12
    piece = (
        "<h3>first</h3><table><tbody><tr><td>only</td></tr></tbody></table>"
        f'<h3>second</h3><div style="break-inside: avoid"><table><tbody>{rows}</tbody></table></div>'
    )
    apart = [(pages_with(pages, "only"), pages_with(pages, "second")) for pages in pages_below(piece)]
    assert all(len(only) == len(second) == 1 for only, second in apart)
    assert any(only != second for only, second in apart)


def test_a_table_may_begin_below_a_caption_on_the_page_before() -> None:
    row = f"<tr><td>begins{'<p>goes on</p>' * 20}</td></tr>"
    head = "<caption>named</caption><thead><tr><th>head</th></tr></thead>"
    piece = f"<table>{head}<tbody>{row * 4}</tbody></table>"
    apart = [(pages_with(pages, "named"), pages_with(pages, "begins")) for pages in pages_below(piece)]
    assert any(named[0] < begins[0] for named, begins in apart)


def test_a_resource_beside_an_action_is_not_torn_in_two() -> None:
    words = " ".join(["begins", *["goes on and on"] * 30, "ends"])
    write = f'<div class="write">{"<p>to write</p>" * 5}</div>'
    piece = f'<article class="action"><p class="item">{words}</p>{write}</article>'
    for pages in pages_below(piece):
        assert pages_with(pages, "begins") == pages_with(pages, "ends") == pages_with(pages, "to write")


def test_a_note_is_on_the_page_of_what_it_is_about() -> None:
    note = '<div class="note"><p class="label">Your reason</p><p class="typed">because</p></div>'
    piece = "".join(f'<p class="item">practice{number}</p>{note}' for number in range(10))
    for pages in pages_below(piece):
        for page in pages[:-1]:
            assert page.count("practice") == page.count("because")


def test_what_is_to_find_out_is_led_in_on_the_page_where_it_begins() -> None:
    unsure = plan(answers_to_everything(sample_questionnaire(), ("not_sure",)))
    text = document(team_plan(unsure, NO_WORK))
    intro = text.index(sample_questionnaire().texts.plan.find_out_intro)
    begins, ends = text.rindex("<h3", 0, intro), text.index("</tr>", text.index("<tbody>", intro))
    piece = text[begins:ends] + "</tr></tbody></table>"
    for pages in pages_below(f'<div class="find-out">{piece}</div>'):
        assert pages_with(pages, "Find out first") == pages_with(pages, "What could show it")


def test_a_note_in_a_table_stands_on_the_page_of_its_row() -> None:
    row = '<tr><td>practice</td><td>answer</td></tr><tr class="noted"><td colspan="2">because</td></tr>'
    piece = f"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{row * 12}</tbody></table>"
    for pages in pages_below(piece):
        assert all(page.count("practice") == page.count("because") for page in pages)
