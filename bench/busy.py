"""Saves while eight people request a PDF at once."""

from __future__ import annotations

import threading
import time

from bench.crowd import Crowd, percentiles
from bench.load import PLACES
from bench.rows import Row
from bench.serving import OURS, Client, served
from bench.visitor import Visitor, answer_all, begin, finish

PDFS = 8
SAVING = 8
PAUSE = 0.25


def saves_while_pdfs_are_made() -> list[Row]:
    """Return the p95 of a save while PDFs are created, next to the same without."""
    with served(OURS) as (port, _pid):
        readers = [_with_a_plan(port, number) for number in range(PDFS)]
        crowd = [Visitor(Client(port), PLACES) for _ in range(SAVING)]
        time.sleep(4)  # the PDF child of each worker has started
        with Crowd(crowd, PAUSE) as alone:
            time.sleep(4)
        threads = [threading.Thread(target=_read, args=reader) for reader in readers]
        with Crowd(crowd, PAUSE) as waited:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    what = (
        f"A save while {PDFS} ask for a PDF at once, p95 ({SAVING} others save, {PAUSE} s between two saves)"
    )
    beside = f"when nobody asks: {percentiles(alone.saves)[1]:.1f} ms; {len(waited.saves)} saves"
    return [Row(what, percentiles(waited.saves)[1], limit=100, beside=beside)]


def _with_a_plan(port: int, number: int) -> tuple[Client, str]:
    """Return a visitor and the address of a PDF that is not cached yet."""
    client = Client(port)
    base, csrf = begin(client)
    answer_all(client, base, csrf)
    finish(client, base, csrf, agency=f"Harbor House {number}")
    return client, f"{base}/plan.pdf"


def _read(client: Client, address: str) -> None:
    """Request the PDF until it is there: while others are being created, the site says that it is busy."""
    while client.status(address) != 200:
        time.sleep(0.2)
