"""Signing in first, and signing in again before what cannot be undone or gives others rights."""

from __future__ import annotations

from typing import cast

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from app.database.assessments import History
from app.permissions import user_id

recent_sign_in_required = auth_required("session", within=lambda: current_app.config["SECURITY_FRESHNESS"])


def require_sign_in() -> ResponseReturnValue | None:
    """Return the way to sign in, or None for a person who has. Runs before the views of a blueprint."""
    answer: ResponseReturnValue | None = _after_sign_in()
    return answer


def current_user_id() -> int:
    """Return the id of the signed-in account; there is one where `require_sign_in` ran before."""
    return cast(int, user_id())


def require_recent_sign_in() -> ResponseReturnValue | None:
    """Return the way to sign in again and back here, or None if the person did so minutes ago."""
    answer: ResponseReturnValue | None = _after_recent_sign_in()
    return answer


def require_recent_sign_in_then_return_to(page: str) -> ResponseReturnValue | None:
    """Return the same for a form whose address has no page: the way leads back to this page."""
    answer = require_recent_sign_in()
    if answer is None or user_id() is None:
        return answer
    return redirect(url_for("security.verify", next=page))


def require_recent_sign_in_for(history: History) -> ResponseReturnValue | None:
    """Return the same for a history of an agency; others are open without an account, so None."""
    return None if history.agency_id is None else require_recent_sign_in()


@auth_required("session")
def _after_sign_in() -> None:
    """Return None; the decorator answers with the way to sign in where that is needed."""


@recent_sign_in_required
def _after_recent_sign_in() -> None:
    """Return None; the decorator answers with the way to sign in again where that is needed."""
