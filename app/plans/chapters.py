"""The pages beside the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.plans.addresses import PlanAddresses
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
