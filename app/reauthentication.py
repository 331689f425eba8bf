"""Requiring a sign-in, or a recent one for actions that cannot be undone or give others permissions."""

from __future__ import annotations

from typing import cast

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from app.database.assessments import History
from app.permissions import user_id

recent_sign_in_required = auth_required("session", within=lambda: current_app.config["SECURITY_FRESHNESS"])


@auth_required("session")
def require_sign_in() -> ResponseReturnValue | None:
    """Return None if someone is signed in; else the decorator returns a redirect to sign in."""
    return None


def current_user_id() -> int:
    """Return the id of the signed-in account; call it only after `require_sign_in` returned None."""
    return cast(int, user_id())


@recent_sign_in_required
def require_recent_sign_in() -> ResponseReturnValue | None:
    """Return None if the sign-in is recent; else the decorator returns a redirect to sign in again."""
    return None


def require_recent_sign_in_then_return_to(page: str) -> ResponseReturnValue | None:
    """Like `require_recent_sign_in`, but the redirect comes back to `page`, for POST-only addresses."""
    answer = require_recent_sign_in()
    if answer is None or user_id() is None:
        return answer
    return redirect(url_for("security.verify", next=page))


def require_recent_sign_in_for(history: History) -> ResponseReturnValue | None:
    """Like `require_recent_sign_in` for a history of an agency; None for others, which need no account."""
    return None if history.agency_id is None else require_recent_sign_in()
