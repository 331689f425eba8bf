"""Builds the action plan from a path of answers. Pure: the same answers and date give the same plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from questions.conditions import truth
from questions.model import NOT_APPLICABLE, Part, Questionnaire
from questions.path import Path, answer_labels
from questions.rules import Rules
from reports.plan.composition import Composed, compose, is_urgent
from reports.plan.exclusions import not_recommended
from reports.plan.explanations import (
    explanation,
    next_stage_explanation,
    priority_sum,
    unanswered_label,
)
from reports.plan.model import (
    UNANSWERED,
    Action,
    ActionPlan,
    Cause,
    Finding,
    Help,
    LeftOut,
    Protected,
    SectionSummary,
    TrainingNeed,
)
from reports.plan.priorities import findings_of, ranked, tie_break
from reports.plan.recommendations import Need, help_for, recommendations_of
from reports.plan.suggestions import due_date, lead_of, measure_of, plan_reviews, review_dates
from reports.plan.training import training_needs, training_to_find_out
from reports.plan.unknowns import basis_of, practices_to_find_out, settles_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a plan knows beside the answers: the agency (may be "") and the day the assessment was finished.

    `under_way` are the practices of the actions that the team had begun in the last plan.
    `number_of_day` tells it from others of the same agency and day.
    """

    agency: str
    date: datetime.date
    under_way: frozenset[str] = frozenset()
    number_of_day: int = 1


# Where only what is planned matters: the name and the dates do not affect it.
ANY_HEADER = Header(agency="", date=datetime.date(2000, 1, 1))


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
    composed = composition_of(path, order, header.under_way)
    return ActionPlan(
        questionnaire=questionnaire,
        agency=header.agency,
        date=header.date,
        number_of_day=header.number_of_day,
        profile=_profile(path),
        who_notes=_notes(path, "who_answered"),
        sections=tuple(section_summary(path, part) for part in questionnaire.practice_parts),
        strengths=_strengths(questionnaire.rules, findings),
        actions=tuple(_action(path, order, i, composed, help_, header.date) for i, help_ in enumerate(helps)),
        size=plan_size(path),
        cut_line=_cut_line(path, order),
        then_foundation=_then_foundation(questionnaire, composed),
        then_foundation_id=composed.then_foundation.question.id if composed.then_foundation else "",
        basis=basis_of(path),
        settles=settles_most(path),
        protect=() if order else _protected(path, findings, header.date),
        training_answered=_is_training_answered(path),
        training=tuple(_training_need(label, need, help_) for label, need, help_ in training),
        training_notes=_notes(path, "training"),
        barrier_notes=_notes(path, "barriers"),
        find_out_first=(*practices_to_find_out(path), *training_to_find_out(path)),
        resources=recommended,
        not_recommended=not_recommended(path, [need for need, _ in shown], recommended),
        not_applicable=_left_out(path, NOT_APPLICABLE),
        unanswered=_left_out(path, None),
        off_path=tuple(questionnaire.questions[id_] for id_ in path.inactive.by_question),
        is_first_look=path.is_first_look,
    )


def planned_actions(path: Path, header: Header) -> tuple[Action, ...]:
    """Return only the actions in the plan, in their order: what `action_plan` plans, in less time."""
    order = ranked(path.questionnaire.rules, findings_of(path))
    composed = composition_of(path, order, header.under_way)
    index_of = {finding.question.id: index for index, finding in enumerate(order)}
    return tuple(
        _action(
            path,
            order,
            index_of[id_],
            composed,
            help_for(path, _need(path.questionnaire, order[index_of[id_]])),
            header.date,
        )
        for id_ in composed.places
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
    unanswered = unanswered_label(path.questionnaire.language)
    labels = {option.value: option.label for option in options} | {UNANSWERED: unanswered}
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
        use=question.use,
    )


def composition_of(path: Path, order: Sequence[Finding], under_way: frozenset[str]) -> Composed:
    """Return which of these findings, in rank order, the plan of these answers holds."""
    questionnaire = path.questionnaire
    sections = {id_: part.id for id_, (part, _) in questionnaire.place_of.items()}
    return compose(questionnaire.rules.composition, order, plan_size(path), sections, under_way)


def _strengths(rules: Rules, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what the agency does well; in a composed plan, what is mostly in place too, after the rest."""
    most = rules.composition.in_place_gap if rules.composition else 0
    return tuple(sorted((f for f in findings if f.gap <= most), key=lambda finding: finding.gap))


def _protected(path: Path, findings: Sequence[Finding], date: datetime.date) -> tuple[Protected, ...]:
    """Return what to protect, by who could."""
    by_lead: dict[str, list[Finding]] = {}
    for finding in findings:
        by_lead.setdefault(lead_of(path, finding.question), []).append(finding)
    return tuple(
        Protected(lead=lead, look_again=day, findings=tuple(found))
        for day in plan_reviews(path.questionnaire.rules, date)[-1:]
        for lead, found in by_lead.items()
    )


def _is_training_answered(path: Path) -> bool:
    part_of = path.questionnaire.place_of
    return any(part_of[id_][0].kind == "training" for id_ in path.active.by_question)


def _action(
    path: Path, order: Sequence[Finding], index: int, composed: Composed, help_: Help, date: datetime.date
) -> Action:
    questionnaire, finding = path.questionnaire, order[index]
    rules, question = questionnaire.rules, finding.question
    place = composed.places.get(question.id)
    return Action(
        finding=finding,
        rank=index + 1,
        position=composed.position(question.id),
        place=rules.composition.place(place) if rules.composition and place else None,
        urgent=rules.composition is not None and is_urgent(rules.composition, finding),
        because=explanation(questionnaire, finding),
        sum=priority_sum(questionnaire, finding),
        if_next=next_stage_explanation(questionnaire, finding),
        equal_points=_equal_points(questionnaire, order, index),
        lead=lead_of(path, question),
        measure=measure_of(path, question),
        due=due_date(rules, question, date),
        reviews=review_dates(rules, question, date),
        help=help_,
    )


def _then_foundation(questionnaire: Questionnaire, composed: Composed) -> str:
    """Return the sentence about the foundation for which a plan of one action has no room; "" for none."""
    texts, after = questionnaire.texts.composed, composed.then_foundation
    return texts.then_foundation.format(title=after.question.title) if texts and after else ""


def _equal_points(questionnaire: Questionnaire, order: Sequence[Finding], index: int) -> str:
    step = tie_break(questionnaire.rules, order[index - 1], order[index]) if index else None
    texts = questionnaire.texts
    form = texts.composed.tie if texts.composed else texts.plan.equal_points
    return form.format(order=step.label) if step else ""


def _cut_line(path: Path, order: Sequence[Finding]) -> str:
    """Return the sentence about the first action left out, if it ties with the last one in the plan.

    A composed plan has none: its places have reasons of their own.
    """
    rules, size = path.questionnaire.rules, plan_size(path)
    if rules.composition:
        return ""
    step = tie_break(rules, order[size - 1], order[size]) if len(order) > size else None
    return path.questionnaire.texts.plan.cut_line.format(order=step.label) if step else ""


def _training_need(label: str, need: Need, help_: Help) -> TrainingNeed:
    return TrainingNeed(
        cause=need.cause,
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


def _left_out(path: Path, code: str | None) -> tuple[LeftOut, ...]:
    """Return the practices on the path that have this answer, or none if `code` is None."""
    return tuple(
        LeftOut(
            question=question,
            reason=path.active.reasons.get(question.id, ""),
            ask=lead_of(path, question),
        )
        for question in path.questionnaire.practices
        if question.id in path.visible and path.active.by_question.get(question.id) == code
    )
