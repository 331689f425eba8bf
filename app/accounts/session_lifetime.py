"""What a sign-in does to a browser's session, and when it expires.

After sign-in, the browser can still open what it opened without an account: people often sign in to add
exactly that to their agency. The session gets a new CSRF token. Sign-out clears everything, because devices
are shared. When a sign-in expires, only the sign-in ends: nobody had a chance to get a return code first.

A sign-in lasts as long as its row in the database (app.database.sign_ins), so it can be ended from elsewhere.
"""

from __future__ import annotations

from datetime import UTC, timedelta

from flask import Flask, flash, g, request, session
from flask_babel import gettext as _

from app import clock
from app.database.account_tables import User
from app.database.assessments import Assessment
from app.database.sign_ins import SignIn, add_sign_in, end_sign_in_with, find_sign_in, touch_sign_in
from app.extensions import db
from app.http.cookies import clear_site_data, drop_cookie, read_cookie, send_cookie
from app.http.known_devices import device_name
from app.http.remembered_histories import end_sign_in
from app.tokens import new_token, token_hash

COOKIE = "sign_in"
IDLE = timedelta(hours=2)
MAX_AGE = timedelta(hours=12)
_RESOLUTION = timedelta(minutes=5)  # so that not every response sends a cookie
_SEEN = "seen"
_AUTHENTICATED_AT = "fs_paa"  # Flask-Security's key


def register(app: Flask) -> None:
    """End an expired sign-in before anything asks who is signed in."""
    app.before_request(_end_if_over)


def begin(user: User) -> None:
    """Issue a new CSRF token, start the clock, and list this browser among those that are signed in.

    For that it gets a cookie of its own, which ends with the browser, whatever else is open in it.
    """
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    session[_SEEN] = _now()
    token = new_token()
    add_sign_in(user.id, token_hash(token), device_name(), clock.now())
    send_cookie(COOKIE, token)


def end() -> None:
    """Close everything that is open in this browser."""
    end_sign_in_with(token_hash(read_cookie(COOKIE)))
    db.session.commit()
    session.clear()
    drop_cookie(COOKIE)
    clear_site_data()
    flash(_("You are signed out. Everything is closed on this device."))


def current_sign_in() -> SignIn | None:
    """Return the sign-in of this browser, None if nobody is signed in, or it was ended elsewhere."""
    token, uniquifier = read_cookie(COOKIE), session.get("_user_id")
    return find_sign_in(token_hash(token), uniquifier) if token and uniquifier else None


def unreachable_after_sign_out(assessments: list[Assessment]) -> list[Assessment]:
    """Return the assessments that nobody could open after a sign-out: no return code, and no agency."""
    return [a for a in assessments if not a.history.has_return_code and a.history.agency_id is None]


def _end_if_over() -> None:
    if "_user_id" not in session:
        return
    now = _now()
    idle, age = now - session.get(_SEEN, 0), now - session.get(_AUTHENTICATED_AT, 0)
    sign_in = current_sign_in()
    if sign_in is None:
        _end_here(_("You are no longer signed in on this device. Sign in to continue."))
    elif idle > IDLE.total_seconds() or age > MAX_AGE.total_seconds():
        _end_here(_("You were signed out because some time has passed. Sign in to continue."))
    elif idle > _RESOLUTION.total_seconds():
        session[_SEEN] = now
    if sign_in and request.method == "POST" and clock.now() - sign_in.seen_at > _RESOLUTION:
        touch_sign_in(sign_in.id, clock.now())
        db.session.commit()


def _end_here(message: str) -> None:
    end_sign_in()
    drop_cookie(COOKIE)
    flash(message)


def _now() -> float:
    return clock.now().replace(tzinfo=UTC).timestamp()
