"""The one check of answers: for the form, the answers file and the command line alike."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questions.conditions import Answer
from questions.model import (
    ManyQuestion,
    MatrixQuestion,
    Option,
    Question,
    Questionnaire,
    Row,
    SingleQuestion,
    StageQuestion,
)
from questions.text import clean, quoted


class InvalidAnswer(ValueError):
    """An answer that the question does not allow. The message says what it allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, by question id: answers, notes, and reasons for "doesn't apply"."""

    by_question: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def options_of(questionnaire: Questionnaire, question: Question) -> tuple[Option, ...]:
    """Return what can be chosen for the question, or in each row of a matrix."""
    if isinstance(question, SingleQuestion | ManyQuestion):
        return question.options
    return questionnaire.scale[question.scale].options


def rows_of(questionnaire: Questionnaire, question: MatrixQuestion) -> tuple[Row, ...]:
    """Return every row the matrix can have, on the path or not."""
    if not question.rows_from:
        return question.rows
    origin = questionnaire.questions[question.rows_from]
    return tuple(Row(value=o.value, label=o.label) for o in options_of(questionnaire, origin))


def check_answer(questionnaire: Questionnaire, question: Question, raw: object) -> Answer | None:
    """Return the answer, or None when nothing was answered. Raises InvalidAnswer."""
    match question:
        case SingleQuestion() | StageQuestion():
            return _one(options_of(questionnaire, question), raw)
        case ManyQuestion():
            return _many(question.options, raw)
        case MatrixQuestion():
            return _matrix(questionnaire, question, raw)


def check_note(question: Question, raw: object, limit: int) -> str:
    """Return the note, cleaned; "" for none. Only practice questions take one. Raises InvalidAnswer."""
    if not isinstance(question, StageQuestion):
        raise InvalidAnswer("this question takes no note")
    return check_text(raw, limit)


def check_text(raw: object, limit: int) -> str:
    """Return the text, cleaned. Raises InvalidAnswer when it is no text or over the limit."""
    if not isinstance(raw, str):
        raise InvalidAnswer("this has to be text")
    # Composing accents takes time by the square of their number, so what is far too long is not cleaned.
    text = clean(raw) if len(raw) <= 4 * limit else raw
    if len(text) > limit:
        over = len(text) - limit
        raise InvalidAnswer(
            f"This is {len(text):,} characters long. The limit is {limit:,}: please take out {over:,}."
        )
    return text


def usable_answers(
    questionnaire: Questionnaire,
    values: Mapping[str, object],
    notes: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Answers:
    """Return the stored answers that this questionnaire still allows; the others are left out."""
    usable: dict[str, Answer] = {}
    for id_, value in values.items():
        question = questionnaire.questions.get(id_)
        with contextlib.suppress(InvalidAnswer):
            answer = check_answer(questionnaire, question, value) if question else None
            if answer:
                usable[id_] = answer
    return Answers(by_question=usable, notes=notes, reasons=reasons)


def _one(options: tuple[Option, ...], raw: object) -> str | None:
    if raw is None or raw == "":
        return None
    values = [option.value for option in options]
    if not isinstance(raw, str) or raw not in values:
        raise InvalidAnswer(f"{quoted(raw)} is not an answer to this question. Allowed: {', '.join(values)}.")
    return raw


def _many(options: tuple[Option, ...], raw: object) -> tuple[str, ...] | None:
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list | tuple | type(None)):
        raise InvalidAnswer(f"this needs a list. Allowed: {_values(options)}.")
    wanted = {value: None for value in chosen or () if value != ""} if _all_text(chosen or ()) else None
    if wanted is None:
        raise InvalidAnswer(f"this needs a list of words. Allowed: {_values(options)}.")
    known = {option.value: option for option in options}
    unknown = [value for value in wanted if value not in known]
    if unknown:
        raise InvalidAnswer(
            f"{quoted(unknown[0])} is not an answer to this question. Allowed: {_values(options)}."
        )
    exclusive = next((known[value] for value in wanted if known[value].exclusive), None)
    if exclusive and len(wanted) > 1:
        raise InvalidAnswer(
            f"You chose “{exclusive.label}” together with other answers. "
            f"Keep only “{exclusive.label}”, or take it out and keep the others."
        )
    return tuple(option.value for option in options if option.value in wanted) or None


def _matrix(questionnaire: Questionnaire, question: MatrixQuestion, raw: object) -> Mapping[str, str] | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, Mapping):
        raise InvalidAnswer("this needs one answer for each row, as “row: answer”")
    rows = [row.value for row in rows_of(questionnaire, question)]
    unknown = [row for row in raw if row not in rows]
    if unknown:
        raise InvalidAnswer(f"{quoted(unknown[0])} is not a row of this question. Rows: {', '.join(rows)}.")
    options = options_of(questionnaire, question)
    checked = {row: _row_answer(options, row, raw[row]) for row in rows if row in raw}
    return {row: value for row, value in checked.items() if value} or None


def _row_answer(options: tuple[Option, ...], row: str, raw: object) -> str | None:
    try:
        return _one(options, raw)
    except InvalidAnswer as error:
        raise InvalidAnswer(f"row {row}: {error}") from error


def _all_text(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _values(options: tuple[Option, ...]) -> str:
    return ", ".join(option.value for option in options)
