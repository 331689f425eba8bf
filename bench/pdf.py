"""The PDF of a full plan, warm, next to headless Chromium printing the same HTML in the same run."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browser import chromium, printed, standalone
from bench.core import full_plan
from bench.rows import Row
from reports.documents.html.document import document
from reports.documents.pdf.worker import PdfWorker
from reports.team.model import NO_WORK, team_plan

ROUNDS = 15


def pdf_of_a_full_plan() -> list[Row]:
    """Return the median times, ours and Chromium's in alternation."""
    html = document(team_plan(full_plan(), NO_WORK))
    worker = PdfWorker()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "plan.html")
        page.write_text(standalone(html), encoding="utf-8")
        browser = chromium(playwright)
        ours, theirs = _in_turn(lambda: worker.render(html), lambda: printed(browser, page))
        browser.close()
    worker.stop()
    beside = f"Chromium, the same HTML, a new page each time: {theirs:.0f} ms"
    return [Row("PDF of the longest plan, warm", ours, limit=0.9 * theirs, beside=beside)]


def _in_turn(*runs: Callable[[], bytes]) -> list[float]:
    """Return the median of each function. They alternate, so that all see the same load."""
    taken: list[list[float]] = [[] for _ in runs]
    for number in range(ROUNDS + 2):
        for run, times in zip(runs, taken, strict=True):
            start = time.perf_counter()
            run()
            if number > 1:
                times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times) for times in taken]
