"""Once a day, after the answer to some request was sent, what is past its end is deleted.

So the dates that people are told hold without cron too. What the start of the server does, and what
`flask --app app purge` does by hand, is the same.
"""

from __future__ import annotations

import datetime

from flask import Flask, Response, current_app

from app import clock
from app.retention import purge_in_turn

_EVERY = datetime.timedelta(days=1)
_NEXT = "next_purge"


def register(app: Flask) -> None:
    """Let a request of each day be followed by a purge; the first a day after the start."""
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
