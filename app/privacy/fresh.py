"""A fresh sign-in before what cannot be undone, or what hands out all that is stored."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from app.database.assessments import History


def ask_again() -> ResponseReturnValue | None:
    """Return the way to sign in (again); None for who did so a short while ago."""
    answer: ResponseReturnValue | None = _nothing_to_do()
    return answer


def ask_again_for(history: History) -> ResponseReturnValue | None:
    """Return the same for a history of an agency; others are open without an account, so None."""
    return None if history.agency_id is None else ask_again()


@auth_required("session", within=lambda: current_app.config["SECURITY_FRESHNESS"])
def _nothing_to_do() -> None:
    pass
