"""PDFs of 10, 50 and 200 pages: time per page, next to headless Chromium printing the same HTML."""

from __future__ import annotations

import itertools
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

from bench.browser import chromium, printed, standalone
from bench.core import full_plan
from bench.rows import Row
from reports.documents.html.document import document
from reports.documents.pdf.worker import PdfWorker
from reports.team.model import NO_WORK, team_plan

# How many pages, and how often each document is made.
LENGTHS = {10: 5, 50: 2, 200: 1}
PART = '<section class="part'
END = "</body>\n</html>"


def long_pdfs() -> list[Row]:
    """Return the time per page for each length, ours and Chromium's."""
    worker = PdfWorker(timeout=600)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = chromium(playwright)
        rows = []
        for (pages, times), html in zip(LENGTHS.items(), _documents(worker), strict=True):
            file = Path(folder, f"{pages}.html")
            file.write_text(standalone(html), encoding="utf-8")
            ours = _a_page(lambda html=html: worker.render(html), times)
            theirs = _a_page(lambda file=file: printed(browser, file), times)
            beside = f"Chromium, the same HTML: {theirs:.1f} ms"
            rows.append(Row(f"PDF of {pages} pages, warm, time a page", ours, beside=beside))
        browser.close()
    worker.stop()
    return rows


def _documents(worker: PdfWorker) -> Iterator[str]:
    """Yield a document of each length: parts of a real plan, repeated while they fit."""
    html = document(team_plan(full_plan(), NO_WORK)).rstrip().removesuffix(END)
    front, first, *rest = html.split(PART)
    front += PART + first
    parts = [PART + part for part in rest]
    upto = [_pages(worker.render("".join((front, *parts[:count], END)))) for count in range(len(parts) + 1)]
    sizes = [after - before for before, after in itertools.pairwise(upto)]
    for wanted in LENGTHS:
        text, have = front, upto[0]
        copy = 0
        while have + min(sizes) <= wanted:
            for part, size in zip(parts, sizes, strict=True):
                if have + size <= wanted:
                    text += _with_own_ids(part, copy)
                    have += size
            copy += 1
        yield text + END


def _with_own_ids(part: str, copy: int) -> str:
    """Return a copy of the part whose ids, and references to them, end in the number of the copy."""
    if not copy:
        return part
    ids = "|".join(map(re.escape, re.findall(r' id="([^"]+)"', part)))
    return re.sub(rf'="(#?)({ids})"', rf'="\1\2-copy{copy}"', part)


def _a_page(make: Callable[[], bytes], times: int) -> float:
    """Return the shortest time in ms per page of the document."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        content = make()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken) / _pages(content)


def _pages(content: bytes) -> int:
    return len(pypdfium2.PdfDocument(content))
