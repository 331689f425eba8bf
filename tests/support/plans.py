"""A plan that no team has worked on yet."""

from reports.documents.html.document import document
from reports.plan.model import ActionPlan
from reports.team.model import NO_WORK, TeamPlan, team_plan


def without_team_work(plan: ActionPlan) -> TeamPlan:
    """Return the plan as the tool suggests it."""
    return team_plan(plan, NO_WORK)


def printed(plan: ActionPlan) -> str:
    """Return the HTML for the PDF of the plan."""
    return document(without_team_work(plan))
