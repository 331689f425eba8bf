"""What comes along from the last plan into the next: the open actions with all that the team wrote. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.plan.model import ActionPlan
from reports.team.fields import ACTION_FIELDS
from reports.team.model import NO_WORK, OwnAction, PlanWork, TeamAction, TeamPlan, suggested_fields


def open_actions(team: TeamPlan) -> tuple[TeamAction, ...]:
    """Return the actions that a team still has to do: those it wrote something of, and its own in the plan.

    What is done or dropped is not open, nor is a suggestion that nobody touched.
    """
    return tuple(item for item in (*team.planned, *team.outside) if _is_open(item))


def carried_work(team: TeamPlan, work: PlanWork, later: ActionPlan, left_out: Collection[str]) -> PlanWork:
    """Return the work with which the later plan begins: the open actions but those left out.

    Dates come along as they are, past ones too. An action whose practice the later plan cannot rate (the
    practice is gone, blank, or not known) becomes one of the team's own. One whose practice is part of the
    work by now, or no longer applies, stays behind: it is done or without object.
    """
    items = [item for item in open_actions(team) if item.id not in left_out]
    rated = {action.question.id for action in later.actions}
    own = tuple(_own(item, later) for item in items if item.id not in rated and _cannot_be_rated(item, later))
    present = rated | {action.id for action in own}
    carried = [item for item in items if item.id in present]
    if not carried:
        return NO_WORK
    return PlanWork(
        fields={item.id: dict(_fields(item, work, is_own=item.id not in rated)) for item in carried},
        own=own,
        came_from={item.id: (item.came_from or team.plan.date).isoformat() for item in carried},
        revision=work.revision,  # ids of own actions come from it and are never given twice
    )


def _is_open(item: TeamAction) -> bool:
    if item.work.closed:
        return False
    return bool(item.decided) or (item.tool is None and item.in_plan)


def _cannot_be_rated(item: TeamAction, later: ActionPlan) -> bool:
    unknown = {left.question.id for left in later.unanswered}
    unknown |= {found.cause.question for found in later.find_out_first}
    return item.id not in later.questionnaire.practice or item.id in unknown


def _own(item: TeamAction, later: ActionPlan) -> OwnAction:
    sections = [part.id for part in later.questionnaire.parts]
    section = item.part.id if item.part.id in sections else later.questionnaire.practice_parts[0].id
    return OwnAction(id=item.id, section=section, title=item.title)


def _fields(item: TeamAction, work: PlanWork, *, is_own: bool) -> Iterator[tuple[str, str]]:
    """Yield what the team decided; of an action that the new plan suggests nothing for, its texts too."""
    decided, suggested = work.fields.get(item.id, {}), suggested_fields(item.tool)
    for field in ACTION_FIELDS:
        if field.id in decided:
            yield field.id, decided[field.id]
        elif is_own and field.id in suggested and not field.suggested:
            yield field.id, item.work.texts[field.id]
