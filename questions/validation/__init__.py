"""Faults that show only when all files are read together: unknown ids, repeated ids, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from questions.conditions import Chosen, Condition, leaves
from questions.kinds.base import Question
from questions.kinds.options import Option
from questions.model import Questionnaire
from questions.source_files.errors import ReferenceFault, Spot
from questions.validation.changes import change_faults
from questions.validation.guide import guide_faults, link_faults
from questions.validation.rules import rule_faults
from questions.validation.texts import text_faults


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
        change_faults,
        link_faults,
    )
    return [fault for check in checks for fault in check(questionnaire)]


def placed_questions(questionnaire: Questionnaire) -> Iterator[tuple[Question, Spot]]:
    """Yield every question with the place where it stands."""
    for part in questionnaire.parts:
        for p, page in enumerate(part.pages):
            for q, question in enumerate(page.questions):
                yield question, Spot(f"{part.id}.yaml", ("pages", p, "questions", q))


def placed_conditions(questionnaire: Questionnaire) -> Iterator[tuple[Condition, Spot, str]]:
    """Yield every condition with the place where it stands, and the question it belongs to ("" for none)."""
    for question, spot in placed_questions(questionnaire):
        for condition, here in question.placed_conditions(spot):
            yield condition, here, question.id
    for index, resource in enumerate(questionnaire.resources):
        if resource.show_when:
            yield resource.show_when, Spot("resources.yaml", ("resources", index, "show_when")), ""
    for index, note in enumerate(questionnaire.plan_notes):
        yield note.show_when, Spot("plan_notes.yaml", ("plan_notes", index, "show_when")), ""


def _repeated_ids(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    seen: set[str] = set()
    for question, spot in placed_questions(questionnaire):
        if question.id in seen:
            yield spot.at("id").fault(
                f"the question id “{question.id}” is used twice", "give the new one an id of its own"
            )
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
        scales = {practice.scale for practice in part.practices}
        if part.kind == "practice" and len(scales) != 1:
            yield Spot(f"{part.id}.yaml", ("kind",)).fault(
                "a practice part needs questions of kind “stage”, all of one scale",
                "move the others to another part",
            )
        pages = Spot(f"{part.id}.yaml", ("pages",))
        yield from pages.repeated(page.id for page in part.pages)
        for p, page in enumerate(part.pages):
            count = len(page.questions)
            if not 1 <= count <= 4:
                yield pages.at(p).fault(
                    f"the page “{page.id}” has {count} questions; 1 to 4 fit a page",
                    "split the page, or take it out if it is empty",
                )


def _every_question(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    for question, spot in placed_questions(questionnaire):
        if "-" not in question.id:
            yield spot.at("id").fault(
                "a question id needs a hyphen", "name it like the others on its page: why-08"
            )
        if not re.fullmatch("[0-9]+[.][0-9]+", question.version):
            yield spot.at("version").fault(
                "a question's version is two numbers", "write it like 1.0, in double quotes"
            )
        yield from question.faults(questionnaire, spot)


def _condition_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of conditions. Each may read only what comes before it."""
    order = {id_: number for number, id_ in enumerate(questionnaire.questions)}
    for condition, spot, owner in placed_conditions(questionnaire):
        for leaf in leaves(condition):
            asked = questionnaire.questions.get(leaf.q)
            if asked is None:
                mend = "look for a typing mistake, or take it out"
                yield spot.fault(f"the condition asks “{leaf.q}”, which is no question", mend)
            elif not asked.conditions_may_read:
                mend = "ask about a question of kind single or many"
                yield spot.fault(f"the condition asks “{leaf.q}”, which has no options of its own", mend)
            elif order[leaf.q] >= order.get(owner, len(order)):
                yield _order_fault(questionnaire, leaf.q, owner, spot)
            else:
                yield from _value_faults(leaf, asked.options_in(questionnaire), spot)


def _order_fault(questionnaire: Questionnaire, asked: str, owner: str, spot: Spot) -> ReferenceFault:
    """Return the fault that a condition of `owner` asks what does not come before it."""
    if owner in _read_for(questionnaire, asked):
        message = f"the condition asks “{asked}”, which depends on “{owner}”: that is a circle"
        return spot.fault(message, "take one of the conditions of the circle out")
    message = f"the condition asks “{asked}”, which does not come before it"
    return spot.fault(message, "move that question up, or ask about one that comes before")


def _read_for(questionnaire: Questionnaire, id_: str) -> set[str]:
    """Return the question and all whose answers decide whether it is asked."""
    found: set[str] = set()
    waiting = {id_}
    while waiting:
        id_ = waiting.pop()
        found.add(id_)
        question = questionnaire.questions.get(id_)
        waiting |= {leaf.q for leaf in leaves(question.show_when if question else None)} - found
    return found


def _value_faults(leaf: Chosen, options: tuple[Option, ...], spot: Spot) -> Iterator[ReferenceFault]:
    values = [option.value for option in options]
    for value in leaf.any_of:
        if value not in values:
            yield spot.fault(
                f"“{leaf.q}” has no option “{value}”", f"write one of these: {', '.join(values)}"
            )
