"""What the server does by itself: at its start, once a day, and once a minute while requests come in.

So the promised deletion dates are met without cron; `flask --app app purge` does the same by hand.
Emails that could not be sent are tried again each minute, if their next try is due.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import partial

from flask import Flask, Response, current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.content import current
from app.database.fernet import UnreadableValues
from app.database.key_rotation import missing_keys
from app.extensions import db
from app.mail.outbox import send_due_in
from app.operations.exits import describe_missing
from app.operations.migrate import upgrade
from app.operations.purge import purge_in_turn

_DAY = datetime.timedelta(days=1)
_MINUTE = datetime.timedelta(minutes=1)
_NEXT = "next_turns"


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


def register(app: Flask) -> None:
    """Do what is due after a request: the purge beginning a day after the start, emails after a minute."""
    now = clock.now()
    app.extensions[_NEXT] = {task: now + every for task, every in _EVERY.items()}
    app.after_request(_do_what_is_due)


def _do_what_is_due(response: Response) -> Response:
    now = clock.now()
    turns: dict[Callable[[Flask], None], datetime.datetime] = current_app.extensions[_NEXT]
    application = current_app._get_current_object()  # type: ignore[attr-defined]  # of a LocalProxy
    due = [task for task in _EVERY if now >= turns[task]]
    current_app.extensions[_NEXT] = turns | {task: now + _EVERY[task] for task in due}
    for task in due:
        response.call_on_close(partial(task, application))
    return response


def _purge(app: Flask) -> None:
    with app.app_context():
        purge_in_turn()


_EVERY: Mapping[Callable[[Flask], None], datetime.timedelta] = {_purge: _DAY, send_due_in: _MINUTE}
