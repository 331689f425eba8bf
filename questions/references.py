"""Faults that show only when all files are read together: unknown ids, repeated ids, order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from questions.conditions import Condition, leaves
from questions.guide_references import guide_faults
from questions.model import (
    ManyQuestion,
    MatrixQuestion,
    Question,
    Questionnaire,
    SingleQuestion,
    StageQuestion,
)
from questions.question_references import question_faults
from questions.rule_references import rule_faults
from questions.spot import ReferenceFault, Spot
from questions.text_references import text_faults

Options = Mapping[str, frozenset[str]]


def reference_faults(questionnaire: Questionnaire) -> list[ReferenceFault]:
    """Return every fault between the files, in no special order."""
    checks: tuple[Callable[[Questionnaire], Iterator[ReferenceFault]], ...] = (
        _repeated_ids,
        _part_faults,
        _condition_faults,
        _every_question,
        rule_faults,
        guide_faults,
        text_faults,
    )
    return [fault for check in checks for fault in check(questionnaire)]


def _placed(questionnaire: Questionnaire) -> Iterator[tuple[Question, Spot]]:
    for part in questionnaire.parts:
        for p, page in enumerate(part.pages):
            for q, question in enumerate(page.questions):
                yield question, Spot(f"{part.id}.yaml", ("pages", p, "questions", q))


def _repeated_ids(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    seen: set[str] = set()
    for question, spot in _placed(questionnaire):
        if question.id in seen:
            yield spot.at("id").fault(f"the question id “{question.id}” is used twice")
        seen.add(question.id)
    lists = {
        "resources": [item.id for item in questionnaire.resources],
        "supplements": [item.id for item in questionnaire.supplements],
        "sources": [item.id for item in questionnaire.sources],
        "scales": [item.id for item in questionnaire.scales],
        "plan_notes": [item.id for item in questionnaire.plan_notes],
    }
    for name, ids in lists.items():
        yield from Spot(f"{name}.yaml", (name,)).repeated(ids)


def _part_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    for part in questionnaire.parts:
        scales = {q.scale for page in part.pages for q in page.questions if isinstance(q, StageQuestion)}
        if part.kind == "practice" and len(scales) != 1:
            yield Spot(f"{part.id}.yaml", ("kind",)).fault(
                "a practice part needs questions of kind “stage”, all of one scale"
            )
        pages = Spot(f"{part.id}.yaml", ("pages",))
        yield from pages.repeated(page.id for page in part.pages)
        for p, page in enumerate(part.pages):
            count = len(page.questions)
            if not 1 <= count <= 4:
                yield pages.at(p).fault(f"the page “{page.id}” has {count} questions; 1 to 4 fit a page")


def _every_question(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    for question, spot in _placed(questionnaire):
        yield from question_faults(questionnaire, question, spot)


def _condition_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    earlier: dict[str, frozenset[str]] = {}
    for question, spot in _placed(questionnaire):
        yield from _in_condition(question.show_when, earlier, spot.at("show_when"))
        if isinstance(question, MatrixQuestion):
            if question.rows_from and question.rows_from not in earlier:
                yield spot.at("rows_from").fault(
                    f"rows come from an earlier question; “{question.rows_from}” is none"
                )
            for r, row in enumerate(question.rows):
                yield from _in_condition(row.show_when, earlier, spot.at("rows", r, "show_when"))
        if isinstance(question, SingleQuestion | ManyQuestion):
            earlier[question.id] = frozenset(option.value for option in question.options)
    for index, resource in enumerate(questionnaire.resources):
        spot = Spot("resources.yaml", ("resources", index, "show_when"))
        yield from _in_condition(resource.show_when, earlier, spot)
    for index, note in enumerate(questionnaire.plan_notes):
        spot = Spot("plan_notes.yaml", ("plan_notes", index, "show_when"))
        yield from _in_condition(note.show_when, earlier, spot)


def _in_condition(condition: Condition | None, earlier: Options, spot: Spot) -> Iterator[ReferenceFault]:
    for leaf in leaves(condition):
        if leaf.q not in earlier:
            yield spot.fault(f"the condition asks “{leaf.q}”, which is no earlier question with options")
            continue
        for value in leaf.any_of:
            if value not in earlier[leaf.q]:
                yield spot.fault(f"“{leaf.q}” has no option “{value}”")
