"""A few journeys through the whole questionnaire that together show, and leave out, all that can be.

They are made of the witnesses of reports.checks.coverage.questions: as many as get along go into one journey.
"""

from __future__ import annotations

from collections.abc import Mapping

from questions.answers import Answers
from questions.condition_solver import Witness
from questions.conditions import Answer
from questions.kinds.base import Question
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.checks.coverage.prover import share_answers
from reports.checks.coverage.questions import question_claims

_KINDS = ("question", "row", "left out")


def journeys(questionnaire: Questionnaire) -> tuple[Answers, ...]:
    """Return complete answers: each question and row is shown in one, and left out in one if it can be."""
    ways = [claim.candidates() for claim in question_claims(questionnaire) if claim.kind in _KINDS]
    drafts = (group.assignment for group in share_answers(questionnaire, ways))
    return tuple(_complete(questionnaire, draft.answers, turn) for turn, draft in enumerate(drafts))


def _complete(questionnaire: Questionnaire, values: Witness, turn: int) -> Answers:
    """Return the answers, with one to each question on their path that had none.

    What a condition says stays true when more becomes known, so all that was shown stays on the path.
    """
    every = dict(values)
    for number, question in enumerate(questionnaire.questions.values()):
        path = path_of(questionnaire, Answers(by_question=every))
        if question.id in path.visible:
            every[question.id] = _filled(path, question, number + turn)
    return Answers(by_question=path_of(questionnaire, Answers(by_question=every)).active.by_question)


def _filled(path: Path, question: Question, turn: int) -> Answer:
    """Return the answer there is, or one made by taking the options in turn, in every row of a matrix."""
    given = path.active.by_question.get(question.id)
    options = question.options_in(path.questionnaire)
    if question.id in path.rows:
        rows = given if isinstance(given, Mapping) else {}
        return {
            row.value: rows.get(row.value) or options[(turn + place) % len(options)].value
            for place, row in enumerate(path.rows[question.id])
        }
    if given:
        return given
    if question.accepts_several:
        together = [option.value for option in options if not option.exclusive]
        return (together[turn % len(together)],)
    if options:
        return options[turn % len(options)].value
    written = question.satisfy(path.questionnaire, ())
    assert written is not None
    return written
