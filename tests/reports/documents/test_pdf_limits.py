"""What the PDF refuses or bears: hostile text, addresses, and a machine without Pango or fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from questions.model import Questionnaire
from reports.documents.pdf import render as pdf_module
from reports.documents.pdf.errors import PdfFailed, PdfUnavailable
from reports.documents.pdf.render import pdf
from reports.plan.model import ActionPlan
from tests.support.plans import printed

PlanOf = Callable[..., ActionPlan]


HOSTILE: Mapping[str, str] = {
    "markup": '<script>alert(1)</script><img src="file:///etc/passwd"><style>@page{size:10px}</style>' * 20,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 833,
    "bidi": "\u202e\u2066abc\u2069\u202c" * 400,
    "one word": "w" * 2000,
    "lines": "x\n" * 1000,
    "surrogates": "\ud83d\x00\x1b" * 600,
    "marks": "a" + "\u0301\u0323" * 900,
    "unknown": "你好" * 1000,
}


def test_hostile_notes_print(plan_of: PlanOf, questionnaire: Questionnaire) -> None:
    practices = list(questionnaire.practice)
    notes = dict(zip(practices, HOSTILE.values(), strict=False))
    made = pdf(printed(plan_of(dict.fromkeys(notes, "not_yet"), agency="x" * 120, notes=notes)))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert "<script>alert(1)</script>" in text
    assert b"/etc/passwd" not in pikepdf.open(io.BytesIO(made)).Root.to_json()


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1/x", "https://a.example", "data:text/css,a"]
)
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(ValueError, match="disallowed"):
        pdf_module._offline_fetcher().fetch(address)


def test_a_missing_library_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MISSING_LIBRARY", "cannot load library 'libpango-1.0-0'")
    with pytest.raises(PdfUnavailable, match=re.escape("apt-get install -y libpango-1.0-0")):
        pdf("<p>x</p>")


def test_missing_fonts_are_said_in_plain_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_module, "FONT_FOLDER", tmp_path)
    with pytest.raises(PdfUnavailable, match="make setup"):
        pdf("<p>x</p>")


def test_an_error_inside_weasyprint_is_a_pdf_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(pdf_module.HTML, "write_pdf", broken)
    with pytest.raises(PdfFailed, match="broken"):
        pdf("<p>x</p>")
