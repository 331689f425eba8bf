"""The agency's own answers as the appendix of a plan prints them: by section, for funders and auditors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions.conditions import NOT_SURE
from questions.kinds.stage import StageQuestion
from questions.model import NOT_APPLICABLE, Part
from reports.documents.html.parts import several_on_a_page
from reports.plan.model import UNANSWERED, ActionPlan, SectionSummary
from reports.team.model import TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAnswer:
    """A practice with its answer. `position` is that of its action in the plan, 0 without one."""

    practice: str
    answer: str
    domains: tuple[str, ...]
    note: str
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAnswers:
    """The answers of one section. `named` are practices without a row, by what was said of them instead."""

    part: Part
    rows: tuple[PrintedAnswer, ...]
    named: tuple[tuple[str, tuple[str, ...]], ...]


def answers_by_section(team: TeamPlan) -> tuple[SectionAnswers, ...]:
    """Return the sections in which a practice was asked; of a thin plan, without what it does not know."""
    rows = dict(_rows(team))
    sections = (_section(team.plan, summary, rows) for summary in team.plan.sections)
    return tuple(section for section in sections if section.rows or section.named)


def scope_and_people(plan: ActionPlan) -> tuple[str, str]:
    """Return what the answers are about, and who gave them; "" for what was not asked or answered."""
    said = dict(plan.profile)
    scope, *people = (said.get(text, "") for text in _about(plan))
    return scope, "; ".join(filter(None, people))


def profile_answers(plan: ActionPlan) -> tuple[tuple[str, str], ...]:
    """Return the other answers about the agency, each with its question; not how much it wanted to answer."""
    depth = plan.questionnaire.rules.depth
    asked = plan.questionnaire.questions[depth.question].text if depth else ""
    said_before = {*_about(plan), asked}
    return tuple((question, answer) for question, answer in plan.profile if question not in said_before)


def _about(plan: ActionPlan) -> tuple[str, ...]:
    """Return the questions of scope and of who took part: those that a comparison must be careful with."""
    questions, ids = plan.questionnaire.questions, plan.questionnaire.rules.comparison.caution_questions
    return tuple(questions[id_].text for id_ in ids)


def _rows(team: TeamPlan) -> Iterator[tuple[str, PrintedAnswer]]:
    """Yield the id and the row of each practice with a stage, a reason or a note.

    In a document of few pages, the note on an action is only in its reason. In a plan without a gap, what is
    in place is only in the list of what to protect.
    """
    plan, labels = team.plan, team.plan.sections[0].labels
    positions = {item.id: item.position for item in team.planned}
    said_before = positions if several_on_a_page(plan) and plan.questionnaire.texts.composed else {}
    in_place = () if plan.protect else plan.strengths
    for finding in (*in_place, *(action.finding for action in plan.actions)):
        id_ = finding.question.id
        note = "" if id_ in said_before else finding.note
        yield id_, _row(plan, finding.question, finding.answer.label, note, positions.get(id_, 0))
    for left_out in plan.not_applicable:
        yield left_out.question.id, _row(plan, left_out.question, labels[NOT_APPLICABLE], left_out.reason)
    for item in plan.find_out_first:
        question = plan.questionnaire.practice.get(item.cause.question)
        if question and item.note:
            yield question.id, _row(plan, question, labels[NOT_SURE], item.note)


def _row(
    plan: ActionPlan, question: StageQuestion, answer: str, note: str, position: int = 0
) -> PrintedAnswer:
    names = plan.questionnaire.rules.samhsa_domains
    domains = tuple(names[id_] for id_ in question.samhsa_domains if id_ in names)
    return PrintedAnswer(
        practice=question.short, answer=answer, domains=domains, note=note, position=position
    )


def _section(plan: ActionPlan, summary: SectionSummary, rows: Mapping[str, PrintedAnswer]) -> SectionAnswers:
    ids = [practice.id for practice in summary.part.practices]
    unsure = {item.cause.question for item in plan.find_out_first} - rows.keys()
    blank = {item.question.id for item in plan.unanswered}
    groups = ((NOT_SURE, unsure), (UNANSWERED, blank))
    named = (
        (summary.labels[code], tuple(plan.questionnaire.practice[id_].short for id_ in ids if id_ in found))
        for code, found in groups
    )
    return SectionAnswers(
        part=summary.part,
        rows=tuple(rows[id_] for id_ in ids if id_ in rows),
        named=() if plan.basis.is_thin else tuple((label, names) for label, names in named if names),
    )
