"""The history page of an agency with many assessments, next to one with few."""

from __future__ import annotations

import statistics
import time

from app.comparisons.history_view import PAGE_SIZE
from bench.rows import Row
from bench.serving import OURS, Client, served
from bench.visitor import begin, finish, history_of

FEW, MANY = PAGE_SIZE + 1, 50  # more than a page shows of both, so that the pages are alike
ROUNDS = 300


def history_page() -> list[Row]:
    """Return the median time of the history page with many assessments, next to one with few."""
    with served(OURS) as (port, _pid):
        pages = {count: _history(Client(port), count) for count in (FEW, MANY)}
        taken: dict[int, list[float]] = {count: [] for count in pages}
        for _ in range(ROUNDS):
            for count, (client, address) in pages.items():
                start = time.perf_counter()
                client.get(address)
                taken[count].append((time.perf_counter() - start) * 1000)
    few, many = (statistics.median(taken[count]) for count in (FEW, MANY))
    return [
        Row(f"History page, {MANY} self-checks", many, limit=1.1 * few, beside=f"with {FEW}: {few:.1f} ms")
    ]


def _history(client: Client, count: int) -> tuple[Client, str]:
    """Finish this many assessments, each started from the last; return the address of their history."""
    base, csrf = begin(client)
    for number in range(1, count + 1):
        fields = {"csrf_token": csrf, "pf-scope": "whole", "pf-who": "team"}
        client.post(f"{base}/profile/about", fields, 302)
        finish(client, base, csrf)
        if number < count:
            _, onward, _ = client.post(f"{base}/retake", {"csrf_token": csrf, "start": "blank"}, 302)
            base = "/".join(onward.split("/")[:3])
    return client, history_of(client, base)
