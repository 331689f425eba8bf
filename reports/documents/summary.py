"""The first page of a plan and of a comparison: a summary that a director can hand to a board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.comparison.model import Comparison, Matched
from reports.documents.formatting import long_date
from reports.plan.model import ActionPlan, FindOut
from reports.plan.translations import translations
from reports.team.model import TeamAction, TeamPlan, suggested

MAX_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """The first names of a list, and how many more there are."""

    names: tuple[str, ...]
    more: int

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.names) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAction:
    """One of the first actions. `owner` and `due` are "" until the team has set them."""

    position: int
    title: str
    first_step: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """The first page of a plan. `training` has the title and the topics of each page with a training need.

    `basis` says how much the plan knows, and `urgent` how many actions are urgent ("" for none).
    """

    basis: str
    urgent: str
    training_none: str
    first: tuple[FirstAction, ...]
    training: tuple[tuple[str, Few], ...]
    find_out: Few

    @property
    def agreed(self) -> bool:
        """Whether the team has set an owner or a due date for any of the first actions."""
        return any(action.owner or action.due for action in self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSummary:
    """The first page of a comparison: what became of the planned actions, and what moved."""

    outcomes: tuple[tuple[str, Few], ...]
    moved_up: Few
    moved_down: Few


def plan_summary(team: TeamPlan) -> PlanSummary:
    """Return the first page of the plan. Actions that are done or dropped are not among the first."""
    plan = team.plan
    still_open = [item for item in team.planned if not item.work.closed]
    return PlanSummary(
        basis=basis_sentence(plan),
        urgent=urgent_sentence(plan),
        training_none=training_none(plan),
        first=tuple(_first(item, plan.questionnaire.language) for item in still_open[:MAX_NAMED]),
        training=tuple(_training(plan)),
        find_out=few(_unknown(plan, item) for item in plan.find_out_first),
    )


def basis_sentence(plan: ActionPlan) -> str:
    """Return how many practices the plan is based on, and what it is if they are few."""
    language, basis = plan.questionnaire.language, plan.basis
    _ = translations(language).gettext
    said = _("Based on %(answered)s of %(asked)s practices; %(unknown)s not known yet.") % {
        "answered": basis.answered,
        "asked": basis.asked,
        "unknown": basis.unknown,
    }
    if not basis.is_thin:
        return said
    return f"{said} {_('So this is a list of what to find out, not yet a plan.')}"


def urgent_sentence(plan: ActionPlan) -> str:
    """Return how many actions are urgent, and with how many of them the plan starts; "" for none."""
    count = len(plan.urgent)
    if not count:
        return ""
    form = translations(plan.questionnaire.language).ngettext(
        "%(count)s practice can hurt clients directly and is “Not yet.” This plan starts with %(planned)s.",
        "%(count)s practices can hurt clients directly and are “Not yet.” This plan starts with %(planned)s.",
        count,
    )
    return form % {"count": count, "planned": sum(action.in_plan for action in plan.urgent)}


def training_none(plan: ActionPlan) -> str:
    """Return why no training need is listed: there is none, or nothing was answered."""
    if plan.training_answered:
        return plan.questionnaire.texts.plan.training_none
    _ = translations(plan.questionnaire.language).gettext
    return _("You have not answered the training questions yet.")


def comparison_summary(comparison: Comparison) -> ComparisonSummary:
    """Return the first page of the comparison."""
    return ComparisonSummary(
        outcomes=tuple(
            (label, few(item.question.short for item in items))
            for label, items in comparison.action_outcomes_by_label
        ),
        moved_up=_practices(comparison.by_outcome["moved_up"]),
        moved_down=_practices(comparison.by_outcome["moved_down"]),
    )


def few(names: Iterable[str]) -> Few:
    """Return the first names and the number of the others. A single one left over is named, too."""
    found = tuple(names)
    shown = found if len(found) <= MAX_NAMED + 1 else found[:MAX_NAMED]
    return Few(names=shown, more=len(found) - len(shown))


def _first(item: TeamAction, language: str) -> FirstAction:
    tool = suggested(item.tool)
    due = item.work.due if item.work.due != tool.due else None
    return FirstAction(
        position=item.position,
        title=item.title,
        first_step=item.work.first_step,
        owner="" if item.work.owner == tool.owner else item.work.owner,
        due=long_date(due, language) if due else "",
    )


def _training(plan: ActionPlan) -> Iterator[tuple[str, Few]]:
    """Yield the title and the first topics of each page of questions with a training need."""
    place = plan.questionnaire.place_of
    for title, group in groupby(plan.training, key=lambda need: place[need.group][1].title):
        needs = tuple(group)
        names = tuple(need.label for need in needs if need.cause.row)[:2]
        yield title, Few(names=names, more=len(needs) - len(names))


def _unknown(plan: ActionPlan, item: FindOut) -> str:
    """Return the short name of a practice, or the label of a training row."""
    question = plan.questionnaire.questions[item.cause.question]
    return question.short_name if question.is_practice else item.label


def _practices(pairs: tuple[Matched, ...]) -> Few:
    return few(pair.question.short for pair in pairs)
