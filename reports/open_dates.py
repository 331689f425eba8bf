"""The dates of a plan that are still to come about: due and review dates of open planned actions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.team import TeamAction, TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDate:
    """A day on which something is to be done for an action."""

    kind: Literal["due", "review"]
    day: datetime.date
    action: TeamAction


def open_dates(team: TeamPlan) -> tuple[OpenDate, ...]:
    """Return the dates of the planned actions that are neither done nor dropped, in the team's order."""
    return tuple(_dates(team))


def _dates(team: TeamPlan) -> Iterator[OpenDate]:
    for action in team.planned:
        if action.work.status in ("done", "dropped"):
            continue
        if action.work.due:
            yield OpenDate(kind="due", day=action.work.due, action=action)
        if action.work.review:
            yield OpenDate(kind="review", day=action.work.review, action=action)
