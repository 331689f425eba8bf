"""The changes that a team makes to its plan: each function returns the work after the change. Pure.

A change without effect returns the work as it was; every other change counts as one more save.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from reports.plan.model import ActionPlan
from reports.team.model import OwnAction, PlanWork, TeamPlan, suggested, suggested_fields, team_plan


def edit(work: PlanWork, plan: ActionPlan, action: str, texts: Mapping[str, str]) -> PlanWork:
    """Return the work with these fields of an action; an unknown action or field changes nothing.

    Texts are cleaned, dates in ISO form. Whoever saves a suggested value decides it: it is stored like any
    other. A field without a suggestion that is blank again is no longer stored.
    """
    tools = {tool.question.id: tool for tool in plan.actions}
    if action not in tools and action not in {own.id for own in work.own}:
        return work
    suggestion, before = suggested(tools.get(action)).texts, work.fields.get(action, {})
    wanted = {**suggestion, **before, **texts}
    decided = suggested_fields(tools.get(action)) & {*before, *texts}
    edited = {id_: wanted[id_] for id_ in suggestion if id_ in decided or wanted[id_] != suggestion[id_]}
    fields = {**work.fields, action: edited}
    return _saved(work, fields={id_: changed for id_, changed in fields.items() if changed})


def move(work: PlanWork, plan: ActionPlan, action: str, place: int | Literal["out"], reason: str) -> PlanWork:
    """Return the work with an action at another place: 1 is first, "out" not in the plan.

    A place beyond the last is the last. An action that is there already does not move, and keeps its reason.
    """
    team = team_plan(plan, work)
    before = [item.id for item in team.planned]
    order = [id_ for id_ in before if id_ != action]
    if action not in _ids(team):
        return work
    if place != "out":
        order.insert(max(place, 1) - 1, action)
    if order == before:
        return work
    return _saved(work, order=tuple(order), moves={**work.moves, action: reason})


def add_own(work: PlanWork, section: str, title: str) -> PlanWork:
    """Return the work with one more action of the team's own, at the end; the same is added once."""
    if any((own.section, own.title) == (section, title) for own in work.own):
        return work
    own = OwnAction(id=f"own-{work.revision + 1}", section=section, title=title)
    return _saved(work, own=(*work.own, own))


def remove_own(work: PlanWork, action: str) -> PlanWork:
    """Return the work without an action of the team's own, and everything written about it."""
    if action not in {own.id for own in work.own}:
        return work
    return _saved(
        work,
        own=tuple(own for own in work.own if own.id != action),
        order=tuple(id_ for id_ in work.order if id_ != action),
        fields={id_: changed for id_, changed in work.fields.items() if id_ != action},
        moves={id_: reason for id_, reason in work.moves.items() if id_ != action},
        came_from={id_: day for id_, day in work.came_from.items() if id_ != action},
    )


def _ids(team: TeamPlan) -> set[str]:
    return {item.id for item in (*team.planned, *team.outside)}


def _saved(work: PlanWork, **changes: Any) -> PlanWork:
    changed = replace(work, **changes)
    return work if changed == work else replace(changed, revision=work.revision + 1)
