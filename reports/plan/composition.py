"""Which actions are in a plan, why each has its place, and in which order.

A version of the content says how its plans are composed (rules.yaml, composition); for a version that does
not, a plan is the first actions by rank. Pure, and monotone: a worse answer never takes its own action out of
a plan and never moves it down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from questions.rules import Composition, PlaceId
from reports.plan.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The planned actions in their order, each with the reason of its place (None: it is among the first by
    rank), and the foundation that comes next if the plan has no room for one.
    """

    places: Mapping[str, PlaceId | None]
    then_foundation: Finding | None = None

    def position(self, id_: str) -> int | None:
        """Return the place of an action in the plan, from 1; None if it is not in it."""
        return next((number for number, other in enumerate(self.places, start=1) if other == id_), None)


def compose(
    rules: Composition | None,
    order: Sequence[Finding],
    size: int,
    section_of: Mapping[str, str],
    under_way: frozenset[str] = frozenset(),
) -> Composed:
    """Return the plan of these findings, which are in rank order and all have a gap.

    `section_of` gives the section of each practice, and `under_way` the practices that the team had begun.
    """
    if rules is None:
        return Composed(places={finding.question.id: None for finding in order[:size]})
    plan = _Plan(rules=rules, order=order, size=size, section_of=section_of)
    for finding in order:
        if finding.question.id in under_way and finding.gap > rules.in_place_gap:
            plan.add("under_way", finding)
    plan.fill("urgent", partial(is_urgent, rules))
    plan.fill("foundation", partial(is_foundation, rules))
    if size >= rules.survivors_from_size:
        plan.fill(
            "survivors", partial(is_for_survivors, rules), taken=lambda f: "survivors" in f.question.roles
        )
    plan.spread()
    return Composed(places=plan.places, then_foundation=plan.then_foundation())


def is_urgent(rules: Composition, finding: Finding) -> bool:
    """Return whether getting this wrong can hurt a client directly, and nothing is in place yet."""
    return finding.importance.basis == rules.urgent_basis and finding.gap == rules.not_yet_gap


def is_foundation(rules: Composition, finding: Finding) -> bool:
    """Return whether other work builds on it, and it is not mostly in place."""
    return "foundation" in finding.question.roles and finding.gap > rules.in_place_gap


def is_for_survivors(rules: Composition, finding: Finding) -> bool:
    """Return whether it gives survivors a say, and nothing is in place yet."""
    return "survivors" in finding.question.roles and finding.gap == rules.not_yet_gap


Kind = Callable[[Finding], bool]


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A plan while it is being composed."""

    rules: Composition
    order: Sequence[Finding]
    size: int
    section_of: Mapping[str, str]
    chosen: list[Finding] = field(default_factory=list)
    places: dict[str, PlaceId | None] = field(default_factory=dict)

    def add(self, place: PlaceId, finding: Finding) -> None:
        """Give the finding the next place."""
        self.chosen.append(finding)
        self.places[finding.question.id] = place

    def fill(self, place: PlaceId, kind: Kind, taken: Kind | None = None) -> None:
        """Give a free place to the first finding of this kind, unless one of it, or `taken`, has a place."""
        if len(self.chosen) < self.size and not any(map(taken or kind, self.chosen)):
            for finding in filter(kind, self.order):
                self.add(place, finding)
                return

    def spread(self) -> None:
        """Give each free place to the section with the fewest so far, and there to the highest rank."""
        rank = {finding.question.id: number for number, finding in enumerate(self.order)}
        left = [finding for finding in self.order if finding.question.id not in self.places]
        while left and len(self.chosen) < self.size:
            used = Counter(self.section_of[finding.question.id] for finding in self.chosen)
            best = min(left, key=lambda f: (used[self.section_of[f.question.id]], rank[f.question.id]))
            left.remove(best)
            self.add("spread", best)

    def then_foundation(self) -> Finding | None:
        """Return the foundation that comes next, where a plan of one place holds something else."""
        kind = partial(is_foundation, self.rules)
        if self.size > 1 or any(map(kind, self.chosen)):
            return None
        return next(filter(kind, self.order), None)
