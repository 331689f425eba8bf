"""The summary of a plan and the first page of a comparison: what a director can hand to a board."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.comparison.model import ActionOutcome, Comparison, Outcome
from reports.documents.action_fields import due_in_words, field_label
from reports.documents.formatting import long_date
from reports.plan.model import ActionPlan, FindOut
from reports.plan.suggestions import retake_date
from reports.plan.translations import translations
from reports.team.fields import LEAD, STATUSES
from reports.team.model import TeamAction, TeamPlan

MAX_NAMED = 3
# More would not leave the summary two pages.
MOST_ACTIONS = 6
_UP_AND_DOWN: tuple[Outcome, ...] = ("moved_up", "moved_down")


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
class BoardAction:
    """An open action as the board reads it. `lead_label` and `due_label` tell decided from suggested."""

    position: int
    title: str
    goal: str
    first_step: str
    lead_label: str
    lead: str
    due_label: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """The pages of a plan for a board.

    `basis` says how much the plan knows, and `urgent` how many actions are urgent ("" for none). `actions`
    are the first open ones, `more` counts the others; `closed` are those done or dropped, by status.
    `strengths` are names by stage, `needs` what each action asks of the board, `waiting` the urgent actions
    outside the plan. `review_label` tells whether the team decided the next review.
    """

    basis: str
    urgent: str
    actions: tuple[BoardAction, ...]
    more: int
    closed: tuple[tuple[str, tuple[str, ...]], ...]
    strengths: tuple[tuple[str, tuple[str, ...]], ...]
    needs: tuple[tuple[str, str], ...]
    waiting: Few
    find_out: Few
    review_label: str
    review: str
    next_check: str
    then_foundation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSummary:
    """The first page of a comparison: what became of the planned actions, and what moved.

    Both are headings with the first names; what moved clearly comes first.
    """

    outcomes: tuple[tuple[str, Few], ...]
    moved: tuple[tuple[str, Few], ...]


def plan_summary(team: TeamPlan) -> PlanSummary:
    """Return what a board reads of the plan."""
    plan, language = team.plan, team.plan.questionnaire.language
    still_open = [item for item in team.planned if not item.work.closed]
    again = retake_date(plan.questionnaire.rules, plan.date)
    review = min((item for item in still_open if item.work.review), key=_review, default=None)
    return PlanSummary(
        basis=basis_sentence(plan),
        urgent=urgent_sentence(team),
        actions=tuple(_board_action(plan, item) for item in still_open[:MOST_ACTIONS]),
        more=len(still_open[MOST_ACTIONS:]),
        closed=tuple(_closed(team)),
        strengths=tuple(_strengths(plan)),
        needs=tuple((f"{i.position}.", i.work.texts["needs"]) for i in still_open if i.work.texts["needs"]),
        waiting=few(item.title for item in team.outside if item.tool and item.tool.urgent),
        find_out=few(_unknown(plan, item) for item in plan.find_out_first),
        review_label=field_label(plan.questionnaire, review, "review") if review else "",
        review=long_date(_review(review), language) if review else "",
        next_check=long_date(again, language) if again else "",
        then_foundation=then_foundation(team),
    )


def then_foundation(team: TeamPlan) -> str:
    """Return which action comes after a plan of one because other work depends on it; "" for none."""
    planned = {item.id for item in team.planned}
    return "" if team.plan.then_foundation_id in planned else team.plan.then_foundation


def basis_sentence(plan: ActionPlan) -> str:
    """Return how many practices the plan is based on, and what it is if they are few."""
    language, basis = plan.questionnaire.language, plan.basis
    words = translations(language)
    if not basis.unknown:
        form = words.ngettext(
            "Based on %(asked)s practice.", "Based on all %(asked)s practices.", basis.asked
        )
        return form % {"asked": basis.asked}
    said = words.ngettext(
        "Based on %(answered)s of %(asked)s practice; %(unknown)s not known yet.",
        "Based on %(answered)s of %(asked)s practices; %(unknown)s not known yet.",
        basis.asked,
    ) % {"answered": basis.answered, "asked": basis.asked, "unknown": basis.unknown}
    if not basis.is_thin:
        return said
    find_out = words.gettext("Start with what there is to find out. Actions can follow.")
    return f"{said} {find_out}"


def urgent_sentence(team: TeamPlan) -> str:
    """Return how many actions are urgent, and with how many of them the plan starts; "" for none.

    Of what the team has done or dropped, nothing is said.
    """
    count, planned = (sum(map(_is_urgent, items)) for items in ((*team.planned, *team.outside), team.planned))
    if not count:
        return ""
    words = translations(team.plan.questionnaire.language)
    said = words.ngettext(
        "%(count)s practice that protects clients from harm is not in place yet.",
        "%(count)s practices that protect clients from harm are not in place yet.",
        count,
    ) % {"count": count}
    if not planned:
        return said
    if planned == count:
        starts = words.ngettext("This plan starts with it.", "This plan starts with all of them.", count)
        return f"{said} {starts}"
    starts = words.ngettext(
        "This plan starts with %(planned)s of them.", "This plan starts with %(planned)s of them.", planned
    )
    return f"{said} {starts % {'planned': planned}}"


def _is_urgent(item: TeamAction) -> bool:
    return item.tool is not None and item.tool.urgent and not item.work.closed


def nothing_planned(team: TeamPlan) -> str:
    """Return why there is no action to work on; "" if there is one."""
    plan, texts = team.plan, team.plan.questionnaire.texts
    if team.planned:
        return ""
    if plan.has_no_answers:
        return texts.plan.nothing_answered
    if team.outside:
        return texts.work.none_planned
    _ = translations(plan.questionnaire.language).gettext
    too_little = _("Too little is known yet to choose actions. Start with what there is to find out.")
    return too_little if plan.basis.is_thin else texts.plan.actions_none


def training_none(plan: ActionPlan) -> str:
    """Return why no training need is listed: there is none, nothing was asked, or nothing was answered."""
    if plan.training_answered:
        return plan.questionnaire.texts.plan.training_none
    _ = translations(plan.questionnaire.language).gettext
    if plan.is_first_look:
        return _("The essentials do not ask about training. The whole self-check does.")
    return _("You have not answered the training questions yet.")


def comparison_summary(comparison: Comparison) -> ComparisonSummary:
    """Return the first page of the comparison."""
    moved = dict(comparison.moved)
    outcomes = [
        (group.label, few(_outcome_name(comparison, item) for item in group.actions))
        for group in comparison.action_outcomes_by_label
    ]
    if comparison.other_actions:
        _ = translations(comparison.later.path.questionnaire.language).gettext
        outcomes.append((_("Other actions of your team"), few(a.title for a in comparison.other_actions)))
    return ComparisonSummary(
        outcomes=tuple(outcomes),
        moved=tuple(
            (comparison.texts.outcomes[outcome], few(pair.question.short for pair in moved.get(outcome, ())))
            for outcome in _UP_AND_DOWN
        ),
    )


def _outcome_name(comparison: Comparison, item: ActionOutcome) -> str:
    """Return the short name of a practice, and whether what was done is in the plan again."""
    _ = translations(comparison.later.path.questionnaire.language).gettext
    name = item.question.short
    return _("%(practice)s (in the plan again)") % {"practice": name} if item.again else name


def few(names: Iterable[str]) -> Few:
    """Return the first names and the number of the others. A single one left over is named, too."""
    found = tuple(names)
    shown = found if len(found) <= MAX_NAMED + 1 else found[:MAX_NAMED]
    return Few(names=shown, more=len(found) - len(shown))


def _board_action(plan: ActionPlan, item: TeamAction) -> BoardAction:
    questionnaire = plan.questionnaire
    return BoardAction(
        position=item.position,
        title=item.title,
        goal=item.tool.goal if item.tool else "",
        first_step=item.work.first_step,
        lead_label=field_label(questionnaire, item, LEAD),
        lead=item.work.owner,
        due_label=field_label(questionnaire, item, "due"),
        due=due_in_words(plan, item),
    )


def _closed(team: TeamPlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the label and the titles of the actions that are done, then of those dropped."""
    for status in STATUSES:
        found = tuple(item.title for item in team.planned if item.work.closed and item.work.status == status)
        if found:
            yield team.plan.questionnaire.texts.work.statuses[status.id], found


def _strengths(plan: ActionPlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for label, findings in groupby(plan.strengths, key=lambda finding: finding.answer.label):
        yield label, tuple(finding.question.short for finding in findings)


def _review(item: TeamAction) -> datetime.date:
    return item.work.review or datetime.date.max


def _unknown(plan: ActionPlan, item: FindOut) -> str:
    """Return the short name of a practice, or the label of a training row."""
    question = plan.questionnaire.questions[item.cause.question]
    return question.short_name if question.is_practice else item.label
