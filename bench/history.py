"""The history page of an agency with many assessments, beside one with few."""

from __future__ import annotations

import re
import statistics
import time

from bench.serving import Client, served, token

FEW, MANY = 5, 50
ROUNDS = 300


def history_page() -> dict[str, float]:
    """Return the median times of the history page in ms, with few assessments and with many."""
    with served("ours", prepare=True) as (port, _pid):
        pages = {count: _history(Client(port), count) for count in (FEW, MANY)}
        taken: dict[int, list[float]] = {count: [] for count in pages}
        for _ in range(ROUNDS):
            for count, (client, address) in pages.items():
                start = time.perf_counter()
                client.get(address)
                taken[count].append((time.perf_counter() - start) * 1000)
    return {"few": statistics.median(taken[FEW]), "many": statistics.median(taken[MANY])}


def _history(client: Client, count: int) -> tuple[Client, str]:
    """Finish this many assessments of one agency, each from the one before; return their page."""
    csrf = token(client.get("/")[2])
    _, onward, _ = client.post("/assessments/", {"csrf_token": csrf}, 302)
    for number in range(1, count + 1):
        base = "/".join(onward.split("/")[:3])
        fields = {"csrf_token": csrf, "pf-scope": "whole", "pf-who": "team"}
        client.post(f"{base}/profile/about", fields, 302)
        client.post(f"{base}/finish", {"csrf_token": csrf, "agency": "Harbor House"}, 302)
        if number < count:
            _, onward, _ = client.post(f"{base}/retake", {"csrf_token": csrf, "start": "blank"}, 302)
    found = re.search(r'href="(/progress/[^/"]+/)"', client.get(f"{base}/plan")[2])
    assert found
    return client, found[1]
