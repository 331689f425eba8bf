"""PDFs of the site: each is made once, and cached under a key of everything it was made from.

A browser that asks for one that is not cached gets a page at once, which leads to the same address with
`wait`. Whoever asks with that, or accepts no HTML, waits for the file. Most files are there before anyone
asks (`app.http.making_ahead`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec

from flask import Flask, current_app, has_request_context, request
from sqlalchemy.exc import IntegrityError

from app import clock
from app.database.assessments import by_id
from app.database.pdf_cache import find_file, has_file, store_file
from app.encryption import encryptor
from app.extensions import db
from app.http.fair_places import FairPlaces, NoPlace, person
from reports.documents.pdf.cache_key import engine
from reports.documents.pdf.errors import PdfBusy
from reports.documents.pdf.worker import MOST_WAITING, PdfWorker

P = ParamSpec("P")
_WORKER, _PLACES, _MAKING = "pdf_worker", "file_places", "files_being_made"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfIdentity:
    """Which PDF: its name, its assessment (None for one of the whole site), and what it depends on.

    `inputs`, with the code and libraries that draw the file, determines every byte of it. `earlier_id` is
    another assessment that it tells of.
    """

    name: str
    assessment_id: int | None
    inputs: tuple[str, ...]
    earlier_id: int | None = None

    @property
    def key(self) -> str:
        """A keyed digest of everything it depends on: without the keys, nobody can guess at what it holds."""
        return encryptor().digest("\n".join((engine(), self.name, *self.inputs)))


class BeingMade(Exception):
    """The file is not there yet, and a browser asked for it: show a page meanwhile."""


def cached_pdf(pdf: PdfIdentity, html: Callable[[], str]) -> bytes:
    """Return the cached PDF, or a new one of this HTML.

    Raises PdfFailed and PdfUnavailable; in a request PdfBusy, and BeingMade if it can show a page meanwhile.
    """
    content = find_file(pdf.key)
    if content is not None:
        return content
    db.session.rollback()  # no transaction stays open while the PDF is rendered
    if not has_request_context():
        return _new_pdf(pdf, html, worker().render_ahead)
    if _shows_pages():
        raise BeingMade
    with _place():
        return _new_pdf(pdf, html, worker().render)


def is_cached(pdf: PdfIdentity) -> bool:
    """Return whether the file is there."""
    return has_file(pdf.key)


def _shows_pages() -> bool:
    """Return whether the request is a browser's, and not the one that its page about the file leads to."""
    return "wait" not in request.args and "text/html" in request.accept_mimetypes.values()


def _new_pdf(pdf: PdfIdentity, html: Callable[[], str], render: Callable[[str], bytes]) -> bytes:
    """Make and store the file, unless another thread is making it: then wait for that one."""
    with _making(pdf.key):
        content = find_file(pdf.key)
        if content is None:
            text = html()
            db.session.rollback()
            content = render(text)
            _store(pdf, content)
    return content


def _store(pdf: PdfIdentity, content: bytes) -> None:
    """Cache a file, unless an assessment in it was deleted while it was made: then nothing of it stays."""
    if pdf.earlier_id is not None and by_id(pdf.earlier_id) is None:
        return
    try:
        store_file(pdf.key, pdf.name, pdf.assessment_id, content, clock.now())
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


@contextmanager
def _making(key: str) -> Iterator[None]:
    """Keep other threads of this process from making the same file."""
    waiting: dict[str, threading.Lock] = current_app.extensions[_MAKING]
    lock = waiting.setdefault(key, threading.Lock())
    with lock:
        try:
            yield
        finally:
            waiting.pop(key, None)


def make_file(task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
    """Return a file that the child makes, when it is this person's turn. Raises what the worker raises."""
    with _place():
        return worker().make(task, *args, **kwargs)


@contextmanager
def _place() -> Iterator[None]:
    """Wait for this person's turn. Raises PdfBusy."""
    places: FairPlaces = current_app.extensions[_PLACES]
    try:
        with places.place(person()):
            yield
    except NoPlace:
        raise PdfBusy("Other files are being generated.") from None


def warm_up() -> None:
    """Start the child process that renders PDFs, unless it runs: the next request is likely for a PDF."""
    worker().warm()


def register(app: Flask) -> None:
    """Give the application a worker, and places for those who wait for it."""
    use_worker(app, PdfWorker())
    app.extensions[_PLACES] = FairPlaces(MOST_WAITING)
    app.extensions[_MAKING] = {}


def use_worker(app: Flask, worker: PdfWorker) -> None:
    """Make the application create files with this worker."""
    app.extensions[_WORKER] = worker


def worker() -> PdfWorker:
    """Return the worker, which creates files in a child process."""
    found: PdfWorker = current_app.extensions[_WORKER]
    return found
