"""What is still open in a finished assessment's plan, for the next self-check to bring along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database.assessments import Assessment, previous_of
from app.finished_assessments import load_team_plan
from reports.documents.action_fields import status_labels
from reports.team.carrying import open_actions
from reports.team.fields import LEAD
from reports.team.model import TeamAction


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """An open action: its title, and in one line how far it is, who leads, and when it is due."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingAlong:
    """How many open actions come along into the plan of a draft, and the plan that they are in."""

    count: int
    earlier: Assessment


def open_actions_of(assessment: Assessment) -> tuple[OpenAction, ...]:
    """Return the open actions of a finished assessment's plan, in the team's order."""
    team = load_team_plan(assessment)
    statuses = status_labels(team.plan.questionnaire.texts.work)
    return tuple(
        OpenAction(id=item.id, title=item.title, about=" · ".join(_about(item, statuses)))
        for item in open_actions(team)
    )


def coming_along(draft: Assessment) -> ComingAlong | None:
    """Return what comes along into the plan of this draft; None for nothing."""
    earlier = previous_of(draft)
    if earlier is None:
        return None
    left_out = draft.left_out
    count = sum(item.id not in left_out for item in open_actions(load_team_plan(earlier)))
    return ComingAlong(count=count, earlier=earlier) if count else None


def _about(item: TeamAction, statuses: Mapping[str, str]) -> Iterator[str]:
    if item.tool is None:
        yield _("Your own action")
    yield statuses[item.work.status.id]
    if LEAD in item.decided and item.work.owner:
        yield item.work.owner
    if "due" in item.decided and item.work.due:
        is_past = item.work.due < clock.today()
        form = _("was due %(date)s") if is_past else _("due %(date)s")
        yield form % {"date": clock.long_date(item.work.due)}
