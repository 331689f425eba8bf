"""The histories that a browser may open without an account, remembered in its session cookie."""

from __future__ import annotations

import datetime

from flask import session

from app.database.assessments import Assessment, History, assessments_of

SHOWN_CODE = "shown_code"  # the return code that this browser made last, with its history
_HISTORIES = "histories"
_DAY = "day"
_LIMIT = 20  # a cookie holds about 4,000 bytes


def remembered_ids() -> list[str]:
    """Return the public ids of the histories that this browser began or came back to, the newest last."""
    return list(session.get(_HISTORIES, ()))


def remembered_assessments() -> list[Assessment]:
    """Return the assessments that this browser may open without an account, the newest first.

    A history that was moved to an agency since is open to the agency's members only, so it is left out.
    """
    ids = remembered_ids()
    found = assessments_of(ids) if ids else []
    return [assessment for assessment in found if assessment.history.agency_id is None]


def remember(history: History) -> None:
    """Let this browser open the history, unless it belongs to an agency."""
    if history.agency_id is not None:
        return
    others = [id_ for id_ in remembered_ids() if id_ != history.public_id]
    session[_HISTORIES] = [*others, history.public_id][-_LIMIT:]
    session.permanent = True


def renew(history: History, today: datetime.date) -> None:
    """Extend the time for which this browser may open the history, at most once a day."""
    if session.get(_DAY) != today.isoformat():
        session[_DAY] = today.isoformat()
        remember(history)


def forget(history: History) -> None:
    """Stop this browser from opening the history."""
    session[_HISTORIES] = [id_ for id_ in remembered_ids() if id_ != history.public_id]
    if session.get(SHOWN_CODE, ("", ""))[0] == history.public_id:
        session.pop(SHOWN_CODE)


def end_sign_in() -> None:
    """Clear the session, except for what the browser may open without an account."""
    for key in set(session) - {_HISTORIES, _DAY, SHOWN_CODE, "_permanent", "csrf_token"}:
        session.pop(key)
