"""Plans and comparisons as public JSON, and answers as a file to load again (design, section 4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import yaml

from questions.answers import Answers
from questions.guide import Resource
from questions.kinds.base import Question
from questions.model import Questionnaire
from reports.comparison.model import ActionOutcome, Comparison, FinishedAssessment, Matched, Pair
from reports.plan.model import (
    Action,
    ActionPlan,
    Basis,
    Cause,
    ChosenResource,
    Help,
    Opening,
    Recommendation,
    TrainingNeed,
)
from reports.plan.recommendations import caution_of, opening_of
from reports.team.fields import ACTION_FIELDS, LEAD
from reports.team.model import TeamAction, TeamPlan


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison in plain lists, dicts, strings and numbers.

    `before` and `after` in the details are the values of the answers, as in an answers file; `steps` are
    below 0 for a move down.
    """
    return {
        "earlier": _assessment_head(comparison.earlier),
        "later": _assessment_head(comparison.later),
        "cautions": list(comparison.cautions),
        "compared": comparison.compared,
        "of": comparison.of,
        **{outcome: _ids(pairs) for outcome, pairs in comparison.by_outcome.items()},
        "not_compared": [
            {**_named(pair.question), "why": pair.why, "reason": pair.reason}
            for pair in comparison.not_compared
        ],
        "plan": {kind: _ids(items) for kind, items in comparison.action_outcomes.items()},
        "details": [_details(pair) for pair in comparison.matched],
        "sections": [
            {
                "id": section.part.id,
                "before": dict(section.before.counts),
                "after": dict(section.after.counts),
                "left_out": section.left_out,
            }
            for section in comparison.sections
        ],
        "fates": [
            {**_named(item.question), "fate": kind, "why": item.why, "by_rule": item.by_rule}
            for kind, items in comparison.action_outcomes.items()
            for item in items
        ],
        "completion": _completion(comparison),
    }


def _assessment_head(assessment: FinishedAssessment) -> dict[str, str | int]:
    head, version = assessment.header, assessment.path.questionnaire.version
    number = {"number_of_day": head.number_of_day} if head.number_of_day > 1 else {}
    return {"date": head.date.isoformat(), **number, "version": version}


def _ids(items: Iterable[Pair | ActionOutcome]) -> list[str]:
    return [item.question.id for item in items]


def _details(pair: Matched) -> dict[str, Any]:
    return {
        **_named(pair.question),
        "before": pair.before.value,
        "after": pair.after.value,
        "steps": pair.steps,
        "clear": pair.is_clear_move,
        "points_to": pair.points_to,
        "note_before": pair.note_before,
        "note_after": pair.note_after,
        "look_back": pair.look_back.value if pair.look_back else "",
    }


def _completion(comparison: Comparison) -> list[dict[str, Any]] | None:
    if comparison.completion is None:
        return None
    return [{**asdict(action), "status": action.status.id} for action in comparison.completion]


def plan_json(
    plan: ActionPlan, team: TeamPlan | None = None, comparison: Comparison | None = None
) -> dict[str, Any]:
    """Return the plan in the public form: lists, dicts, strings, numbers.

    With the team's work, and with what changed since an earlier assessment, if those are given.
    """
    data = _plan(plan, team)
    if team:
        data["team"] = [_team_action(plan.questionnaire, item) for item in (*team.planned, *team.outside)]
    if comparison:
        data["comparison"] = comparison_json(comparison)
    return data


def _plan(plan: ActionPlan, team: TeamPlan | None) -> dict[str, Any]:
    worked = {item.id: item for item in (*team.planned, *team.outside)} if team else {}
    return {
        "questionnaire": _head(plan.questionnaire),
        "agency": plan.agency,
        "date": plan.date.isoformat(),
        "sections": [
            {"id": s.part.id, "title": s.part.title, "counts": dict(s.counts)} for s in plan.sections
        ],
        "basis": _basis(plan.basis),
        "strengths": [{**_named(f.question), "stage": f.answer.value} for f in plan.strengths],
        "plan_size": plan.size,
        "actions": [
            _action(plan.questionnaire, action, worked.get(action.question.id)) for action in plan.actions
        ],
        "training": [_training(need) for need in plan.training],
        "find_out_first": [
            _cause(plan.questionnaire, i.cause) for i in plan.find_out_first if not i.cause.row
        ],
        "training_to_find_out": [
            {"question": i.cause.question, "row": i.cause.row, "title": i.label}
            for i in plan.find_out_first
            if i.cause.row
        ],
        "resources": [_resource(plan.questionnaire, item) for item in plan.resources],
        "not_recommended": [
            {"id": n.resource.id, "title": n.resource.title, "why": n.why, "would_bring": n.would_bring}
            for n in plan.not_recommended
        ],
        "not_applicable": [{**_named(n.question), "reason": n.reason} for n in plan.not_applicable],
        "unanswered": [_named(left.question) for left in plan.unanswered],
    }


def address(resource: Resource) -> str | None:
    """Return the address of the resource itself, or None where none is known."""
    return resource.link.url if resource.link else None


def answers_data(
    questionnaire: Questionnaire, agency: str, date: datetime.date | None, answers: Answers
) -> dict[str, Any]:
    """Return the answers file's content. Give it the answers on the path only."""
    data: dict[str, Any] = {"questionnaire": _head(questionnaire), "agency": agency}
    if date:
        data["date"] = date.isoformat()
    data["answers"] = {
        id_: list(a) if isinstance(a, tuple) else a if isinstance(a, str) else dict(a)
        for id_, a in answers.by_question.items()
    }
    for key, texts in (("notes", answers.notes), ("reasons", answers.reasons)):
        if texts:
            data[key] = dict(texts)
    if answers.points_to:
        data["points_to"] = sorted(answers.points_to)
    return data


def answers_yaml(data: dict[str, Any]) -> str:
    """Return the answers file as YAML text."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100))


def _head(questionnaire: Questionnaire) -> dict[str, str]:
    return {"id": questionnaire.id, "version": questionnaire.version}


def _section(questionnaire: Questionnaire, resource: Resource) -> str:
    """Return the id of the section the guide names the resource in."""
    return next(s.part for s in questionnaire.guide.sections if s.number == resource.section)


def _resource(questionnaire: Questionnaire, item: Recommendation) -> dict[str, Any]:
    """Return a resource with its reasons, and what the last test of its link found, if there was one."""
    resource, opening = item.resource, opening_of(questionnaire, item.resource, "")
    check = questionnaire.link_check.get(address(resource) or "")
    return {
        "id": resource.id,
        "title": resource.title,
        "publisher": resource.publisher,
        "section": _section(questionnaire, resource),
        "reasons": list(item.reasons),
        "answers": [_cause(questionnaire, cause) for cause in item.causes],
        "url": address(resource),
        "instead": _instead(opening),
        "caution": caution_of(resource) or None,
        "link_status": check.status if check else None,
        "link_checked": check.checked if check else None,
        "link_last_worked": check.last_worked or None if check else None,
        "retired": resource.retired or None,
        "successor": resource.successor or None,
    }


def _named(question: Question) -> dict[str, str]:
    """Return the id of a question, and what lists call it."""
    return {"question": question.id, "title": question.short_name}


def _cause(questionnaire: Questionnaire, cause: Cause) -> dict[str, str]:
    named = _named(questionnaire.questions[cause.question])
    return {**named, "row": cause.row} if cause.row else named


def _instead(opening: Opening | None) -> dict[str, str] | None:
    return {"label": opening.title, "url": opening.url} if opening and opening.instead else None


def _basis(basis: Basis) -> dict[str, int]:
    return {
        "answered": basis.answered,
        "asked": basis.asked,
        "not_sure": basis.not_sure,
        "blank": basis.blank,
    }


def _action(questionnaire: Questionnaire, action: Action, worked: TeamAction | None) -> dict[str, Any]:
    finding = action.finding
    part, _ = questionnaire.place_of[finding.question.id]
    return {
        "question": finding.question.id,
        "title": finding.question.title or None,
        "goal": finding.question.goal or None,
        "today": finding.answer.label,
        "section": part.id,
        "rank": action.rank,
        "place": action.place.id if action.place else None,
        "position": action.position,
        "urgent": action.urgent,
        "band": finding.band.id,
        "gap": finding.gap,
        "importance": finding.importance.value,
        "priority": finding.priority,
        "because": action.because,
        "sum": action.sum or None,
        "first_step": action.first_step,
        "measure": action.measure,
        "owner_hint": finding.question.owner_hint,
        **_lead_and_dates(questionnaire, action, worked),
        "in_plan": action.in_plan,
        "equal_points": action.equal_points,
        "note": finding.note,
        **_help(action.help),
    }


def _lead_and_dates(
    questionnaire: Questionnaire, action: Action, worked: TeamAction | None
) -> dict[str, Any]:
    """Return who leads and when, as suggested or as decided."""
    decided = worked.decided if worked else frozenset()
    dated = _has_dates(questionnaire, in_plan=worked.in_plan if worked else action.in_plan)
    due = worked.work.due if worked and "due" in decided else action.due if dated else None
    own_review = worked is not None and ("review" in decided or questionnaire.rules.composition is not None)
    reviews = (worked.work.review,) if worked and own_review else action.reviews
    return {
        "lead": worked.work.owner if worked else action.lead,
        "lead_decided": LEAD in decided,
        "due": due.isoformat() if due else None,
        "due_decided": "due" in decided,
        "reviews": [day.isoformat() for day in reviews if day and (dated or "review" in decided)],
    }


def _has_dates(questionnaire: Questionnaire, *, in_plan: bool) -> bool:
    """Return whether an action has suggested dates: outside the plan only in older versions."""
    return in_plan or questionnaire.rules.composition is None


def _team_action(questionnaire: Questionnaire, item: TeamAction) -> dict[str, Any]:
    dated = _has_dates(questionnaire, in_plan=item.in_plan)
    return {
        "id": item.id,
        "title": item.title,
        "section": item.part.id,
        "rank": item.tool.rank if item.tool else None,
        "position": item.position or None,
        "in_plan": item.in_plan,
        "move_reason": item.move_reason,
        "came_from": item.came_from.isoformat() if item.came_from else None,
        **{
            field.id: (item.work.texts[field.id] if dated or field.id in item.decided else "") or None
            if field.widget == "date"
            else item.work.texts[field.id]
            for field in ACTION_FIELDS
        },
    }


def _training(need: TrainingNeed) -> dict[str, Any]:
    return {
        "question": need.cause.question,
        "row": need.cause.row or need.cause.question,
        "title": need.label,
        "because": need.because,
        **_help(need.help),
    }


def _help(help_: Help) -> dict[str, Any]:
    return {
        "resources": [_chosen(chosen) for chosen in help_.resources],
        "supplements": [
            {
                "id": chosen.supplement.id,
                "title": chosen.supplement.title,
                "url": chosen.supplement.url or None,
                "use": chosen.use or None,
            }
            for chosen in help_.supplements
        ],
        "guide_gap": help_.guide_gap,
        "nothing_opens": help_.nothing_opens or None,
    }


def _chosen(chosen: ChosenResource) -> dict[str, Any]:
    resource = chosen.resource
    return {
        "id": resource.id,
        "title": resource.title,
        "because": " ".join(chosen.because),
        "url": address(resource),
        "instead": _instead(chosen.opening),
        "caution": caution_of(resource) or None,
        "use": chosen.use or None,
    }
