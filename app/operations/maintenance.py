"""What the server does by itself: at its start, and once a day.

So the deletion dates that people are told hold without cron. `flask --app app purge` does the same by hand.
"""

from __future__ import annotations

import datetime

from flask import Flask, Response, current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.content import current
from app.database.key_rotation import check_keys
from app.encryption import DecryptionError
from app.extensions import db
from app.operations.migrate import upgrade
from app.retention import purge_in_turn

_EVERY = datetime.timedelta(days=1)
_NEXT = "next_purge"


class NotReady(Exception):
    """The database or the keys cannot be used; the message says why."""


def prepare(app: Flask) -> None:
    """Check the content and the keys, upgrade the schema, and delete what has expired.

    Leaves no connection open, for none may cross the fork of the workers. Raises ContentError, NotReady.
    """
    with app.app_context():
        _ = current().questionnaire
        try:
            upgrade(app)
            check_keys()
        except OperationalError as error:
            raise NotReady(f"The database does not answer: {error.orig}") from None
        except DecryptionError:
            raise NotReady(
                "The keys do not decrypt the stored data. Set DATA_KEYS, or put the file data-keys back."
            ) from None
        purge_in_turn()
        db.session.close()
        db.engine.dispose()


def register(app: Flask) -> None:
    """Purge after one request each day, beginning a day after the start."""
    app.extensions[_NEXT] = clock.now() + _EVERY
    app.after_request(_purge_if_due)


def _purge_if_due(response: Response) -> Response:
    now = clock.now()
    if now >= current_app.extensions[_NEXT]:
        current_app.extensions[_NEXT] = now + _EVERY
        application = current_app._get_current_object()  # type: ignore[attr-defined]  # of a LocalProxy
        response.call_on_close(lambda: _purge(application))
    return response


def _purge(app: Flask) -> None:
    with app.app_context():
        purge_in_turn()
