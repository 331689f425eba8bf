"""Saves and pages per second with 1, 8 and 32 visitors at once, on each database, next to a bare Flask.

`python -m bench.load` measures only this.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from bench.crowd import Crowd, Turns, Waited, percentiles
from bench.databases import NAMES, databases
from bench.machine import children, resident
from bench.serving import FLOOR, OURS, Client, served
from bench.visitor import Visitor

CROWDS = (1, 8, 32)
SECONDS = 4.0
PLACES = ("why/basics", "start/leaders")
HEAD = (
    "| served by | visitors | saves a second, and as many pages | a save: p50, p95, p99 (ms) "
    "| a page: p50, p95, p99 (ms) | memory of a worker | share of the processor the visitors took |\n"
    "|---|---:|---:|---:|---:|---:|---:|"
)


class _Bare:
    """A visitor of the bare Flask."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def save(self) -> None:
        self._client.post("/", {"value": "started"})

    def show(self) -> None:
        self._client.get("/")


def load(new_database: Callable[[str], str]) -> str:
    """Return the table. Our application and the bare Flask alternate, on the same database."""
    lines = [HEAD]
    for kind in NAMES:
        for name, factory, visitor in (
            ("bare Flask", FLOOR, _Bare),
            ("the self-check", OURS, lambda client: Visitor(client, PLACES)),
        ):
            lines += _lines(f"{name}, {kind}", factory, new_database(kind), visitor)
    return "\n".join(lines)


def _lines(name: str, factory: str, database_url: str, visitor: Callable[[Client], Turns]) -> list[str]:
    lines = []
    with served(factory, database_url=database_url) as (port, pid):
        visitors = [visitor(Client(port)) for _ in range(max(CROWDS))]
        for size in CROWDS:
            own = time.process_time()
            with Crowd(visitors[:size]) as waited:
                time.sleep(SECONDS)
            share = (time.process_time() - own) / waited.seconds / (os.cpu_count() or 1)
            memory = max(resident(worker) for worker in children(pid))
            lines.append(_line(name, size, waited, memory, share))
    return lines


def _line(name: str, size: int, waited: Waited, memory: float, share: float) -> str:
    cells = [
        name,
        str(size),
        f"{len(waited.saves) / waited.seconds:.0f}",
        _spread(waited.saves),
        _spread(waited.pages),
        f"{memory:.0f} MB",
        f"{share:.0%}",
    ]
    return f"| {' | '.join(cells)} |"


def _spread(taken: Sequence[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in percentiles(taken))


if __name__ == "__main__":
    with databases() as new:
        print(load(new))
