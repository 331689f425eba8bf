"""The days of a plan: when each action is due and reviewed, and when to take the self-check again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.plan.suggestions import retake_date
from reports.team.model import TeamAction, TeamPlan

DateKind = Literal["due", "review", "retake"]
_OF_AN_ACTION: tuple[DateKind, ...] = ("due", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDate:
    """A day on which something is to be done: for an action, or (None) for the whole self-check.

    `decided` says that the team chose it; `cancelled`, that nothing is left to do: the action is done,
    dropped, or no longer in the plan, or the self-check was taken again.
    """

    kind: DateKind
    day: datetime.date
    action: TeamAction | None = None
    decided: bool = False
    cancelled: bool = False


def plan_dates(team: TeamPlan, *, retaken: bool = False) -> tuple[PlanDate, ...]:
    """Return the dates of what is or was in the plan, in the team's order.

    The last one is the day to take the self-check again, which may have been done (`retaken`).
    """
    return tuple(_plan_dates(team, retaken=retaken))


def open_dates(team: TeamPlan) -> tuple[PlanDate, ...]:
    """Return those of the dates of the newest plan on which something is left to do."""
    return tuple(date for date in plan_dates(team) if not date.cancelled)


def _plan_dates(team: TeamPlan, *, retaken: bool) -> Iterator[PlanDate]:
    for action in (*team.planned, *filter(_was_planned, team.outside)):
        for kind in _OF_AN_ACTION:
            if day := action.work.date(kind):
                yield PlanDate(
                    kind=kind,
                    day=day,
                    action=action,
                    decided=action.decides(kind),
                    cancelled=action.work.closed or not action.in_plan,
                )
    again = retake_date(team.plan.questionnaire.rules, team.plan.date)
    if again:
        yield PlanDate(kind="retake", day=again, cancelled=retaken)


def _was_planned(action: TeamAction) -> bool:
    """Return whether an action outside the plan was in it: the tool put it there, or the team moved it."""
    return bool(action.move_reason) or (action.tool is not None and action.tool.in_plan)
