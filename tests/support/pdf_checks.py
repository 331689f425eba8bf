"""What the tests of a PDF ask of it: its text, and what the validators hold against it."""

from __future__ import annotations

from pathlib import Path

import outloud
import page as page_validation
import pypdfium2


def text_of(made: bytes | Path) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def faults(file: Path) -> list[str]:
    """Return what the two validators hold against the file: PDF/UA-1, and errors in what is read aloud."""
    report = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    heard = outloud.check(str(file)).findings
    return [f.message for f in report.failures] + [f.message for f in heard if str(f.severity) == "error"]
