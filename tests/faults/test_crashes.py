"""Web processes that are killed in the middle of saves: what was acknowledged is there."""

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
import yaml

from questions.loading.loader import load_folder
from tests.support.faulty_service import Service, Visitor, running

SAVES = 500
CLIENTS = 4
KILLS = 8

pytestmark = pytest.mark.faults


def places() -> list[tuple[str, str]]:
    """Return the practices that every agency is asked, each with the place of its page."""
    questionnaire = load_folder()
    asked = [
        question
        for question in questionnaire.questions.values()
        if question.is_practice and question.show_when is None
    ]
    found = [(question.id, questionnaire.place_of[question.id]) for question in asked]
    return [(id_, f"{part.id}/{page.id}") for id_, (part, page) in found]


class Saver(threading.Thread):
    """Somebody who saves one answer after another, each once, and notes which were acknowledged."""

    def __init__(self, address: str, count: int, saved: Callable[[], None]) -> None:
        super().__init__()
        self._address, self._count, self._saved = address, count, saved
        self.acknowledged: list[tuple[Visitor, str, str]] = []

    def run(self) -> None:
        """Save; what fails is not acknowledged, and the next follows."""
        asked, visitor = places(), None
        for number in range(self._count):
            id_, place = asked[number % len(asked)]
            visitor = None if number % len(asked) == 0 else visitor
            try:
                visitor = visitor or Visitor(self._address)
                answer = visitor.save(place, {id_: "started", f"{id_}-note": f"save {number}"})
            except httpx2.HTTPError:
                continue
            if answer.status_code == 302:
                self.acknowledged.append((visitor, id_, f"save {number}"))
            self._saved()


class Killer:
    """Kills a worker, whenever so many saves were made."""

    def __init__(self, service: Service) -> None:
        self._service, self._lock = service, threading.Lock()
        self._chance, self._saves, self.kills = random.Random(7), 0, 0

    def saved(self) -> None:
        """Count a save, and kill a worker now and then."""
        with self._lock:
            self._saves += 1
            if self._saves % (SAVES // (KILLS + 1)) == 0 and (workers := self._service.workers):
                os.kill(self._chance.choice(workers), signal.SIGKILL)
                self.kills += 1


def test_no_acknowledged_answer_is_lost_when_web_processes_are_killed(
    tmp_path: Path, database_url: str
) -> None:
    with running(tmp_path, DATABASE_URL=database_url) as service:
        killer = Killer(service)
        savers = [Saver(service.address, SAVES // CLIENTS, killer.saved) for _ in range(CLIENTS)]
        for saver in savers:
            saver.start()
        for saver in savers:
            saver.join()
        assert killer.kills >= KILLS // 2
        service.kill_all()
        service.start()
        acknowledged = [saved for saver in savers for saved in saver.acknowledged]
        assert len(acknowledged) > SAVES // 2
        assert missing(acknowledged) == []
        for visitor in {visitor for visitor, *_ in acknowledged}:
            visitor.close()


def missing(acknowledged: list[tuple[Visitor, str, str]]) -> list[str]:
    """Return the saves that were acknowledged and are not stored."""
    stored: dict[str, dict[str, str]] = {}
    lost = []
    for visitor, id_, note in acknowledged:
        if visitor.assessment not in stored:
            answers = visitor.get("answers.yaml")
            assert answers.status_code == 200, answers.text
            stored[visitor.assessment] = yaml.safe_load(answers.text)["notes"]
        if stored[visitor.assessment].get(id_) != note:
            lost.append(note)
    return lost
