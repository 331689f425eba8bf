"""The plan as the team works on it: edits, order and actions of its own, laid over the tool's plan.

The tool's plan (reports.plan.model.ActionPlan) never changes. `reports.team.edits` makes the changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questions.model import Part
from reports.plan.model import Action, ActionPlan
from reports.plan.suggestions import reviews_after
from reports.team.fields import LEAD, STATUSES, Status, field_ids


@dataclass(frozen=True, slots=True)
class ActionWork:
    """What the team says about one action: the text of every field by id, dates in ISO form, "" for blank."""

    texts: Mapping[str, str]

    @property
    def owner(self) -> str:
        """Who leads."""
        return self.texts[LEAD]

    @property
    def first_step(self) -> str:
        """The first step."""
        return self.texts["first_step"]

    @property
    def due(self) -> datetime.date | None:
        """The day on which it is due."""
        return self.date("due")

    @property
    def review(self) -> datetime.date | None:
        """The day of the review."""
        return self.date("review")

    @property
    def status(self) -> Status:
        """How far the team is."""
        return next(status for status in STATUSES if status.id == self.texts["status"])

    @property
    def closed(self) -> bool:
        """Whether the action is done or dropped."""
        return self.status.closed

    @property
    def dropped_reason(self) -> str:
        """Why the team dropped it."""
        return self.texts["dropped_reason"]

    def date(self, field: str) -> datetime.date | None:
        """Return the date that a field holds, None while it is blank."""
        return _day(self.texts[field])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """An action that the team added. `section` is the id of a part; an id is never given twice."""

    id: str
    section: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWork:
    """What the team changed. `revision` is the number of saves.

    `fields` holds, by action, what the team decided, which may be what the plan suggests; dates as ISO text.
    `order` are the planned actions in the team's order, `moves` the reason of each action's last move;
    while both are empty, the tool's order applies. `came_from` has, by action, the day of the plan from which
    its work came along, as ISO text.
    """

    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: tuple[OwnAction, ...] = ()
    order: tuple[str, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    came_from: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0


NO_WORK = PlanWork()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAction:
    """An action with the team's work. `tool` is None for an own action.

    `position` is its place in the team's order, 1 is first; 0 outside the plan. `decided` are the fields that
    the team filled in itself. `came_from` is the day of the plan in which the team began this work, None if
    that is this plan.
    """

    id: str
    title: str
    part: Part
    tool: Action | None
    position: int
    in_plan: bool
    move_reason: str
    work: ActionWork
    decided: frozenset[str]
    came_from: datetime.date | None

    def decides(self, field: str) -> bool:
        """Return whether a field is the team's: it was saved, or nobody suggests anything for the action."""
        return self.tool is None or field in self.decided


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """The tool's plan with the team's order and work. Together the two lists hold every action once."""

    plan: ActionPlan
    planned: tuple[TeamAction, ...]
    outside: tuple[TeamAction, ...]

    @property
    def as_ranked(self) -> bool:
        """Whether the plan holds the tool's choice in the tool's order, and nothing else."""
        return tuple(item.tool for item in self.planned) == self.plan.planned


def team_plan(plan: ActionPlan, work: PlanWork) -> TeamPlan:
    """Return the plan with the team's work. Work on unknown actions is ignored."""
    tools = {action.question.id: action for action in (*plan.planned, *plan.further)}
    parts = {part.id: part for part in plan.questionnaire.parts}
    own = {action.id: action for action in work.own if action.section in parts}
    ids = (*tools, *own)
    places = {id_: place for place, id_ in enumerate(_planned_ids(tools, own, work), start=1)}

    def team_action(id_: str) -> TeamAction:
        tool = tools.get(id_)
        return TeamAction(
            id=id_,
            title=tool.title if tool else own[id_].title,
            part=plan.questionnaire.place_of[id_][0] if tool else parts[own[id_].section],
            tool=tool,
            position=places.get(id_, 0),
            in_plan=id_ in places,
            move_reason=work.moves.get(id_, ""),
            work=_filled(plan, tool, work.fields.get(id_, {})),
            decided=frozenset(work.fields.get(id_, {})),
            came_from=_day(work.came_from.get(id_, "")),
        )

    return TeamPlan(
        plan=plan,
        planned=tuple(team_action(id_) for id_ in places),
        outside=tuple(team_action(id_) for id_ in ids if id_ not in places),
    )


def suggested(tool: Action | None) -> ActionWork:
    """Return what the plan suggests for an action; for one of the team's own, nothing."""
    blank = dict.fromkeys(field_ids(), "") | {"status": STATUSES[0].id}
    if tool is None:
        return ActionWork(blank)
    return ActionWork(
        blank
        | {
            LEAD: tool.lead,
            "first_step": tool.first_step,
            "due": tool.due.isoformat(),
            "measure": tool.measure,
            "review": tool.reviews[0].isoformat() if tool.reviews else "",
        }
    )


def suggested_fields(tool: Action | None) -> frozenset[str]:
    """Return the fields for which the plan suggests a text."""
    blank = suggested(None).texts
    return frozenset(id_ for id_, text in suggested(tool).texts.items() if text != blank[id_])


def begun_actions(work: PlanWork) -> tuple[str, ...]:
    """Return the ids of the actions that the team is working on."""
    active = {status.id for status in STATUSES if status.active}
    return tuple(sorted(id_ for id_, texts in work.fields.items() if texts.get("status") in active))


def _planned_ids(tools: Mapping[str, Action], own: Mapping[str, OwnAction], work: PlanWork) -> Iterable[str]:
    """Return the ids of what is in the plan, in order; own actions that never moved are at the end."""
    known = {*tools, *own}
    ordered = [id_ for id_ in dict.fromkeys(work.order) if id_ in known]
    if not ordered and known.isdisjoint(work.moves):
        ordered = [id_ for id_, action in tools.items() if action.in_plan]
    unmoved = [id_ for id_ in own if id_ not in work.moves and id_ not in ordered]
    return (*ordered, *unmoved)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _filled(plan: ActionPlan, tool: Action | None, changed: Mapping[str, str]) -> ActionWork:
    """Return what is suggested, with what was changed; a suggested review comes after the due date."""
    suggestion = suggested(tool)
    known = {id_: text for id_, text in changed.items() if id_ in suggestion.texts}
    work, rules = ActionWork({**suggestion.texts, **known}), plan.questionnaire.rules
    if tool is None or work.due is None or "review" in known or rules.composition is None:
        return work
    review = next((day.isoformat() for day in reviews_after(rules, plan.date, work.due)), "")
    return ActionWork({**work.texts, "review": review})
