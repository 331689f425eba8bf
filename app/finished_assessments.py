"""Finished assessments: the plan of each with the team's work, and two of them side by side."""

from __future__ import annotations

import json
from dataclasses import replace

from app.content import path_for
from app.database.assessments import Assessment, previous_of
from app.database.look_backs import look_backs
from app.database.plan_work import work_of
from app.permissions import Permission, require
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.plan.builder import Header, action_plan
from reports.team.model import TeamPlan, begun_actions, team_plan, work_data


class NotFinished(Exception):
    """The assessment is not finished, so it has no plan yet."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


def require_finished(public_id: str, permission: Permission = "read", *, lock: bool = True) -> Assessment:
    """Return a finished assessment. Raises AssessmentNotFound or NotFinished."""
    assessment = require(public_id, permission, lock=lock)
    if not assessment.finished:
        raise NotFinished(public_id)
    return assessment


def load_team_plan(assessment: Assessment) -> TeamPlan:
    """Return the plan of a finished assessment with the team's work, from its own version of the content."""
    return _with_team(assessment, _finished(assessment))


def comparison_of(earlier: Assessment, later: Assessment) -> Comparison:
    """Return what changed from one finished assessment to another."""
    then = _finished(earlier)
    then = replace(then, team=_with_team(earlier, then))
    now = _finished(later)
    return compare(then, replace(now, team=_with_team(later, now)), look_backs(earlier, later))


def comparison_with_previous(assessment: Assessment) -> Comparison | None:
    """Return what changed since the assessment that this one was started from; None without one."""
    previous = previous_of(assessment)
    return comparison_of(previous, assessment) if previous else None


def actions_under_way_before(assessment: Assessment) -> tuple[str, ...]:
    """Return the actions that the team has begun in the plan before this assessment; none without one."""
    previous = previous_of(assessment)
    return begun_actions(work_of(previous)) if previous else ()


def plan_cache_inputs(assessment: Assessment) -> tuple[str, ...]:
    """Return everything that the document of its plan depends on, as text.

    A finished assessment never changes: its id and its content's fingerprint identify all of it.
    """
    previous = previous_of(assessment)
    return comparison_cache_inputs(previous, assessment) if previous else _cache_inputs(assessment)


def comparison_cache_inputs(earlier: Assessment, later: Assessment) -> tuple[str, ...]:
    """Return everything that the document of a comparison depends on, as text."""
    back = json.dumps(look_backs(earlier, later), sort_keys=True)
    return (*_cache_inputs(earlier), *_cache_inputs(later), back)


def _cache_inputs(assessment: Assessment) -> tuple[str, ...]:
    work = json.dumps(work_data(work_of(assessment)), sort_keys=True)
    return (assessment.public_id, assessment.fingerprint, work)


def _finished(assessment: Assessment) -> FinishedAssessment:
    if assessment.finished_on is None:
        raise NotFinished(assessment.public_id)
    header = Header(
        agency=assessment.agency,
        date=assessment.finished_on,
        under_way=frozenset(assessment.under_way),
    )
    return FinishedAssessment(path=path_for(assessment), header=header)


def _with_team(assessment: Assessment, finished: FinishedAssessment) -> TeamPlan:
    return team_plan(action_plan(finished.path, finished.header), work_of(assessment))
