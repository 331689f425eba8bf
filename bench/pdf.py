"""The PDF of a full plan, warm, beside headless Chromium printing the same HTML in the same run."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.core import full_plan
from bench.machine import children, resident
from reports.document import document, standalone
from reports.pdf_worker import PdfWorker
from reports.team import NO_WORK, team_plan

ROUNDS = 15
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def pdf_of_a_full_plan() -> dict[str, float]:
    """Return medians in ms, ours and Chromium's taken in turn, and the PDF child's memory in MB."""
    html = document(team_plan(full_plan(), NO_WORK))
    worker = PdfWorker()
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "plan.html")
        page.write_text(standalone(html), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        runs = {"ours": lambda: worker.render(html), "chromium": lambda: _print(browser, page)}
        medians = _in_turn(runs)
        browser.close()
    memory = max(resident(pid) for child in children(os.getpid()) for pid in [child, *children(child)])
    worker.stop()
    return {
        "ours": medians["ours"],
        "chromium": medians["chromium"],
        "child_memory": memory,
    }


def _print(browser: Browser, path: Path) -> bytes:
    page = browser.new_page()
    page.goto(path.as_uri())
    content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return content


def _in_turn(runs: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    """Return each run's median, one after the other in each round, so that both meet the same machine."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 2):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            if number > 1:
                taken[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}
