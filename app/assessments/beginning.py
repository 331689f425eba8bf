"""New drafts: empty, from a file, or from a finished assessment."""

from __future__ import annotations

import secrets

from app import clock
from app.database.assessments import Assessment, NewAssessment, add_assessment
from app.database.histories import add_history
from app.questionnaires import keep_current


def begin_draft(
    *, previous: Assessment | None = None, agency: str = "", agency_id: int | None = None
) -> Assessment:
    """Return a new draft that goes by today's questionnaire. The caller commits.

    It joins the history of the finished assessment that it starts from; else it begins its own, of the agency
    with this number if one is given. `agency` is the name that will stand on the plan.
    """
    history = previous.history if previous else add_history(_new_id(), agency_id)
    new = NewAssessment(
        public_id=_new_id(),
        history_id=history.id,
        fingerprint=keep_current().fingerprint,
        previous_id=previous.id if previous else None,
        agency=agency,
    )
    return add_assessment(new, clock.now())


def _new_id() -> str:
    return secrets.token_urlsafe(12)
