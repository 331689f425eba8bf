"""Problems that show only when all files are read together: unknown ids, repeated ids, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from questions.conditions import Chosen, leaves
from questions.kinds.options import Option
from questions.model import Questionnaire
from questions.source_files.errors import LocatedProblem, Location
from questions.validation.changes import change_problems
from questions.validation.guide import guide_problems, link_problems
from questions.validation.locations import located_conditions, located_questions
from questions.validation.rules import rule_problems
from questions.validation.texts import text_problems


def reference_problems(questionnaire: Questionnaire) -> list[LocatedProblem]:
    """Return every problem between the files, in no particular order."""
    checks: tuple[Callable[[Questionnaire], Iterator[LocatedProblem]], ...] = (
        _repeated_ids,
        _part_problems,
        _condition_problems,
        _every_question,
        rule_problems,
        guide_problems,
        text_problems,
        change_problems,
        link_problems,
    )
    return [problem for check in checks for problem in check(questionnaire)]


def _repeated_ids(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    seen: set[str] = set()
    for question, location in located_questions(questionnaire):
        if question.id in seen:
            yield location.at("id").problem(
                f"the question id “{question.id}” is used twice", "give the new one its own id"
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
        yield from Location(f"{name}.yaml", (name,)).repeated_ids(ids)


def _part_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    for part in questionnaire.parts:
        if part.kind == "practice" and not part.practices:
            yield Location(f"{part.id}.yaml", ("kind",)).problem(
                "a practice part must have questions of kind “stage”", "add one, or change the part’s kind"
            )
        pages = Location(f"{part.id}.yaml", ("pages",))
        yield from pages.repeated_ids(page.id for page in part.pages)
        for p, page in enumerate(part.pages):
            count = len(page.questions)
            if not 1 <= count <= 4:
                yield pages.at(p).problem(
                    f"the page “{page.id}” has {count} questions; 1 to 4 fit a page",
                    "split the page, or remove it if it is empty",
                )


def _every_question(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    for question, location in located_questions(questionnaire):
        if "-" not in question.id:
            yield location.at("id").problem(
                "a question id needs a hyphen", "name it like the others on its page, such as why-08"
            )
        if not re.fullmatch("[0-9]+[.][0-9]+", question.version):
            yield location.at("version").problem(
                "a question's version must be two numbers", "write it like 1.0, in double quotes"
            )
        yield from question.problems(questionnaire, location)


def _condition_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in conditions. Each may depend only on questions before it."""
    order = {id_: number for number, id_ in enumerate(questionnaire.questions)}
    for condition, location, owner in located_conditions(questionnaire):
        for leaf in leaves(condition):
            asked = questionnaire.questions.get(leaf.q)
            if asked is None:
                fix = "look for a typo, or remove it"
                yield location.problem(f"the condition asks “{leaf.q}”, which is not a question", fix)
            elif not asked.conditions_may_read:
                fix = "use a question of kind single or many"
                yield location.problem(f"the condition asks “{leaf.q}”, which has no options of its own", fix)
            elif order[leaf.q] >= order.get(owner, len(order)):
                yield _order_problem(questionnaire, leaf.q, owner, location)
            else:
                yield from _value_problems(leaf, asked.options_in(questionnaire), location)


def _order_problem(
    questionnaire: Questionnaire, asked: str, owner: str, location: Location
) -> LocatedProblem:
    """Return the problem that a condition of `owner` depends on a question that does not come before it."""
    if owner in _read_for(questionnaire, asked):
        message = f"the condition asks “{asked}”, which depends on “{owner}”: which is circular"
        return location.problem(message, "remove one of the circular conditions")
    message = f"the condition asks “{asked}”, which does not come before it"
    return location.problem(message, "move that question up, or use one that comes before")


def _read_for(questionnaire: Questionnaire, id_: str) -> set[str]:
    """Return the question and all questions whose answers decide whether it is asked."""
    found: set[str] = set()
    waiting = {id_}
    while waiting:
        id_ = waiting.pop()
        found.add(id_)
        question = questionnaire.questions.get(id_)
        waiting |= {leaf.q for leaf in leaves(question.show_when if question else None)} - found
    return found


def _value_problems(
    leaf: Chosen, options: tuple[Option, ...], location: Location
) -> Iterator[LocatedProblem]:
    values = [option.value for option in options]
    for value in leaf.any_of:
        if value not in values:
            yield location.problem(
                f"“{leaf.q}” has no option “{value}”", f"write one of these: {', '.join(values)}"
            )
