"""Makes files before anyone asks for them, so that the first click finds them ready.

One thread in each web process does it, outside of requests. It starts with the server (gunicorn.conf.py), so
commands and tests have none. What a killed process leaves undone is made when someone asks for it.
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterable

from flask import Flask, current_app

from app import clock
from app.database.turns import take_turn
from app.extensions import db
from reports.documents.pdf.errors import PdfUnavailable

# Makes a file in an application context. Returns after how many seconds to ask again; 0 if it is done.
Task = Callable[[], float]
MOST_WAITING = 100
# So the page that a person waits for is sent first.
_FIRST_WAIT = 0.3
_A_MINUTE = datetime.timedelta(minutes=1)
_START = "files at start"
_AHEAD = "making_ahead"


class Ahead:
    """Tasks by name, each with the moment from which it may run. One thread runs them one by one."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._due: dict[str, tuple[float, Task]] = {}
        self._changed = threading.Condition()
        self._stopped = False

    def add(self, name: str, task: Task, seconds: float = _FIRST_WAIT) -> None:
        """Let a task run after so many seconds, unless it waits already or too many do."""
        with self._changed:
            if name not in self._due and len(self._due) < MOST_WAITING:
                self._due[name] = (time.monotonic() + seconds, task)
                self._changed.notify()

    def run(self) -> None:
        """Run the tasks until `stop`, or until PDFs turn out to be unavailable on this machine."""
        while found := self._next():
            name, task = found
            try:
                with self._app.app_context():
                    again = task()
            except PdfUnavailable:
                return
            # Whatever it is: the file is made when someone asks, and the error shows then.
            except Exception as error:
                if not self._stopped:
                    self._app.logger.error("not made ahead: %s", type(error).__name__)
                continue
            if again:
                self.add(name, task, again)

    def stop(self) -> None:
        """Run no other task."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _next(self) -> tuple[str, Task] | None:
        """Wait for the next task that is due, and take it out; None after `stop`."""
        with self._changed:
            while not self._stopped:
                name = min(self._due, key=lambda each: self._due[each][0], default="")
                wait = self._due[name][0] - time.monotonic() if name else None
                if wait is not None and wait <= 0:
                    return name, self._due.pop(name)[1]
                self._changed.wait(wait)
        return None


def start(app: Flask, at_start: Iterable[Callable[[], object]]) -> None:
    """Start the thread. Its first task is to make the files that are the same for all visitors."""
    ahead = app.extensions[_AHEAD] = Ahead(app)
    threading.Thread(target=ahead.run, name="making-ahead", daemon=True).start()
    ahead.add(_START, lambda: _make_in_turn(tuple(at_start)))


def soon(name: str, task: Task) -> None:
    """Let the thread run a task, if this process has one."""
    ahead: Ahead | None = current_app.extensions.get(_AHEAD)
    if ahead:
        ahead.add(name, task)


def stop(app: Flask) -> None:
    """Start no other file, because this process is about to end."""
    app.extensions[_AHEAD].stop()


def _make_in_turn(makers: Iterable[Callable[[], object]]) -> float:
    """Make these files, in the first web process that asks within a minute."""
    now = clock.now()
    is_turn = take_turn(_START, now, now + _A_MINUTE)
    db.session.commit()
    if is_turn:
        for make in makers:
            make()
    return 0
