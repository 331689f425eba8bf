"""PDFs of the site: each is made once, and cached under a key of everything it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from app import clock
from app.database.pdf_cache import find_file, keep_file
from app.extensions import db
from reports.documents.pdf.cache_key import engine
from reports.documents.pdf.worker import PdfWorker


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOf:
    """Which PDF: its name, its assessment (None for the site's own), and what it is made from.

    `made_from`, with the code and libraries that draw the file, determines every byte of it.
    """

    name: str
    assessment_id: int | None
    made_from: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return a digest of what it is made from, as 64 hex digits."""
        return hashlib.sha256("\n".join((engine(), self.name, *self.made_from)).encode()).hexdigest()


def cached_pdf(pdf: PdfOf, html: Callable[[], str]) -> bytes:
    """Return the cached PDF, or a new one of this HTML. Raises PdfBusy, PdfFailed, PdfUnavailable."""
    content = find_file(pdf.key)
    if content is None:
        text = html()
        db.session.rollback()  # no transaction stays open while the PDF is made
        content = worker().render(text)
        keep_file(pdf.key, pdf.name, pdf.assessment_id, content, clock.now())
        db.session.commit()
    return content


def warm_up() -> None:
    """Start the child that makes PDFs unless it runs: the next request is likely to be for a PDF."""
    worker().warm()


def worker() -> PdfWorker:
    """Return what makes files in a child process."""
    found: PdfWorker = current_app.extensions["pdf_worker"]
    return found
