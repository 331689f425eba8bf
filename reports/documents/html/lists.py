"""The lists of a printed plan: what is next in line, what to answer first, what was left out."""

from __future__ import annotations

from itertools import groupby

from reports.documents.summary import Few, few
from reports.plan.model import ActionPlan
from reports.team.model import TeamAction, TeamPlan


def next_in_line(team: TeamPlan) -> tuple[tuple[str, tuple[TeamAction, ...]], ...]:
    """Return the actions outside the plan by how urgent they are, and then the team's own."""
    own = team.plan.questionnaire.texts.work.own_why
    groups = groupby(team.outside, key=lambda item: item.tool.finding.band.label if item.tool else own)
    return tuple((label, tuple(items)) for label, items in groups)


def open_outside(team: TeamPlan) -> tuple[TeamAction, ...]:
    """Return the actions outside the plan of which the team has written something and that are not closed."""
    return tuple(item for item in team.outside if item.decided and not item.work.closed)


def settles_first(plan: ActionPlan) -> tuple[str, ...]:
    """Return the open questions of the profile that would settle most for a thin plan; () for any other."""
    if not plan.basis.is_thin:
        return ()
    return tuple(item.question.text for item in plan.settles[:3])


def left_out_of_the_guide(plan: ActionPlan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the guide's resources that are not in the plan, by the reason, but for twins."""
    recommended = {recommendation.resource.id for recommendation in plan.resources}
    titles: dict[str, dict[str, None]] = {}
    for item in plan.not_recommended:
        if item.resource.same_as not in recommended:
            titles.setdefault(item.why, {})[item.resource.title] = None
    return tuple((why, tuple(found)) for why, found in titles.items())


def not_counted(plan: ActionPlan) -> Few:
    """Return the practices whose answers count nowhere, because other answers hide them."""
    return few(question.short_name for question in plan.off_path if question.is_practice)
