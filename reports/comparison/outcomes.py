"""What happened to the earlier plan: how far the team got, and the outcome of each action.

An action leaves or enters the plan because of an answer or because of our rules. To tell which, both sets of
answers are evaluated under both versions of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from questions.kinds.stage import StageQuestion
from questions.model import NOT_APPLICABLE, Questionnaire
from questions.path import Path, path_of
from questions.rules import Rules
from questions.texts import ComparisonTexts
from questions.versions.migration import migrate_answers
from reports.comparison.explanations import answer_label
from reports.comparison.matching import comparable
from reports.comparison.model import (
    ACTION_OUTCOME_KINDS,
    ActionOutcome,
    ActionOutcomeKind,
    FinishedAssessment,
    WorkedAction,
    with_reason,
)
from reports.plan.builder import composition_of
from reports.plan.model import Finding
from reports.plan.priorities import findings_of, ranked
from reports.plan.translations import translations
from reports.team.fields import DONE
from reports.team.model import ActionWork, TeamAction, TeamPlan

_Found = tuple[ActionOutcomeKind, ActionOutcome]


def completion(team: TeamPlan | None, later: TeamPlan | None) -> tuple[WorkedAction, ...] | None:
    """Return the actions of the earlier plan with their status; None if nothing is known.

    An action outside the team's plan is included only if the team began it.
    """
    if team is None:
        return None
    now = {item.id: item for item in (*later.planned, *later.outside)} if later else {}
    begun = (action for action in team.outside if action.work.status.begun)
    return tuple(
        WorkedAction(
            id=action.id,
            title=action.title,
            own=action.tool is None,
            status=action.work.status,
            dropped_reason=action.work.dropped_reason,
            measure=action.work.texts["measure"],
            measure_then=action.work.texts["baseline"],
            measure_now=_measured_since(action, now.get(action.id)),
        )
        for action in (*team.planned, *begun)
    )


def _measured_since(then: TeamAction, now: TeamAction | None) -> str:
    """Return what the later plan says of the measure; "" if it only came along from the earlier one."""
    measure = now.work.texts["baseline"] if now else ""
    came_along = now is not None and now.came_from is not None and measure == then.work.texts["baseline"]
    return "" if came_along else measure


def action_outcomes(
    earlier: FinishedAssessment, later: FinishedAssessment
) -> Mapping[ActionOutcomeKind, tuple[ActionOutcome, ...]]:
    """Return the outcome of each planned action of the earlier plan, and what is new in the later plan."""
    runs = _runs(earlier, later)
    found: dict[ActionOutcomeKind, list[ActionOutcome]] = {"newly_due": list(_newly_due(runs))}
    for finding in runs.then.planned:
        kind, outcome = _outcome(runs, finding)
        found.setdefault(kind, []).append(outcome)
    return {kind: tuple(found.get(kind, ())) for kind in ACTION_OUTCOME_KINDS}


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One set of answers under one version of the content: its findings by rank, and those planned."""

    path: Path
    order: tuple[Finding, ...]
    planned: tuple[Finding, ...]

    def plans(self, id_: str) -> bool:
        """Return whether the action is in the plan."""
        return any(finding.question.id == id_ for finding in self.planned)

    @property
    def is_composed(self) -> bool:
        """Whether the plan's places have reasons of their own, beside the rank."""
        return self.path.questionnaire.rules.composition is not None

    def rank(self, id_: str) -> int | None:
        """Return the rank of the action (from 1), or None if there is none."""
        places = (place for place, f in enumerate(self.order, start=1) if f.question.id == id_)
        return next(places, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runs:
    """Both sets of answers under both versions: `then` and `now` under their own, the others crossed.

    `work` is the team's on the earlier plan, by action, and `worked_on` what that held or the team began;
    `places` are those in the later plan.
    """

    then: _Run
    now: _Run
    then_by_todays_rules: _Run
    now_by_earlier_rules: _Run
    work: Mapping[str, ActionWork]
    worked_on: frozenset[str]
    places: Mapping[str, int]

    @property
    def texts(self) -> ComparisonTexts:
        """The texts of the later questionnaire."""
        return self.now.path.questionnaire.texts.comparison

    def comparable(self, id_: str) -> bool:
        """Return whether both versions ask this question in the same major version."""
        return comparable(self.then.path, self.now.path, id_)


def _runs(earlier: FinishedAssessment, later: FinishedAssessment) -> _Runs:
    begun_then, begun_now = earlier.header.under_way, later.header.under_way
    then, now = _run(earlier.path, begun_then), _run(later.path, begun_now)
    one, other = earlier.path.questionnaire, later.path.questionnaire
    crossed = one.fingerprint != other.fingerprint
    team = earlier.team
    return _Runs(
        then=then,
        now=now,
        then_by_todays_rules=_run(_migrated(earlier.path, other), begun_then) if crossed else then,
        now_by_earlier_rules=_run(_migrated(later.path, one), begun_now) if crossed else now,
        work={action.id: action.work for action in (*team.planned, *team.outside)} if team else {},
        worked_on=frozenset(action.id for action in completion(team, None) or ()),
        places={id_: place for place, id_ in enumerate(_planned_ids(later.team, now), start=1)},
    )


def _run(path: Path, under_way: frozenset[str]) -> _Run:
    order = ranked(path.questionnaire.rules, findings_of(path))
    places = composition_of(path, order, under_way).places
    found = {finding.question.id: finding for finding in order}
    return _Run(path=path, order=order, planned=tuple(found[id_] for id_ in places))


def _planned_ids(team: TeamPlan | None, run: _Run) -> list[str]:
    return [item.id for item in team.planned] if team else [item.question.id for item in run.planned]


def _migrated(path: Path, target: Questionnaire) -> Path:
    """Return the path of the same answers under another version."""
    return path_of(target, migrate_answers(path.questionnaire, target, path.active).answers)


def _outcome(runs: _Runs, finding: Finding) -> tuple[ActionOutcomeKind, ActionOutcome]:
    """Return the list that an action of the earlier plan goes to, the first that fits, with its outcome."""
    question = finding.question
    return (
        _by_team(runs, question)
        or _by_rule(runs, question)
        or _by_answer(runs, finding)
        or _by_place(runs, question)
    )


def _by_team(runs: _Runs, question: StageQuestion) -> _Found | None:
    """Return what the team, or an answer at the top, says of an action."""
    texts, work = runs.texts, runs.work.get(question.id)
    asked = runs.comparable(question.id)
    if work and work.status == DONE:
        due = asked and runs.now.plans(question.id)
        why = texts.fate_done_again if due else texts.fate_done
        return "done", ActionOutcome(question=question, why=why, again=due)
    if asked and _at_the_top(runs.now.path, question):
        label = answer_label(texts, runs.now.path, question)
        return "done", ActionOutcome(question=question, why=texts.fate_done_answer.format(answer=label))
    if work and work.status.dropped:
        language = runs.now.path.questionnaire.language
        why = with_reason(texts.fate_still_dropped, work.dropped_reason, language)
        return "dropped", _with_place(runs, question, why)
    if work and work.status.active:
        return "under_way", _with_place(runs, question, "")
    return None


def _by_rule(runs: _Runs, question: StageQuestion) -> _Found | None:
    """Return that our questions or rules took the action out of the plan."""
    texts = runs.texts
    if not runs.comparable(question.id):
        return "rule_changed", ActionOutcome(question=question, why=texts.fate_gone_question, by_rule=True)
    if not runs.now.plans(question.id) and runs.now_by_earlier_rules.plans(question.id):
        return "rule_changed", ActionOutcome(question=question, why=texts.fate_gone_rule, by_rule=True)
    return None


def _by_answer(runs: _Runs, finding: Finding) -> _Found | None:
    """Return what the answer of today makes of the action: off the path, missing, or mostly in place."""
    question, texts, path = finding.question, runs.texts, runs.now.path
    value = path.active.by_question.get(question.id)
    if question.id not in path.visible:
        return "off_path", ActionOutcome(question=question, why=texts.not_compared_off_now)
    if value == NOT_APPLICABLE:
        return "off_path", ActionOutcome(question=question, why=texts.not_compared_does_not_apply_now)
    gap = path.questionnaire.rules.gap.get(str(value))
    if gap is None:
        return "answer_missing", ActionOutcome(question=question, why=_change(runs, question))
    if gap <= _in_place_gap(path.questionnaire.rules) and gap < finding.gap:
        return "reached", ActionOutcome(question=question, why=_change(runs, question))
    return None


def _by_place(runs: _Runs, question: StageQuestion) -> _Found:
    """Return whether an action that still has a gap is planned again."""
    if runs.now.plans(question.id):
        return "still_due", _still_due(runs, question)
    why = _change(runs, question) or runs.texts.fate_gone_place
    if runs.now.is_composed:
        return "beyond_size", ActionOutcome(question=question, why=why)
    rank = runs.texts.fate_still_new_rank.format(rank=runs.now.rank(question.id))
    return "beyond_size", ActionOutcome(question=question, why=f"{why} {rank}")


def _with_place(runs: _Runs, question: StageQuestion, why: str) -> ActionOutcome:
    """Return what the team says of an action, and its place now if it is planned again."""
    if runs.comparable(question.id) and runs.now.plans(question.id):
        due = _still_due(runs, question)
        return replace(due, why=f"{why} {due.why}".strip())
    return ActionOutcome(question=question, why=why)


def _in_place_gap(rules: Rules) -> int:
    """Return the gap of what is mostly in place: the smallest that is one."""
    return rules.composition.in_place_gap if rules.composition else min(g for g in rules.gap.values() if g)


def _still_due(runs: _Runs, question: StageQuestion) -> ActionOutcome:
    """Return that an action is planned again, and where: in a composed plan, its rank is not its place."""
    texts = runs.texts
    if runs.now.is_composed:
        return ActionOutcome(question=question, why=_place(runs, question))
    then, now = runs.then_by_todays_rules.rank(question.id), runs.now.rank(question.id)
    form = texts.fate_still if then else texts.fate_still_new_rank
    why = form.format(rank=now, rank_then=then)
    return ActionOutcome(question=question, why=why, rank_then=then)


def _place(runs: _Runs, question: StageQuestion) -> str:
    _ = translations(runs.now.path.questionnaire.language).gettext
    place = runs.places.get(question.id)
    if place is None:
        return _("Your team took it out of the new plan.")
    return _("It is number %(place)s in the new plan.") % {"place": place}


def _newly_due(runs: _Runs) -> Iterator[ActionOutcome]:
    texts = runs.now.path.questionnaire.texts.comparison
    for finding in runs.now.planned:
        question = finding.question
        if question.id in runs.worked_on:
            continue
        if not runs.comparable(question.id):
            yield ActionOutcome(question=question, why=texts.fate_new_question, by_rule=True)
        elif runs.then.plans(question.id):
            continue
        elif runs.then_by_todays_rules.plans(question.id):
            yield ActionOutcome(question=question, why=texts.fate_new_rule, by_rule=True)
        else:
            yield ActionOutcome(question=question, why=_change(runs, question) or texts.fate_new_place)


def _change(runs: _Runs, question: StageQuestion) -> str:
    """Return the sentence about how the answer changed; "" if it did not."""
    then, now = runs.then.path, runs.now.path
    if then.active.by_question.get(question.id) == now.active.by_question.get(question.id):
        return ""
    texts = now.questionnaire.texts.comparison
    blank = question.id in now.visible and question.id not in now.active.by_question
    form = texts.fate_by_blank if blank else texts.fate_by_answer
    return form.format(before=answer_label(texts, then, question), after=answer_label(texts, now, question))


def _at_the_top(path: Path, question: StageQuestion) -> bool:
    """Return whether the answer is the highest stage, which leaves no gap."""
    return path.questionnaire.rules.gap.get(str(path.active.by_question.get(question.id))) == 0
