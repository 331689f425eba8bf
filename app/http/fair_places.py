"""Places for what takes long, in a short and fair line: one place for each person at a time.

So whoever asks for many files at once keeps nobody else waiting. Each web process has its own places.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import session

from app.http.remembered_histories import remembered
from app.http.requests import network


class NoPlace(Exception):
    """All places are taken, by others for too long or by this person."""


class FairPlaces:
    """A limited number of places, at most one for each person, and a line for one more request.

    Whoever waits occupies a thread of the server; the others are for people who save.
    """

    def __init__(self, count: int, seconds: float = 6) -> None:
        self._free = count
        self._seconds = seconds
        self._inside: set[str] = set()
        self._is_waiting = False
        self._changed = threading.Condition()

    @contextmanager
    def place(self, person: str) -> Iterator[None]:
        """Take a place for a person. Raises NoPlace if none is free for that person in time."""
        self._take(person)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._inside.remove(person)
                self._changed.notify_all()

    def _take(self, person: str) -> None:
        with self._changed:
            if not self._has_place_for(person):
                self._wait(person)
            self._free -= 1
            self._inside.add(person)

    def _wait(self, person: str) -> None:
        if self._is_waiting:
            raise NoPlace
        self._is_waiting = True
        is_free = self._changed.wait_for(lambda: self._has_place_for(person), self._seconds)
        self._is_waiting = False
        if not is_free:
            raise NoPlace

    def _has_place_for(self, person: str) -> bool:
        return self._free > 0 and person not in self._inside


def person() -> str:
    """Return who sent this request: an account, a browser by what is open in it, or else a network."""
    account, open_here = session.get("_user_id"), remembered()
    return account or next(iter(open_here), "") or network()
