"""The child process that makes PDFs: its limits, and that it comes back after every problem."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from reports.documents.ics import calendar
from reports.documents.pdf.errors import PdfBusy, PdfFailed, PdfUnavailable
from reports.documents.pdf.render import pdf
from reports.documents.pdf.tasks import make_calendar, make_spreadsheet
from reports.documents.pdf.worker import PdfWorker
from reports.documents.xlsx.workbook import spreadsheet
from reports.plan.model import ActionPlan
from reports.team.dates import plan_dates
from reports.team.model import NO_WORK, team_plan
from tests.support.plans import printed

PlanOf = Callable[..., ActionPlan]
SMALL = "<html lang=en><title>Small</title><h1>Small</h1>"
MEDIUM = SMALL + "<p>" + "many words " * 16_000
LARGE = SMALL + "<p>" + "many words " * 200_000


@pytest.fixture(scope="module")
def worker() -> Iterator[PdfWorker]:
    worker = PdfWorker()
    yield worker
    worker.stop()


def children() -> list[psutil.Process]:
    """Return the processes that make PDFs: children of the fork server, which is our child."""
    servers = [child for child in psutil.Process().children() if "forkserver" in " ".join(child.cmdline())]
    return [child for server in servers for child in server.children()]


def test_it_gives_the_same_bytes_as_without_it(worker: PdfWorker, plan_of: PlanOf) -> None:
    html = printed(plan_of({"why-01": "not_yet"}, agency="Harbor House"))
    assert worker.render(html) == pdf(html)


def test_it_makes_other_files_too_and_only_in_the_child(worker: PdfWorker, plan_of: PlanOf) -> None:
    team = team_plan(plan_of({"why-01": "not_yet"}), NO_WORK)
    dates = plan_dates(team)
    assert worker.make(make_calendar, team, dates, "base", 1) == calendar(team, dates, "base", 1)
    assert worker.make(make_spreadsheet, team) == spreadsheet(team)


def test_two_may_wait_for_a_pdf_and_more_are_sent_away_at_once(worker: PdfWorker) -> None:
    worker.render(SMALL)
    made: list[bytes] = []
    busy: list[PdfBusy] = []

    def render() -> None:
        try:
            made.append(worker.render(MEDIUM))
        except PdfBusy as error:
            busy.append(error)

    threads = [threading.Thread(target=render) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(busy), len(set(made))) == (2, 3, 1)
    assert worker.render(SMALL).startswith(b"%PDF")


def test_a_closed_worker_starts_no_other_child() -> None:
    closed = PdfWorker()
    closed.close()
    closed.warm()
    with pytest.raises(PdfFailed):
        closed.render(SMALL)
    assert not closed.running


@pytest.mark.faults
def test_a_killed_child_is_an_error_and_the_next_works(worker: PdfWorker) -> None:
    worker.render(SMALL)
    failed: list[Exception] = []

    def render() -> None:
        try:
            worker.render(LARGE)
        except PdfFailed as error:
            failed.append(error)

    thread = threading.Thread(target=render)
    thread.start()
    time.sleep(0.5)
    for child in children():
        child.kill()
    thread.join(20)
    assert "ended before it was done" in str(failed[0])
    assert worker.render(SMALL).startswith(b"%PDF")


@pytest.mark.faults
def test_a_slow_pdf_is_stopped_and_the_next_works() -> None:
    # Long enough for a small one on a busy machine.
    worker = PdfWorker(timeout=2)
    worker.render(SMALL)
    begun = time.monotonic()
    with pytest.raises(PdfFailed, match="longer than 2 seconds"):
        worker.make(time.sleep, 60)
    assert time.monotonic() - begun < 10
    assert worker.render(SMALL).startswith(b"%PDF")
    worker.stop()


@pytest.mark.faults
def test_a_pdf_that_needs_too_much_memory_fails_and_the_next_works() -> None:
    worker = PdfWorker(memory=220 << 20)
    with pytest.raises(PdfFailed, match=r"memory|ended"):
        worker.render(SMALL + "<p>words" * 60_000)
    assert worker.render(SMALL).startswith(b"%PDF")
    worker.stop()


def test_warming_returns_at_once_and_shortens_the_first_pdf() -> None:
    worker = PdfWorker()
    begun = time.monotonic()
    worker.warm()
    warmed = time.monotonic()
    assert worker.render(SMALL).startswith(b"%PDF")
    assert warmed - begun < time.monotonic() - warmed
    worker.stop()


def test_it_can_be_stopped_twice_and_started_again() -> None:
    worker = PdfWorker()
    worker.stop()
    assert worker.render(SMALL).startswith(b"%PDF")
    worker.stop()
    worker.stop()


def run(code: str) -> subprocess.CompletedProcess[str]:
    begin = "import os, sys, time; from reports.documents.pdf.worker import PdfWorker; worker = PdfWorker()\n"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", begin + code],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_interpreter_ends_without_stopping_it() -> None:
    ended = run(f"print(len(worker.render({SMALL!r})))")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert int(ended.stdout) > 1000


@pytest.mark.parametrize(
    "before", ["", "worker.render(html)\n", "worker.warm()\n"], ids=["cold", "used", "warming"]
)
def test_it_works_on_both_sides_of_a_fork(before: str) -> None:
    code = (
        f"html = {SMALL!r}\n{before}"
        "child = os.fork()\n"
        "made = worker.render(html)\n"
        "ok = made.startswith(b'%PDF')\n"
        "if child: ok = ok and os.waitpid(child, 0)[1] == 0\n"
        "else: worker.stop()\n"
        "sys.stdout.flush(); os._exit(0 if ok else 1)\n"
    )
    ended = run(code)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.faults
def test_no_child_is_left_when_the_parent_is_killed() -> None:
    code = f"worker.render({SMALL!r}); print('ready', flush=True); time.sleep(30)"
    begin = "import time; from reports.documents.pdf.worker import PdfWorker; worker = PdfWorker()\n"
    parent = subprocess.Popen([sys.executable, "-c", begin + code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline().strip() == "ready"
    family = psutil.Process(parent.pid).children(recursive=True)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    gone, alive = psutil.wait_procs(family, timeout=10)
    assert [process.cmdline() for process in alive] == []
    assert len(gone) >= 2


def test_the_child_stays_below_130_megabytes(worker: PdfWorker, plan_of: PlanOf) -> None:
    html = printed(plan_of(every="not_yet", agency="Harbor House"))
    for _ in range(3):
        worker.render(html)
    assert max(child.memory_info().rss for child in children()) < 130e6


@pytest.mark.parametrize("kind", [PdfUnavailable, PdfFailed])
def test_its_errors_keep_their_kind_and_words_on_the_way_back(kind: type[Exception]) -> None:
    error = pickle.loads(pickle.dumps(kind("what to do")))  # noqa: S301 - our own bytes
    assert type(error) is kind
    assert str(error) == "what to do"
