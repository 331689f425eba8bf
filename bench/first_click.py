"""The first click on a plan's PDF, some seconds after its page: was the file made ahead?"""

from __future__ import annotations

import threading
import time

from bench.crowd import percentiles
from bench.rows import Row
from bench.serving import OURS, Client, served
from bench.visitor import answer_all, begin, finish

VISITS = 40
BETWEEN = 2.0
READING = 10.0


def first_clicks() -> list[Row]:
    """Return the p95 of the click, for visitors who come one after another and read the plan first."""
    taken: list[float] = []
    with served(OURS) as (port, _pid):
        visitors = [_with_answers(port) for _ in range(VISITS)]
        threads = [threading.Thread(target=_visit, args=(*visitor, taken)) for visitor in visitors]
        for thread in threads:
            thread.start()
            time.sleep(BETWEEN)
        for thread in threads:
            thread.join()
    what = (
        f"First click on a plan's PDF, {READING:.0f} s after its page, p95 (a new plan every {BETWEEN:.0f} s)"
    )
    quick = sum(ms < 100 for ms in taken)
    beside = f"median {percentiles(taken)[0]:.1f} ms; {quick} of {VISITS} visits under 100 ms"
    return [Row(what, percentiles(taken)[1], limit=100, beside=beside)]


def _with_answers(port: int) -> tuple[Client, str, str]:
    client = Client(port)
    base, csrf = begin(client)
    answer_all(client, base, csrf)
    return client, base, csrf


def _visit(client: Client, base: str, csrf: str, taken: list[float]) -> None:
    """Finish, look at the plan, and click on its PDF."""
    finish(client, base, csrf)
    client.get(f"{base}/plan")
    time.sleep(READING)
    start = time.perf_counter()
    assert client.status(f"{base}/plan.pdf") == 200
    taken.append((time.perf_counter() - start) * 1000)
