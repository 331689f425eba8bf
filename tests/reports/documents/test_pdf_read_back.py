"""Every kind of PDF, read back: its tags, texts, links and bookmarks are those of the HTML it is made from.

Two kinds in every run; all of them in `make audit`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import html5lib
import outloud
import page as page_validation
import pypdfium2
import pytest

from tests.support.pdf_checks import pdf_of
from tests.support.pdf_kinds import KINDS
from tests.support.pdf_reading import TaggedPdf, bare

LEAN = ("edited", "comparison")
HEIGHT = 792
HTML = "{http://www.w3.org/1999/xhtml}"
SVG_TITLE = "{http://www.w3.org/2000/svg}title"
HEADINGS = re.compile(f"{HTML}h([1-4])")
BLOCKS = {f"{HTML}{name}" for name in ("h1", "h2", "h3", "h4", "p", "li", "td", "th", "caption")}
# Where each role may stand: the roles of what is around it.
PLACES = {
    "Document": {""},
    "Sect": {"Document"},
    "Art": {"Sect", "Div"},
    "Div": {"Sect", "Art", "Div"},
    "L": {"Sect", "Div"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "Table": {"Sect", "Art", "Div"},
    "Caption": {"Table"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TR": {"THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "Figure": {"P", "Div"},
    "Form": {"P", "NonStruct"},
}
BARE_LINKS = {"here", "click here", "link", "more", "read more", "this", "page", "website"}
# Lines that recur in actions and answers, and happen to be at the top or foot of some pages.
RECURRING = re.compile(
    "What can help|Your note|Ask the night shift|We want to do it all|Act first|Plan next|Practice|Not yet"
)
RUNNING_HEADS = re.compile(r"\d+ running header or footer line\(s\) are tagged as content on 3 or more pages")


class Kind(NamedTuple):
    """A PDF and the HTML it was made from."""

    name: str
    html: str
    made: bytes
    spoken: TaggedPdf
    root: html5lib.treebuilders.base.Node


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=() if name in LEAN else pytest.mark.audit) for name in KINDS],
)
def kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kind:
    html = KINDS[request.param]()
    path = tmp_path_factory.mktemp("pdf") / "made.pdf"
    made = pdf_of(html)
    path.write_bytes(made)
    return Kind(request.param, html, made, TaggedPdf(path), html5lib.HTMLParser(strict=True).parse(html))


@pytest.fixture(scope="module")
def read(kind: Kind) -> TaggedPdf:
    return kind.spoken


def words(element: html5lib.treebuilders.base.Node) -> str:
    """Return the text of an HTML element, without the charts in it."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: html5lib.treebuilders.base.Node) -> Iterator[str]:
    if str(element.tag).endswith("}svg"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def blocks(kind: Kind) -> list[str]:
    """Return the text of each block of the page that holds no other block."""
    body = kind.root.find(f"{HTML}body")
    found = (
        e for e in body.iter() if e.tag in BLOCKS and not any(c.tag in BLOCKS for c in e.iter() if c is not e)
    )
    return [text for text in map(words, found) if text]


def headings(kind: Kind) -> list[tuple[int, str]]:
    found = ((HEADINGS.fullmatch(str(element.tag)), element) for element in kind.root.iter())
    return [(int(match[1]), words(element)) for match, element in found if match]


def test_two_validators_find_nothing(kind: Kind) -> None:
    report = page_validation.validate_pdf(
        str(kind.spoken.path), profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert report.is_compliant
    assert [problem.message for problem in report.failures] == []
    heard = outloud.check(str(kind.spoken.path)).findings
    assert [f.message for f in heard if str(f.severity) != "info" and not is_coincidence(f)] == []


def is_coincidence(found: Any) -> bool:
    """Return whether only lines that recur in the contents are taken for running heads."""
    lines = (found.evidence or "").split("; ")
    return RUNNING_HEADS.fullmatch(found.message) is not None and all(map(RECURRING.search, lines))


def test_it_says_its_language_and_shows_its_title(kind: Kind, read: TaggedPdf) -> None:
    title = next(kind.root.iter(f"{HTML}title")).text
    assert (read.document.lang, read.document.display_doc_title) == ("en-US", True)
    assert (read.document.info_title, read.document.xmp["dc:title"]) == (title, title)


def test_every_tag_is_inside_one_that_may_hold_it(read: TaggedPdf) -> None:
    wrong = [
        e.path
        for e in read.elements
        if e.type in PLACES and (e.parent.type if e.parent else "") not in PLACES[e.type]
    ]
    assert wrong == []
    assert {e.type for e in read.elements} <= {
        *PLACES,
        "P",
        "H1",
        "H2",
        "H3",
        "H4",
        "Span",
        "Link",
        "NonStruct",
    }


def test_headings_are_those_of_the_page_in_order_without_gaps(kind: Kind, read: TaggedPdf) -> None:
    found = read.headings()
    assert [(level, bare(text)) for level, text in found] == [(level, bare(t)) for level, t in headings(kind)]
    levels = [level for level, _ in found]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_bookmarks_are_the_headings_of_two_levels_but_for_those_of_the_summary(
    kind: Kind, read: TaggedPdf
) -> None:
    found = [(level, bare(title)) for level, title in read.bookmarks()]
    on_paper = kind.root.iter(f"{HTML}section")
    summary = [section for section in on_paper if "summary-part" in section.get("class", "")]
    inside = [(3, words(h)) for section in summary for h in section.iter(f"{HTML}h3")]
    expected = [heading for heading in headings(kind) if heading[0] in (2, 3)]
    assert found == [(level, bare(text)) for level, text in expected if (level, text) not in inside]
    assert not summary or len(found) == len(set(found))


def test_what_is_read_is_the_page_in_its_order(kind: Kind, read: TaggedPdf) -> None:
    # All but the numbers: those of pages stand in the contents only when it is laid out.
    said, there = (
        re.sub(r"[\d•]", "", bare(text)) for text in (read.whole(), words(kind.root.find(f"{HTML}body")))
    )
    assert said == there


def test_text_that_is_taken_out_of_the_file_is_in_order(kind: Kind) -> None:
    pages = pypdfium2.PdfDocument(kind.made)
    text, place = bare("".join(page.get_textpage().get_text_range() for page in pages)), 0
    for block in blocks(kind):
        place = text.find(bare(block)[:25], place)
        assert place >= 0, block


def test_each_table_is_one_with_all_its_rows_and_cells_that_know_their_heads(
    kind: Kind, read: TaggedPdf
) -> None:
    tables = read.of("Table")
    rows = [[e for e in table.descendants() if e.type == "TR"] for table in tables]
    there = [len(list(table.iter(f"{HTML}tr"))) for table in kind.root.iter(f"{HTML}table")]
    assert [len(found) for found in rows] == there
    for table in tables:
        heads = [e for e in table.descendants() if e.type == "TH"]
        places = {"Column": "THead", "Row": "TBody"}
        assert all(e.parent.parent.type == places[str(e.attr("Scope")).strip("/")] for e in heads)
        assert all(read.text(head) for head in heads)
        named = {
            str(name) for e in table.descendants() if e.type == "TD" for name in e.obj.A.get("/Headers", [])
        }
        assert named <= {head.id for head in heads}


def test_every_chart_says_its_numbers(kind: Kind, read: TaggedPdf) -> None:
    assert [e.alt for e in read.of("Figure")] == [title.text for title in kind.root.iter(SVG_TITLE)]


def test_running_heads_are_artifacts_and_all_else_is_tagged(read: TaggedPdf) -> None:
    count = len(read.document.pages)
    for number in range(count):
        content = read.document.content(number)
        aside = bare("".join(run.text for run in content.artifact_runs()))
        assert (f"Page{number + 1}" in aside) is (number > 0)
        assert content.untagged_runs() == []
    assert "Page 2" not in read.whole()


def test_every_link_says_where_it_leads_and_never_just_here(kind: Kind, read: TaggedPdf) -> None:
    links = [annotation for annotation in read.document.annotations if annotation.subtype == "Link"]
    assert all(link.contents for link in links)
    assert all(element.parent and element.parent.type != "Link" for element in read.of("Link"))
    texts = [read.text(element).strip(" .").lower() for element in read.of("Link")]
    assert len({link.objgen for link in links}) <= len(texts)
    assert all(text and text not in BARE_LINKS for text in texts)
    hrefs = {a.get("href") for a in kind.root.iter(f"{HTML}a") if not a.get("href").startswith("#")}
    assert hrefs <= {link.contents for link in links}


def test_no_heading_is_the_last_line_of_a_page(read: TaggedPdf) -> None:
    for number in range(len(read.document.pages) - 1):
        tagged = [run for run in read.runs(number) if run.tagged and run.text.strip()]
        lowest = min(tagged, key=lambda run: run.bbox[1])
        assert not read.owner(number, lowest).is_heading, lowest.text


def test_no_table_leaves_one_row_alone_on_a_page(read: TaggedPdf) -> None:
    for table in read.of("Table"):
        rows = [read.pages_of(e)[0] for body in table.children if body.type == "TBody" for e in body.children]
        if len(rows) > 3 and rows[0] != rows[-1]:
            assert rows.count(rows[0]) > 1, read.text(table)[:80]
            assert rows.count(rows[-1]) > 1, read.text(table)[-80:]


def test_no_page_is_half_empty_but_an_action_a_tracker_and_the_last_of_a_part(
    kind: Kind, read: TaggedPdf
) -> None:
    pages = pypdfium2.PdfDocument(kind.made)
    starts = [mark.get_dest().get_index() for mark in pages.get_toc() if mark.level == 0]
    last = {start - 1 for start in starts} | {len(pages) - 1}
    actions = {page for art in read.of("Art") for page in read.pages_of(art)}
    words_ = [page.get_textpage().get_text_range().split() for page in pages]
    for number in set(range(len(pages))) - last - actions:
        lowest = min(run.bbox[1] for run in read.runs(number) if run.text.strip())
        assert lowest < HEIGHT / 2 or "Tracker" in words_[number], number
