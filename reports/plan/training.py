"""Training gaps: rows of the training part that are short, by role and by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questions.conditions import NOT_SURE
from questions.model import MatrixQuestion, Option, Questionnaire, Row, SingleQuestion
from questions.path import Path
from reports.plan.model import Cause, FindOut
from reports.plan.recommendation_sources import asking
from reports.plan.recommendations import Need


def training_needs(path: Path) -> Iterator[tuple[str, Need]]:
    """Yield a label and a need for each row below its scale's top, and each answer that asks for help."""
    for id_ in path.visible:
        question = path.questionnaire.questions[id_]
        if isinstance(question, MatrixQuestion):
            yield from _row_needs(path, question)
        elif isinstance(question, SingleQuestion):
            yield from _option_needs(path, question)


def training_to_find_out(path: Path) -> tuple[FindOut, ...]:
    """Return the rows answered "not sure", in order."""
    return tuple(
        FindOut(
            cause=Cause(question=question.id, row=row.value),
            label=row.label,
            asked=question.text,
            importance=0,
            evidence_prompt="",
            note="",
        )
        for question, row, answer in _answered_rows(path)
        if answer.value == NOT_SURE
    )


def _row_needs(path: Path, matrix: MatrixQuestion) -> Iterator[tuple[str, Need]]:
    short = asking(path.questionnaire, matrix)
    for question, row, answer in _answered_rows(path):
        if question is matrix and answer in short:
            yield row.label, _row_need(path.questionnaire, matrix, row, answer)


def _row_need(questionnaire: Questionnaire, matrix: MatrixQuestion, row: Row, answer: Option) -> Need:
    because = questionnaire.texts.plan.because_row.format(
        answer=answer.label, question=matrix.text, row=row.label
    )
    return Need(
        cause=Cause(question=matrix.id, row=row.value),
        because=because,
        answer=answer,
        resource_ids=row.resource_ids or matrix.resource_ids,
        supplement_ids=row.supplement_ids,
        guide_gap=row.guide_gap,
    )


def _option_needs(path: Path, question: SingleQuestion) -> Iterator[tuple[str, Need]]:
    chosen = path.active.by_question.get(question.id)
    for option in asking(path.questionnaire, question):
        if option.value == chosen:
            because = path.questionnaire.texts.plan.because_answer.format(
                answer=option.label, practice=question.text
            )
            yield (
                question.text,
                Need(
                    cause=Cause(question=question.id),
                    because=because,
                    answer=option,
                    resource_ids=option.resource_ids,
                ),
            )


def _answered_rows(path: Path) -> Iterator[tuple[MatrixQuestion, Row, Option]]:
    for id_, rows in path.rows.items():
        question, answers = path.questionnaire.questions[id_], path.active.by_question.get(id_)
        if isinstance(question, MatrixQuestion) and isinstance(answers, Mapping):
            scale = path.questionnaire.scale[question.scale]
            for row in rows:
                if row.value in answers:
                    yield question, row, scale.option(answers[row.value])
