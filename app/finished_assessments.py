"""Finished assessments: the plan of each with the team's work, and two of them side by side."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, replace
from typing import cast

from app import clock
from app.content import path_for
from app.database.answers import Change
from app.database.assessments import Assessment, by_id, finish, previous_of
from app.database.look_backs import look_backs
from app.database.plan_work import save_work, work_of
from app.permissions import Permission, require
from reports.comparison.compare import compare
from reports.comparison.model import Comparison, FinishedAssessment
from reports.plan.builder import Header, action_plan
from reports.team.carrying import carried_work
from reports.team.model import NO_WORK, TeamPlan, begun_actions, team_plan


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


def freeze(draft: Assessment, agency: str, now: datetime.datetime, user: int | None) -> None:
    """Finish a draft. Its plan begins with the open work of the plan before, but for what is left out.

    From now on, nothing that the team changes in the plan before changes this one.
    """
    previous = previous_of(draft)
    work = work_of(previous) if previous else NO_WORK
    left_out = draft.left_out
    under_way = [id_ for id_ in begun_actions(work) if id_ not in left_out]
    finish(draft, agency=agency, now=now, day=clock.local_day(now), under_way=under_way)
    if previous:
        finished = cast(Assessment, by_id(draft.id))
        plan = load_team_plan(finished).plan
        carried = carried_work(load_team_plan(previous), work, plan, left_out)
        save_work(finished, NO_WORK, carried, Change(by_id=user, at=now))


def plan_cache_inputs(assessment: Assessment) -> tuple[str, ...]:
    """Return everything that the document of its plan depends on, as text.

    A finished assessment never changes: its id and its content's fingerprint identify all of it.
    """
    previous = previous_of(assessment)
    return comparison_cache_inputs(previous, assessment) if previous else own_cache_inputs(assessment)


def comparison_cache_inputs(earlier: Assessment, later: Assessment) -> tuple[str, ...]:
    """Return everything that the document of a comparison depends on, as text."""
    back = json.dumps(look_backs(earlier, later), sort_keys=True)
    return (*own_cache_inputs(earlier), *own_cache_inputs(later), back)


def own_cache_inputs(assessment: Assessment) -> tuple[str, ...]:
    """Return everything that its plan with the team's work depends on, as text: nothing earlier."""
    work = json.dumps(asdict(work_of(assessment)), sort_keys=True)
    return (assessment.public_id, assessment.fingerprint, work)


def _finished(assessment: Assessment) -> FinishedAssessment:
    if assessment.finished_on is None:
        raise NotFinished(assessment.public_id)
    header = Header(
        agency=assessment.agency,
        date=assessment.finished_on,
        under_way=frozenset(assessment.under_way),
        number_of_day=assessment.number_of_day,
    )
    return FinishedAssessment(path=path_for(assessment), header=header)


def _with_team(assessment: Assessment, finished: FinishedAssessment) -> TeamPlan:
    return team_plan(action_plan(finished.path, finished.header), work_of(assessment))
