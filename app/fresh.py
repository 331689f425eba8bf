"""A fresh sign-in before what cannot be undone, gives others rights, or hands out all that is stored."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from app.access import user_id
from app.database.assessments import History


def ask_again() -> ResponseReturnValue | None:
    """Return the way to sign in (again), and back here; None for who did so a short while ago."""
    answer: ResponseReturnValue | None = _nothing_to_do()
    return answer


def ask_again_before(page: str) -> ResponseReturnValue | None:
    """Return the same for a form that was sent to an address without a page: the way leads to this page."""
    answer = ask_again()
    if answer is None or user_id() is None:
        return answer
    return redirect(url_for("security.verify", next=page))


def ask_again_for(history: History) -> ResponseReturnValue | None:
    """Return the same for a history of an agency; others are open without an account, so None."""
    return None if history.agency_id is None else ask_again()


@auth_required("session", within=lambda: current_app.config["SECURITY_FRESHNESS"])
def _nothing_to_do() -> None:
    pass
