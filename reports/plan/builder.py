"""Builds the action plan from a path of answers. Pure: the same answers and date give the same plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from questions.conditions import NOT_SURE, truth
from questions.model import NOT_APPLICABLE, Part, Questionnaire
from questions.path import Path, answer_labels
from reports.plan.exclusions import not_recommended
from reports.plan.explanations import explanation, next_stage_explanation
from reports.plan.model import (
    UNANSWERED,
    Action,
    ActionPlan,
    Cause,
    Finding,
    FindOut,
    Help,
    LeftOut,
    SectionSummary,
    TrainingNeed,
)
from reports.plan.priorities import findings_of, importance_of, ranked, tie_break
from reports.plan.recommendations import Need, help_for, recommendations_of
from reports.plan.training import training_needs, training_to_find_out
from reports.plan.translations import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What identifies an assessment to its readers: the agency (may be "") and the day it was finished."""

    agency: str
    date: datetime.date


def action_plan(path: Path, header: Header) -> ActionPlan:
    """Return the plan for these answers. Never raises if the answers have been checked."""
    questionnaire = path.questionnaire
    findings = findings_of(path)
    order = ranked(questionnaire.rules, findings)
    needs = [_need(questionnaire, finding) for finding in order]
    helps = [help_for(path, need) for need in needs]
    training = [(label, need, help_for(path, need)) for label, need in training_needs(path)]
    shown = [*zip(needs, helps, strict=True), *((need, help_) for _, need, help_ in training)]
    recommended = recommendations_of(path, shown)
    size = plan_size(path)
    return ActionPlan(
        questionnaire=questionnaire,
        agency=header.agency,
        date=header.date,
        profile=_profile(path),
        who_notes=_notes(path, "who_answered"),
        sections=tuple(section_summary(path, part) for part in questionnaire.practice_parts),
        strengths=tuple(finding for finding in findings if not finding.gap),
        actions=_actions(questionnaire, order, helps, size, header.date),
        size=size,
        cut_line=_cut_line(questionnaire, order, size),
        training=tuple(_training_need(label, need, help_) for label, need, help_ in training),
        training_notes=_notes(path, "training"),
        barrier_notes=_notes(path, "barriers"),
        find_out_first=(*_to_find_out(path), *training_to_find_out(path)),
        resources=recommended,
        not_recommended=not_recommended(path, [need for need, _ in shown], recommended),
        not_applicable=_left_out(path, NOT_APPLICABLE),
        unanswered=_left_out(path, None),
        off_path_count=len(path.inactive.by_question),
    )


def plan_size(path: Path) -> int:
    """Return how many actions the plan may have: the smallest cap set by the answers to the profile."""
    size = path.questionnaire.rules.plan_size
    caps = []
    for id_ in size.questions:
        question, chosen = path.questionnaire.questions[id_], path.active.by_question.get(id_)
        options = question.options_in(path.questionnaire)
        caps += [option.plan_cap for option in options if option.value == chosen and option.plan_cap]
    return min(caps, default=size.default)


def section_summary(path: Path, part: Part) -> SectionSummary:
    """Return how many practices of the part that are on the path are at each stage."""
    practices = part.practices
    on_path = [practice for practice in practices if practice.id in path.visible]
    counts = Counter(path.active.by_question.get(practice.id, UNANSWERED) for practice in on_path)
    options = practices[0].options_in(path.questionnaire)
    _ = translations(path.questionnaire.language).gettext
    labels = {option.value: option.label for option in options} | {UNANSWERED: _("Not answered")}
    return SectionSummary(part=part, counts={code: counts[code] for code in labels}, labels=labels)


def _need(questionnaire: Questionnaire, finding: Finding) -> Need:
    question = finding.question
    because = questionnaire.texts.plan.because_answer.format(
        answer=finding.answer.label, practice=question.short
    )
    return Need(
        cause=Cause(question=question.id),
        because=because,
        answer=finding.answer,
        resource_ids=question.resource_ids,
        supplement_ids=question.supplement_ids,
        guide_gap=question.guide_gap,
    )


def _actions(
    questionnaire: Questionnaire,
    order: Sequence[Finding],
    helps: Sequence[Help],
    size: int,
    date: datetime.date,
) -> tuple[Action, ...]:
    dates = questionnaire.rules.dates
    return tuple(
        Action(
            finding=finding,
            rank=index + 1,
            in_plan=index < size,
            because=explanation(questionnaire, finding),
            if_next=next_stage_explanation(questionnaire, finding),
            equal_points=_equal_points(questionnaire, order, index),
            due=date + datetime.timedelta(days=dates.due_after[finding.question.effort]),
            reviews=tuple(date + datetime.timedelta(days=days) for days in dates.review_after),
            help=help_,
        )
        for index, (finding, help_) in enumerate(zip(order, helps, strict=True))
    )


def _equal_points(questionnaire: Questionnaire, order: Sequence[Finding], index: int) -> str:
    step = tie_break(questionnaire.rules, order[index - 1], order[index]) if index else None
    return questionnaire.texts.plan.equal_points.format(order=step.label) if step else ""


def _cut_line(questionnaire: Questionnaire, order: Sequence[Finding], size: int) -> str:
    """Return the sentence about the first action left out, if it ties with the last one in the plan."""
    step = tie_break(questionnaire.rules, order[size - 1], order[size]) if len(order) > size else None
    return questionnaire.texts.plan.cut_line.format(order=step.label) if step else ""


def _training_need(label: str, need: Need, help_: Help) -> TrainingNeed:
    return TrainingNeed(
        cause=need.cause,
        group=need.cause.question,
        label=label,
        answer=need.answer,
        because=need.because,
        help=help_,
    )


def _profile(path: Path) -> tuple[tuple[str, str], ...]:
    """Return each answered profile question with the labels of its answers."""
    profile = {part.id for part in path.questionnaire.parts if part.kind == "profile"}
    return tuple(
        (question.text, "; ".join(answer_labels(path, question)))
        for page in path.pages
        for question in page.questions
        if page.part.id in profile and question.id in path.active.by_question
    )


def _notes(path: Path, place: str) -> tuple[str, ...]:
    notes = (note for note in path.questionnaire.plan_notes if note.place == place)
    return tuple(note.text for note in notes if truth(note.show_when, path.active.by_question) is True)


def _to_find_out(path: Path) -> tuple[FindOut, ...]:
    unsure = [
        FindOut(
            cause=Cause(question=question.id),
            label=question.text,
            asked="",
            importance=importance_of(path.questionnaire.rules, question).value,
            evidence_prompt=question.evidence_prompt,
            note=path.active.notes.get(question.id, ""),
        )
        for question in path.questionnaire.practices
        if path.active.by_question.get(question.id) == NOT_SURE
    ]
    return tuple(sorted(unsure, key=lambda item: -item.importance))


def _left_out(path: Path, code: str | None) -> tuple[LeftOut, ...]:
    """Return the practices on the path that have this answer, or none if `code` is None."""
    return tuple(
        LeftOut(question=question, reason=path.active.reasons.get(question.id, ""))
        for question in path.questionnaire.practices
        if question.id in path.visible and path.active.by_question.get(question.id) == code
    )
