"""Submitting a page of six questions and loading the next; check page, plan page, PDF; memory of a worker."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from bench.machine import children, milliseconds, own_memory, processor_time, resident
from bench.rows import Row
from bench.serving import FLOOR, OURS, SIX_ON_A_PAGE, Client, served
from bench.visitor import Visitor, answer_all, begin, finish

TURNS = 400
PAGES = 5


def submit_and_next() -> list[Row]:
    """Return the processor time and median of submitting a page and loading the next, and a bare Flask's."""
    with served(FLOOR) as (port, pid):
        client = Client(port)

        def bare() -> None:
            client.post("/", {"value": "started"})
            client.get("/")

        floor_median, floor_cpu = _turns(bare, pid)
    with served(SIX_ON_A_PAGE) as (port, pid):
        visitor = Visitor(Client(port), [f"why/p{number}" for number in range(PAGES)])

        def turn() -> None:
            visitor.save()
            visitor.show()

        median, cpu = _turns(turn, pid)
    what = "Page of six submitted and the next shown, processor time"
    return [
        Row(what, cpu, limit=5, beside=f"bare Flask with one durable row: {floor_cpu:.1f} ms"),
        Row("The same, median, one client", median, limit=7, beside=f"bare Flask: {floor_median:.1f} ms"),
    ]


def pages() -> list[Row]:
    """Return the median times of the check page, plan page and cached PDF, and memory."""
    with served(OURS) as (port, pid):
        client = Client(port)
        base, csrf = begin(client)
        answer_all(client, base, csrf)
        check = milliseconds(lambda: client.get(f"{base}/check"), 60)
        finish(client, base, csrf)
        start = time.perf_counter()
        _, _, first = client.get(f"{base}/plan.pdf")
        first_time = (time.perf_counter() - start) * 1000
        for _ in range(12):
            client.get(f"{base}/plan")
        time.sleep(4)  # the PDF child of each worker has started
        plan = milliseconds(lambda: client.get(f"{base}/plan"), 60)
        cached = milliseconds(lambda: client.get(f"{base}/plan.pdf"), 60)
        assert first == client.get(f"{base}/plan.pdf")[2]
        workers = children(pid)
        memory = max(resident(worker) for worker in workers)
        own = max(own_memory(worker) for worker in workers)
        started = [child for worker in workers for child in children(worker)]
        pdf_memory = max(resident(child) for one in started for child in (one, *children(one)))
    return [
        Row("Check page, every question answered", check, limit=10),
        Row("Plan page, the longest plan", plan, limit=10),
        Row(
            "PDF of a finished plan again", cached, limit=10, beside=f"first time, cold: {first_time:.0f} ms"
        ),
        Row("Memory of a web worker (resident)", memory, "MB", limit=70),
        Row("Memory of a web worker (its own, not shared with others)", own, "MB"),
        Row("Memory of the PDF child (resident)", pdf_memory, "MB", limit=130),
    ]


def _turns(turn: Callable[[], None], pid: int) -> tuple[float, float]:
    for _ in range(40):
        turn()
    workers = children(pid)
    before, taken = processor_time(workers), []
    for _ in range(TURNS):
        start = time.perf_counter()
        turn()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), (processor_time(workers) - before) / TURNS
