"""PDFs of the site: each is made once, and cached under a key of everything it was made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

from flask import Flask, current_app

from app import clock
from app.database.pdf_cache import find_file, store_file
from app.encryption import encryptor
from app.extensions import db
from app.http.fair_places import FairPlaces, NoPlace, person
from reports.documents.pdf.cache_key import engine
from reports.documents.pdf.errors import PdfBusy
from reports.documents.pdf.tasks import make_pdf
from reports.documents.pdf.worker import MOST_WAITING, PdfWorker

P = ParamSpec("P")
_WORKER, _PLACES = "pdf_worker", "file_places"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfIdentity:
    """Which PDF: its name, its assessment (None for one of the whole site), and what it depends on.

    `inputs`, with the code and libraries that draw the file, determines every byte of it.
    """

    name: str
    assessment_id: int | None
    inputs: tuple[str, ...]

    @property
    def key(self) -> str:
        """A keyed digest of everything it depends on: without the keys, nobody can guess at what it holds."""
        return encryptor().digest("\n".join((engine(), self.name, *self.inputs)))


def cached_pdf(pdf: PdfIdentity, html: Callable[[], str]) -> bytes:
    """Return the cached PDF, or a new one of this HTML. Raises PdfBusy, PdfFailed, PdfUnavailable."""
    content = find_file(pdf.key)
    if content is None:
        text = html()
        db.session.rollback()  # no transaction stays open while the PDF is rendered
        content = make_file(make_pdf, text)
        store_file(pdf.key, pdf.name, pdf.assessment_id, content, clock.now())
        db.session.commit()
    return content


def make_file(task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
    """Return a file that the child makes, when it is this person's turn. Raises what the worker raises."""
    places: FairPlaces = current_app.extensions[_PLACES]
    try:
        with places.place(person()):
            return worker().make(task, *args, **kwargs)
    except NoPlace:
        raise PdfBusy("Other files are being generated.") from None


def warm_up() -> None:
    """Start the child process that renders PDFs, unless it runs: the next request is likely for a PDF."""
    worker().warm()


def register(app: Flask) -> None:
    """Give the application a worker, and places for those who wait for it."""
    use_worker(app, PdfWorker())
    app.extensions[_PLACES] = FairPlaces(MOST_WAITING)


def use_worker(app: Flask, worker: PdfWorker) -> None:
    """Make the application create files with this worker."""
    app.extensions[_WORKER] = worker


def worker() -> PdfWorker:
    """Return the worker, which creates files in a child process."""
    found: PdfWorker = current_app.extensions[_WORKER]
    return found
