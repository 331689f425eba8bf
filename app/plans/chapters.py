"""The pages beside the plan, and what to protect by who could keep it so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.plans.addresses import PlanAddresses
from questions.kinds.stage import StageQuestion
from reports.plan.model import ActionPlan

# The templates and titles, in the order of the navigation.
CHAPTERS: Mapping[str, tuple[str, Any]] = {
    "resources": ("plans/resources.html", _l("Resources")),
    "training": ("plans/training.html", _l("Training needs")),
    "find-out": ("plans/find-out.html", _l("Find out")),
    "left-out": ("plans/left-out.html", _l("Left out")),
    "method": ("plans/method.html", _l("How it was made")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A page beside the plan. `count` is how much it lists, None for a text."""

    id: str
    title: str
    count: int | None
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who could keep some practices as they are, and when to look at them again."""

    lead: str
    look_again: datetime.date
    practices: tuple[StageQuestion, ...]


def chapters(plan: ActionPlan, addresses: PlanAddresses) -> tuple[Chapter, ...]:
    """Return the pages beside a plan."""
    counts = {
        "resources": len(plan.resources),
        "training": len(plan.training),
        "find-out": len(plan.find_out_first),
    }
    return tuple(
        Chapter(id=id_, title=str(title), count=counts.get(id_), address=addresses.chapter(id_))
        for id_, (_template, title) in CHAPTERS.items()
    )


def to_protect(plan: ActionPlan) -> tuple[Keeper, ...]:
    """Return what a plan without a gap is about, by who could keep it so."""
    found: dict[tuple[str, datetime.date], list[StageQuestion]] = {}
    for item in plan.protect:
        found.setdefault((item.lead, item.look_again), []).append(item.question)
    return tuple(
        Keeper(lead=lead, look_again=day, practices=tuple(practices))
        for (lead, day), practices in found.items()
    )
