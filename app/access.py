"""Who may open an assessment: a browser that started it, or came back with its return code.

What a browser remembers are histories: who may open one assessment of a history may open all of it.
"""

from __future__ import annotations

import datetime

from flask import session

from app.database.assessments import Assessment, History, find_assessment
from app.database.histories import find_history

_KEY = "histories"
_DAY = "day"
_MOST = 20  # a cookie holds about 4,000 bytes


class AssessmentNotFound(LookupError):
    """There is no such assessment, or this browser may not open it: the two look the same."""


def remembered() -> list[str]:
    """Return the public ids of the histories that this browser may open, the newest last."""
    return list(session.get(_KEY, ()))


def remember(history: History) -> None:
    """Let this browser open the history."""
    others = [id_ for id_ in remembered() if id_ != history.public_id]
    session[_KEY] = [*others, history.public_id][-_MOST:]
    session.permanent = True


def remember_again(history: History, today: datetime.date) -> None:
    """Let the time that this browser may open the history begin anew; once a day is enough."""
    if session.get(_DAY) != today.isoformat():
        session[_DAY] = today.isoformat()
        remember(history)


def forget(history: History) -> None:
    """Let this browser no longer open the history."""
    session[_KEY] = [id_ for id_ in remembered() if id_ != history.public_id]


def require(public_id: str, *, to_change: bool = False) -> Assessment:
    """Return an assessment that this browser may open. Raises AssessmentNotFound."""
    assessment = find_assessment(public_id, to_change=to_change) if remembered() else None
    if assessment is None or assessment.history.public_id not in remembered():
        raise AssessmentNotFound
    return assessment


def require_history(public_id: str) -> History:
    """Return a history that this browser may open. Raises AssessmentNotFound."""
    history = find_history(public_id) if public_id in remembered() else None
    if history is None:
        raise AssessmentNotFound
    return history
