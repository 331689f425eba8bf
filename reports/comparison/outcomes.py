"""What happened to the earlier plan: how far the team got, and the outcome of each action.

An action leaves or enters the plan because of an answer or because of our rules. To tell which, both sets of
answers are evaluated under both versions of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions.kinds.stage import StageQuestion
from questions.model import Questionnaire
from questions.path import Path, path_of
from questions.versions.migration import migrate_answers
from reports.comparison.explanations import answer_label
from reports.comparison.matching import comparable
from reports.comparison.model import (
    ACTION_OUTCOME_KINDS,
    ActionOutcome,
    ActionOutcomeKind,
    FinishedAssessment,
    WorkedAction,
)
from reports.plan.builder import plan_size
from reports.plan.model import Finding
from reports.plan.priorities import findings_of, ranked
from reports.team.model import ActionWork, TeamPlan


def completion(team: TeamPlan | None) -> tuple[WorkedAction, ...] | None:
    """Return the actions of the earlier plan with their status; None if nothing is known.

    An action outside the team's plan is included only if the team began it.
    """
    if team is None:
        return None
    begun = (action for action in team.outside if action.work.status != "not_started")
    return tuple(
        WorkedAction(
            id=action.id,
            title=action.title,
            own=action.tool is None,
            status=action.work.status,
            dropped_reason=action.work.dropped_reason,
        )
        for action in (*team.planned, *begun)
    )


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

    def rank(self, id_: str) -> int | None:
        """Return the rank of the action (from 1), or None if there is none."""
        places = (place for place, f in enumerate(self.order, start=1) if f.question.id == id_)
        return next(places, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runs:
    """Both sets of answers under both versions: `then` and `now` under their own, the others crossed."""

    then: _Run
    now: _Run
    then_by_todays_rules: _Run
    now_by_earlier_rules: _Run
    work: Mapping[str, ActionWork]

    def comparable(self, id_: str) -> bool:
        """Return whether both versions ask this question in the same major version."""
        return comparable(self.then.path, self.now.path, id_)


def _runs(earlier: FinishedAssessment, later: FinishedAssessment) -> _Runs:
    then, now = _run(earlier.path), _run(later.path)
    one, other = earlier.path.questionnaire, later.path.questionnaire
    crossed = one.fingerprint != other.fingerprint
    team = earlier.team
    return _Runs(
        then=then,
        now=now,
        then_by_todays_rules=_run(_migrated(earlier.path, other)) if crossed else then,
        now_by_earlier_rules=_run(_migrated(later.path, one)) if crossed else now,
        work={action.id: action.work for action in (*team.planned, *team.outside)} if team else {},
    )


def _run(path: Path) -> _Run:
    order = ranked(path.questionnaire.rules, findings_of(path))
    return _Run(path=path, order=order, planned=order[: plan_size(path)])


def _migrated(path: Path, target: Questionnaire) -> Path:
    """Return the path of the same answers under another version."""
    return path_of(target, migrate_answers(path.questionnaire, target, path.active).answers)


def _outcome(runs: _Runs, finding: Finding) -> tuple[ActionOutcomeKind, ActionOutcome]:
    """Return the list that an action of the earlier plan goes to, with its outcome."""
    question, texts = finding.question, runs.now.path.questionnaire.texts.comparison
    asked = runs.comparable(question.id)
    due = asked and runs.now.plans(question.id)
    work = runs.work.get(question.id)
    if work and work.status == "done":
        return "done", ActionOutcome(question=question, why=texts.fate_done_again if due else texts.fate_done)
    if asked and _at_the_top(runs.now.path, question):
        label = answer_label(texts, runs.now.path, question)
        return "done", ActionOutcome(question=question, why=texts.fate_done_answer.format(answer=label))
    if due:
        return "still_due", _still_due(runs, question, dropped=bool(work and work.status == "dropped"))
    if not asked:
        return "gone_rule_changed", ActionOutcome(
            question=question, why=texts.fate_gone_question, by_rule=True
        )
    if runs.now_by_earlier_rules.plans(question.id):
        return "gone_rule_changed", ActionOutcome(question=question, why=texts.fate_gone_rule, by_rule=True)
    return "gone_answer_changed", ActionOutcome(
        question=question, why=_change(runs, question) or texts.fate_gone_place
    )


def _still_due(runs: _Runs, question: StageQuestion, *, dropped: bool) -> ActionOutcome:
    texts = runs.now.path.questionnaire.texts.comparison
    then, now = runs.then_by_todays_rules.rank(question.id), runs.now.rank(question.id)
    form = texts.fate_still if then else texts.fate_still_new_rank
    why = form.format(rank=now, rank_then=then)
    return ActionOutcome(
        question=question,
        why=f"{texts.fate_still_dropped} {why}" if dropped else why,
        rank_then=then,
        rank_now=now,
    )


def _newly_due(runs: _Runs) -> Iterator[ActionOutcome]:
    texts = runs.now.path.questionnaire.texts.comparison
    for finding in runs.now.planned:
        question = finding.question
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
