"""Many visitors at once, each in a thread: save, load the next page, and again until stopped."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Turns(Protocol):
    """A visitor who saves something durably and then loads a page."""

    def save(self) -> None:
        """Save a page."""

    def show(self) -> None:
        """Load a page."""


@dataclass
class Waited:
    """Times of each save and each page in ms, and the duration of the run in seconds."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    seconds: float = 0.0


class Crowd:
    """Visitors who keep going while the `with` block lasts, with a pause (in seconds) after each page.

    An error of any of them is raised at the end of the block.
    """

    def __init__(self, visitors: Sequence[Turns], pause: float = 0.0) -> None:
        self.waited = Waited()
        self._pause = pause
        self._stop = threading.Event()
        self._errors: list[Exception] = []
        self._threads = [threading.Thread(target=self._visit, args=[visitor]) for visitor in visitors]

    def __enter__(self) -> Waited:
        self._begun = time.perf_counter()
        for thread in self._threads:
            thread.start()
        return self.waited

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.waited.seconds = time.perf_counter() - self._begun
        if self._errors:
            raise self._errors[0]

    def _visit(self, visitor: Turns) -> None:
        try:
            while not self._stop.is_set():
                self.waited.saves.append(_taken(visitor.save))
                self.waited.pages.append(_taken(visitor.show))
                self._stop.wait(self._pause)
        except Exception as error:
            self._errors.append(error)


def percentiles(taken: Sequence[float]) -> tuple[float, float, float]:
    """Return p50, p95 and p99."""
    cut = statistics.quantiles(taken, n=100, method="inclusive")
    return cut[49], cut[94], cut[98]


def _taken(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000
