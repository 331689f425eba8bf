"""One person's files starve nobody: each has one place at a time, and a short line keeps few waiting."""

import contextlib
import threading
from collections import Counter

import pytest

from app.http.fair_places import FairPlaces, NoPlace


def test_each_person_has_one_place_at_a_time() -> None:
    places = FairPlaces(2, seconds=0.05)
    with places.place("greedy"):
        with pytest.raises(NoPlace), places.place("greedy"):
            pass
        with places.place("other"), pytest.raises(NoPlace), places.place("third"):
            pass
        with places.place("third"):
            pass
    with places.place("greedy"):
        pass


def test_one_more_waits_and_gets_the_next_place() -> None:
    places, inside, waited = FairPlaces(1, seconds=10), threading.Event(), []

    def wait() -> None:
        inside.set()
        with places.place("second"):
            waited.append("second")

    with places.place("first"):
        thread = threading.Thread(target=wait)
        thread.start()
        assert inside.wait(10)
        while not places._is_waiting:
            pass
        with pytest.raises(NoPlace), places.place("third"):
            pass
        assert waited == []
    thread.join()
    assert waited == ["second"]


def test_a_person_who_asks_in_five_loops_starves_nobody() -> None:
    """As in the attack: 5 loops of one person against one other, who got 1 of 16 files."""
    places, got, stop = FairPlaces(2, seconds=1), Counter[str](), threading.Event()

    def ask(person: str) -> None:
        with contextlib.suppress(NoPlace), places.place(person):
            got[person] += 1
            stop.wait(0.01)

    def loop() -> None:
        while not stop.is_set():
            ask("greedy")

    loops = [threading.Thread(target=loop) for _ in range(5)]
    for one in loops:
        one.start()
    for _ in range(16):
        ask("other")
    stop.set()
    for one in loops:
        one.join()
    assert got["other"] == 16
