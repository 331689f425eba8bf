"""The text of a PDF, and the errors that validators find in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import outloud
import page as page_validation
import pypdfium2

from reports.documents.pdf.render import pdf


@cache
def pdf_of(html: str) -> bytes:
    """Return the PDF of a document, made once for all tests that look at it."""
    return pdf(html)


def text_of(made: bytes | Path) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def validation_errors(file: Path) -> list[str]:
    """Return the errors that two validators find: against PDF/UA-1, and in what a screen reader says."""
    report = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    heard = outloud.check(str(file)).findings
    return [f.message for f in report.failures] + [f.message for f in heard if str(f.severity) == "error"]
