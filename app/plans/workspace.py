"""A plan that its team is changing."""

from __future__ import annotations

from dataclasses import dataclass

from app.database.assessments import Assessment
from app.database.locking import Stale
from app.database.plan_work import work_of
from app.finished_assessments import load_team_plan, require_finished
from questions.model import Questionnaire
from reports.team.model import PlanWork, TeamAction, TeamPlan


class ActionNotFound(LookupError):
    """The plan has no such action, or no longer."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWorkspace:
    """A plan with the team's work."""

    assessment: Assessment
    work: PlanWork
    team: TeamPlan

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the assessment."""
        return self.team.plan.questionnaire

    def item(self, action: str) -> TeamAction:
        """Return an action. Raises ActionNotFound."""
        item = find(self.team, action)
        if item is None:
            raise ActionNotFound(self.assessment.public_id)
        return item

    def forbid_tool_action(self, action: str) -> None:
        """Allow only an action of the team's own. Raises ActionNotFound."""
        item = find(self.team, action)
        if item and item.tool:
            raise ActionNotFound(self.assessment.public_id)


def open_workspace(public_id: str, *, lock: bool) -> PlanWorkspace:
    """Return a plan to change. Raises AssessmentNotFound or NotFinished."""
    assessment = require_finished(public_id, "edit", lock=lock)
    return PlanWorkspace(assessment=assessment, work=work_of(assessment), team=load_team_plan(assessment))


def lock_unchanged_work(workspace: PlanWorkspace) -> None:
    """Keep others from changing a plan whose work is still as it was read. Raises Stale."""
    locked = require_finished(workspace.assessment.public_id, "edit")
    if locked != workspace.assessment or work_of(locked) != workspace.work:
        raise Stale


def find(team: TeamPlan, action: str) -> TeamAction | None:
    """Return the action with this id, None for none."""
    return next((item for item in (*team.planned, *team.outside) if item.id == action), None)
