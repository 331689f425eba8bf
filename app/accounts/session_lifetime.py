"""What a sign-in does to the session of a browser, and when it ends by itself.

At sign-in, what the browser may open without an account stays: a person often signs in to bring just that
into an agency. Its forms get a new token. At sign-out all of it goes, because devices are shared. When a
sign-in ends by itself, only the sign-in goes: there was no chance to take a return code.
"""

from __future__ import annotations

from datetime import UTC, timedelta

from flask import Flask, flash, g, session

from app import clock
from app.database.assessments import Assessment
from app.http.remembered_histories import end_sign_in

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
_STEP = timedelta(minutes=5)  # so that not every page sends a cookie
_SEEN = "seen"
_PROVEN = "fs_paa"  # Flask-Security's: when the person last proved who they are


def register(app: Flask) -> None:
    """End a sign-in that is too old before anything asks who is there."""
    app.before_request(_end_if_old)


def begin() -> None:
    """Let the forms of this browser have a new token, and the time count from now."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    session[_SEEN] = _now()


def end() -> None:
    """Close all that is open in this browser."""
    session.clear()
    flash("You are signed out. All is closed on this device.")


def lost_at_end(assessments: list[Assessment]) -> list[Assessment]:
    """Return what of these nobody could open any more: neither a return code nor an agency leads there."""
    return [a for a in assessments if not a.history.has_return_code and a.history.agency_id is None]


def _end_if_old() -> None:
    if "_user_id" not in session:
        return
    now = _now()
    idle, age = now - session.get(_SEEN, 0), now - session.get(_PROVEN, 0)
    if idle > IDLE.total_seconds() or age > LONGEST.total_seconds():
        end_sign_in()
        flash("You were signed out, because some time had passed. Sign in to go on.")
    elif idle > _STEP.total_seconds():
        session[_SEEN] = now


def _now() -> float:
    return clock.now().replace(tzinfo=UTC).timestamp()
