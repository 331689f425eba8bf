"""Who may open an assessment: a browser that started it, or came back with its return code."""

from __future__ import annotations

import datetime

from flask import session

from app.database.assessments import Assessment, find_assessment

_KEY = "assessments"
_DAY = "day"
_MOST = 20  # a cookie holds about 4,000 bytes


class AssessmentNotFound(LookupError):
    """There is no such assessment, or this browser may not open it: the two look the same."""


def remembered() -> list[str]:
    """Return the ids of the assessments that this browser may open, the newest last."""
    return list(session.get(_KEY, ()))


def remember(public_id: str) -> None:
    """Let this browser open the assessment."""
    others = [id_ for id_ in remembered() if id_ != public_id]
    session[_KEY] = [*others, public_id][-_MOST:]
    session.permanent = True


def remember_again(public_id: str, today: datetime.date) -> None:
    """Let the time that this browser may open the assessment begin anew; once a day is enough."""
    if session.get(_DAY) != today.isoformat():
        session[_DAY] = today.isoformat()
        remember(public_id)


def forget(public_id: str) -> None:
    """Let this browser no longer open the assessment."""
    session[_KEY] = [id_ for id_ in remembered() if id_ != public_id]


def require(public_id: str, *, to_change: bool = False) -> Assessment:
    """Return an assessment that this browser may open. Raises AssessmentNotFound."""
    assessment = None
    if public_id in session.get(_KEY, ()):
        assessment = find_assessment(public_id, to_change=to_change)
    if assessment is None:
        raise AssessmentNotFound
    return assessment
