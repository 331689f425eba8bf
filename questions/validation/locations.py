"""Where the questions and the conditions of a questionnaire are in its files."""

from __future__ import annotations

from collections.abc import Iterator

from questions.conditions import Condition
from questions.kinds.base import Question
from questions.model import Questionnaire
from questions.source_files.errors import Location


def located_questions(questionnaire: Questionnaire) -> Iterator[tuple[Question, Location]]:
    """Yield every question with its location."""
    for part in questionnaire.parts:
        for p, page in enumerate(part.pages):
            for q, question in enumerate(page.questions):
                yield question, Location(f"{part.id}.yaml", ("pages", p, "questions", q))


def located_conditions(questionnaire: Questionnaire) -> Iterator[tuple[Condition, Location, str]]:
    """Yield every condition, as written, with its location and the id of its question ("" if none)."""
    for question, location in located_questions(questionnaire):
        for composed, here in question.located_conditions(location):
            condition = questionnaire.rules.own_condition(composed)
            if condition is not None:
                yield condition, here, question.id
    for index, resource in enumerate(questionnaire.resources):
        if resource.show_when:
            yield resource.show_when, Location("resources.yaml", ("resources", index, "show_when")), ""
    for index, note in enumerate(questionnaire.plan_notes):
        yield note.show_when, Location("plan_notes.yaml", ("plan_notes", index, "show_when")), ""
