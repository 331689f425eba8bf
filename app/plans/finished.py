"""A finished assessment and its plan."""

from __future__ import annotations

from app.access import require
from app.database.assessments import Assessment
from app.questionnaires import path_for
from reports.model import ActionPlan
from reports.plan import Occasion, action_plan


class NotFinished(Exception):
    """There is no plan before the assessment is finished."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


def require_finished(public_id: str) -> Assessment:
    """Return a finished assessment. Raises AssessmentNotFound or NotFinished."""
    assessment = require(public_id)
    if not assessment.finished:
        raise NotFinished(public_id)
    return assessment


def plan_of(assessment: Assessment) -> ActionPlan:
    """Return the plan of a finished assessment, by the questionnaire of its day."""
    if assessment.finished_on is None:
        raise NotFinished(assessment.public_id)
    occasion = Occasion(agency=assessment.agency, date=assessment.finished_on)
    return action_plan(path_for(assessment), occasion)
