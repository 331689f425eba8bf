"""Answers in the words that were chosen."""

from __future__ import annotations

from collections.abc import Mapping

from questions.answers import options_of, rows_of
from questions.conditions import Answer
from questions.model import MatrixQuestion, Question, Questionnaire
from questions.path import Path


def answer_labels(path: Path, question: Question) -> tuple[str, ...]:
    """Return the labels of the answer on the path, a matrix as "row: answer"; () for none."""
    return labels_of(path.questionnaire, question, path.used.values.get(question.id))


def labels_of(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> tuple[str, ...]:
    """Return the labels of an answer."""
    labels = {option.value: option.label for option in options_of(questionnaire, question)}
    if answer is None:
        return ()
    if isinstance(question, MatrixQuestion) and isinstance(answer, Mapping):
        rows = rows_of(questionnaire, question)
        return tuple(f"{row.label}: {labels[answer[row.value]]}" for row in rows if row.value in answer)
    chosen = (answer,) if isinstance(answer, str) else answer
    return tuple(labels[value] for value in chosen)
