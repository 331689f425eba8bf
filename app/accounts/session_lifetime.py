"""What a sign-in does to a browser's session, and when it expires.

After sign-in, the browser can still open what it opened without an account: people often sign in to add
exactly that to their agency. The session gets a new CSRF token. Sign-out clears everything, because devices
are shared. When a sign-in expires, only the sign-in ends: nobody had a chance to get a return code first.
"""

from __future__ import annotations

from datetime import UTC, timedelta

from flask import Flask, flash, g, session
from flask_babel import gettext as _

from app import clock
from app.database.assessments import Assessment
from app.http.remembered_histories import end_sign_in

IDLE = timedelta(hours=2)
MAX_AGE = timedelta(hours=12)
_RESOLUTION = timedelta(minutes=5)  # so that not every response sends a cookie
_SEEN = "seen"
_AUTHENTICATED_AT = "fs_paa"  # Flask-Security's key


def register(app: Flask) -> None:
    """End an expired sign-in before anything asks who is signed in."""
    app.before_request(_end_if_expired)


def begin() -> None:
    """Issue a new CSRF token, and start the clock."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    session[_SEEN] = _now()


def end() -> None:
    """Close everything that is open in this browser."""
    session.clear()
    flash(_("You are signed out. Everything is closed on this device."))


def unreachable_after_sign_out(assessments: list[Assessment]) -> list[Assessment]:
    """Return the assessments that nobody could open after a sign-out: no return code, and no agency."""
    return [a for a in assessments if not a.history.has_return_code and a.history.agency_id is None]


def _end_if_expired() -> None:
    if "_user_id" not in session:
        return
    now = _now()
    idle, age = now - session.get(_SEEN, 0), now - session.get(_AUTHENTICATED_AT, 0)
    if idle > IDLE.total_seconds() or age > MAX_AGE.total_seconds():
        end_sign_in()
        flash(_("You were signed out because some time has passed. Sign in to continue."))
    elif idle > _RESOLUTION.total_seconds():
        session[_SEEN] = now


def _now() -> float:
    return clock.now().replace(tzinfo=UTC).timestamp()
