"""Who may open an assessment, and who may change it.

One of an agency: its members, each as far as the role goes. Any other: a browser that started it, or came
back with its return code. Who may open one assessment of a history may open all of it.
"""

from __future__ import annotations

import datetime

from flask import abort, g, session
from flask_security import current_user

from app.database.agencies import ROLES, Agency, Membership, Role, find_agency, memberships_of
from app.database.assessments import Assessment, History, assessments_of, find_assessment, find_history

_KEY = "histories"
_DAY = "day"
SHOWN_CODE = "shown_code"  # the return code that this browser made last, with its history
_MOST = 20  # a cookie holds about 4,000 bytes


class AssessmentNotFound(LookupError):
    """There is no such assessment, or this person may not open it: the two look the same."""


class AgencyNotFound(LookupError):
    """There is no such agency, or this person is no member: the two look the same."""


def remembered() -> list[str]:
    """Return the public ids of the histories that this browser began or came back to, the newest last."""
    return list(session.get(_KEY, ()))


def open_here() -> list[Assessment]:
    """Return the assessments that this browser may open without an account, the newest first.

    What went to an agency since is the agency's: it is not among them, whatever the browser remembers.
    """
    found = assessments_of(remembered()) if remembered() else []
    return [assessment for assessment in found if assessment.history.agency_id is None]


def remember(history: History) -> None:
    """Let this browser open the history, unless only the members of an agency may."""
    if history.agency_id is not None:
        return
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
    if session.get(SHOWN_CODE, ("", ""))[0] == history.public_id:
        session.pop(SHOWN_CODE)


def end_sign_in() -> None:
    """Let the browser keep only what it may open without an account."""
    for key in set(session) - {_KEY, _DAY, SHOWN_CODE, "_permanent", "csrf_token"}:
        session.pop(key)


def user_id() -> int | None:
    """Return the number of the account that is signed in, None without one."""
    return current_user.id if current_user.is_authenticated else None


def memberships() -> list[Membership]:
    """Return the agencies of who is signed in, by name; asked once a request."""
    if "memberships" not in g:
        id_ = user_id()
        g.memberships = [] if id_ is None else memberships_of(id_)
    found: list[Membership] = g.memberships
    return found


def require(public_id: str, *, to_change: bool = False) -> Assessment:
    """Return an assessment that this person may open. Raises AssessmentNotFound.

    `to_change` answers 403 to who may only read it, and keeps others from changing it now.
    """
    assessment = find_assessment(public_id, to_change=to_change) if _may_open_any() else None
    history = _opened(assessment.history if assessment else None)
    if assessment is None:
        raise AssessmentNotFound
    if to_change:
        refuse_readers(history)
    return assessment


def require_history(public_id: str, *, to_change: bool = False) -> History:
    """Return a history that this person may open. Raises AssessmentNotFound. `to_change`: as in `require`."""
    history = _opened(find_history(public_id, to_change=to_change) if _may_open_any() else None)
    if to_change:
        refuse_readers(history)
    return history


def require_role(public_id: str, role: Role, *, to_change: bool = False) -> Agency:
    """Return an agency where this person has at least this role. Raises AgencyNotFound.

    A member with less gets 403. `to_change` keeps others from changing the members now.
    """
    agency = find_agency(public_id, to_change=to_change)
    held = _role_in(agency.id if agency else None)
    if agency is None or held is None:
        raise AgencyNotFound
    if ROLES.index(held) < ROLES.index(role):
        abort(403)
    return agency


def role_for(history: History) -> Role | None:
    """Return what this person may do with a history, None for nothing.

    Who began one without an account, or came back with its code, owns it.
    """
    if history.agency_id is not None:
        return _role_in(history.agency_id)
    return "owner" if history.public_id in remembered() else None


def may_change(assessment: Assessment) -> bool:
    """Return whether this person may change an assessment that is open to it."""
    return role_for(assessment.history) in {"editor", "owner"}


def refuse_readers(history: History) -> None:
    """Answer 403 to who may only read this history."""
    if role_for(history) == "viewer":
        abort(403)


def _opened(history: History | None) -> History:
    """Return a history if this person may open it; an unknown one asks the database the same."""
    memberships()
    if history is None or role_for(history) is None:
        raise AssessmentNotFound
    return history


def _may_open_any() -> bool:
    return bool(remembered()) or user_id() is not None


def _role_in(agency_id: int | None) -> Role | None:
    return next((one.role for one in memberships() if one.agency.id == agency_id), None)
