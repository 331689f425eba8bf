"""Files are made before anyone asks, and until one is there, a browser gets a page that leads to it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.database.tables import CachedFile
from app.extensions import db
from app.http import making_ahead
from app.http.making_ahead import Ahead
from app.pdf_cache import PdfIdentity, cached_pdf, use_worker
from app.plans import plan_pdf
from reports.documents.pdf.errors import PdfFailed, PdfUnavailable
from reports.documents.pdf.worker import PdfWorker
from tests.support.client import Assessment, Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class _Broken(PdfWorker):
    """A child that makes nothing."""

    def make(self, task: Callable[..., bytes], *args: object, **kwargs: object) -> bytes:
        raise PdfFailed(f"{task} ended.")


class _Deleting(PdfWorker):
    """A child that is quick, but not quicker than someone who deletes the self-check."""

    def __init__(self, delete: Callable[[], object]) -> None:
        super().__init__()
        self._delete = delete

    def render(self, html: str) -> bytes:
        deleting = threading.Thread(target=self._delete)
        deleting.start()
        deleting.join()
        return b"%PDF of " + html.encode()


@pytest.fixture
def finished(assessment: Assessment) -> Assessment:
    assessment.save("harm-01", {"harm-01": "not_yet"})
    assessment.finish()
    return assessment


@contextlib.contextmanager
def running(app: Flask, *at_start: Callable[[], object]) -> Iterator[None]:
    making_ahead.start(app, at_start)
    try:
        yield
    finally:
        making_ahead.stop(app)


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_there(assessment: Assessment) -> bool:
    return assessment.client.raw.get(assessment.at("plan.pdf"), headers=BROWSER).status_code == 200


def test_the_plans_page_has_its_pdf_made(finished: Assessment) -> None:
    with running(finished.client.app):
        finished.client.get(finished.at("plan"))
        wait_until(lambda: is_there(finished))
    use_worker(finished.client.app, _Broken())
    assert finished.client.file(finished.at("plan.pdf")).data.startswith(b"%PDF")


def test_after_an_edit_it_is_made_when_all_rests(
    finished: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_pdf, "REST", 0.8)
    begun = time.monotonic()
    with running(finished.client.app):
        finished.client.post(finished.at("plan/actions/harm-01"), {"owner": "Intake lead"})
        finished.client.get(finished.at("plan"))
        wait_until(lambda: is_there(finished))
    assert time.monotonic() - begun > 0.8


def test_the_files_for_all_visitors_are_made_at_the_start_by_one_process(app: Flask) -> None:
    made: list[int] = []
    with running(app, lambda: made.append(1)):
        wait_until(lambda: made)
    with running(app, lambda: made.append(2)):
        time.sleep(0.5)
    assert made == [1]


def test_a_task_that_fails_keeps_no_other_from_running(app: Flask) -> None:
    ahead, done = Ahead(app), threading.Event()

    def fail() -> float:
        raise PdfFailed

    def finish() -> float:
        done.set()
        return 0

    ahead.add("fails", fail, 0)
    ahead.add("works", finish, 0.01)
    thread = threading.Thread(target=ahead.run)
    thread.start()
    assert done.wait(10)
    ahead.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_on_a_machine_without_pdfs_the_thread_ends(app: Flask) -> None:
    ahead = Ahead(app)

    def fail() -> float:
        raise PdfUnavailable

    ahead.add("fails", fail, 0)
    ahead.run()


def test_a_browser_gets_a_page_until_the_file_is_there(finished: Assessment) -> None:
    address = finished.at("plan.pdf")
    waiting = finished.client.raw.get(address, headers=BROWSER)
    assert waiting.status_code == 202
    assert "Your file is being made" in waiting.text
    leads_to = waiting.headers["Refresh"].partition("url=")[2]
    assert leads_to == f"{address}?wait=yes"
    assert finished.client.raw.get(leads_to, headers=BROWSER).data.startswith(b"%PDF")
    assert finished.client.raw.get(address, headers=BROWSER).data.startswith(b"%PDF")


def test_a_part_of_the_plan_leaves_the_whole_in_the_cache(finished: Assessment) -> None:
    whole = finished.client.file(finished.at("plan.pdf")).data
    assert finished.client.file(finished.at("plan.pdf?part=summary")).data != whole
    use_worker(finished.client.app, _Broken())
    assert finished.client.file(finished.at("plan.pdf")).data == whole


def test_two_threads_that_need_the_same_file_make_it_once(client: Client) -> None:
    made: list[str] = []

    def html() -> str:
        made.append("once")
        time.sleep(0.2)
        return "<html lang='en'><title>T</title><p>Text"

    def make() -> None:
        with client.app.app_context():
            cached_pdf(PdfIdentity(name="test", assessment_id=None, inputs=("same",)), html)

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["once"]


def test_a_file_that_tells_of_a_self_check_deleted_meanwhile_is_not_stored(finished: Assessment) -> None:
    client = finished.client
    address = client.post(finished.at("retake"), {"start": "old"})
    later = Assessment(client, "/".join(address.split("/")[:3]))
    later.finish()
    use_worker(client.app, _Deleting(lambda: client.post(finished.at("delete?of=finished"))))
    assert client.raw.get(later.at("plan.pdf")).status_code == 200
    with client.app.app_context():
        assert db.session.execute(select(CachedFile.key)).all() == []


def test_a_file_whose_self_check_is_deleted_while_it_is_made_is_not_stored(finished: Assessment) -> None:
    client = finished.client
    use_worker(client.app, _Deleting(lambda: client.post(finished.at("delete?of=finished"))))
    assert client.raw.get(finished.at("plan.pdf")).status_code == 200
    assert client.raw.get(finished.at("plan.pdf")).status_code == 404
    with client.app.app_context():
        assert db.session.execute(select(CachedFile.key)).all() == []
