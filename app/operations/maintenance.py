"""What the server does by itself: at its start, and once a day, hour or minute.

So the promised deletion dates are met, and reminders sent, without cron; `flask --app app purge` and
`reminders` do the same by hand.
Emails that could not be sent are tried again each minute, if their next try is due. Each worker has a thread
for it; the database decides which of them does what.
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Mapping

from flask import Flask
from sqlalchemy.exc import OperationalError

from app.content import current
from app.database.fernet import UnreadableValues
from app.database.key_rotation import missing_keys
from app.extensions import db
from app.mail.outbox import send_due_in
from app.operations.exits import describe_missing
from app.operations.migrate import upgrade
from app.operations.purge import purge_in_turn
from app.operations.reminders import remind_in_turn

_DAY = datetime.timedelta(days=1)
_HOUR = datetime.timedelta(hours=1)
_MINUTE = datetime.timedelta(minutes=1)
_PAUSE = 60.0  # seconds between two looks at what is due

Task = Callable[[Flask], None]


class NotReady(Exception):
    """The database or the keys cannot be used; the message says why."""


def prepare(app: Flask) -> None:
    """Check the content and the keys, upgrade the schema, and delete what has expired.

    Leaves no connection open, because the workers are forked afterwards. Raises ContentError, NotReady.
    """
    with app.app_context():
        _ = current().questionnaire
        try:
            upgrade(app)
            missing = missing_keys(db.session.connection())
        except OperationalError as error:
            raise NotReady(f"The database does not answer: {error.orig}") from None
        except UnreadableValues as error:
            raise NotReady(str(error)) from None
        if missing:
            raise NotReady(describe_missing(missing))
        purge_in_turn()
        db.session.close()
        db.engine.dispose()


def start(app: Flask) -> threading.Event:
    """Do what is due once a minute, in a thread of this process, until the event that is returned is set."""
    stop = threading.Event()
    threading.Thread(target=_run, args=(app, stop), name="maintenance", daemon=True).start()
    return stop


def _run(app: Flask, stop: threading.Event) -> None:
    due_at = {task: time.monotonic() + every.total_seconds() for task, every in _EVERY.items()}
    while not stop.wait(_PAUSE):
        do_what_is_due(app, due_at, time.monotonic())


def do_what_is_due(app: Flask, due_at: dict[Task, float], now: float) -> None:
    """Do the tasks whose time has come, and note when each is due next. An error is logged.

    Times are seconds of the monotonic clock, because the machine's clock may be set back.
    """
    for task in [task for task, at in due_at.items() if now >= at]:
        due_at[task] = now + _EVERY[task].total_seconds()
        try:
            task(app)
        except Exception:  # a thread that ends would never try again
            app.logger.exception("%s failed", task.__name__)


def _purge(app: Flask) -> None:
    with app.app_context():
        purge_in_turn()


def _remind(app: Flask) -> None:
    with app.app_context():
        remind_in_turn()


_EVERY: Mapping[Task, datetime.timedelta] = {
    _purge: _DAY,
    _remind: _HOUR,  # it has a turn a day too, but no server needs to run for a day before that
    send_due_in: _MINUTE,
}
