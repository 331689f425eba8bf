"""From questions to a form: one function a kind, one check (questions.answers) for all.

A field that was sent changes its answer; one that was not sent, or comes back as the page showed it
(app.shown), changes nothing. So a page kept open in another tab wipes nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField

from app.database.answers import StoredAnswer
from app.forms.base import Form, Validator, as_validation
from app.forms.privacy_warning import free_text
from questions.answers import InvalidAnswer, check_answer, rows_of
from questions.conditions import Answer
from questions.model import (
    ManyQuestion,
    MatrixQuestion,
    Question,
    Questionnaire,
    SingleQuestion,
    StageQuestion,
)
from questions.text import clean

Fields = dict[str, Any]


def page_form(questionnaire: Questionnaire, number: int, stored: Mapping[str, StoredAnswer]) -> Form:
    """Return the form of the page with this number, filled with stored answers and what was posted."""
    _, page = questionnaire.pages[number]
    data: dict[str, Any] = {}
    for question in page.questions:
        data |= _data(questionnaire, question, stored.get(question.id, StoredAnswer()))
    return _form_class(questionnaire, number)(data=data)


@lru_cache(maxsize=256)
def _form_class(questionnaire: Questionnaire, number: int) -> type[Form]:
    """Return the class of a page's form; it depends on nothing else, and takes a third of a request."""
    _, page = questionnaire.pages[number]
    fields: Fields = {}
    for question in page.questions:
        fields |= _FIELDS_OF_KIND[question.kind](questionnaire, question)
    return type("PageForm", (Form,), fields)


def field_names(questionnaire: Questionnaire, question: Question) -> tuple[str, ...]:
    """Return the names of the question's fields."""
    return tuple(_FIELDS_OF_KIND[question.kind](questionnaire, question))


def posted_changes(
    questionnaire: Questionnaire,
    questions: Iterable[Question],
    form: Form,
    stored: Mapping[str, StoredAnswer],
    sent: frozenset[str],
) -> dict[str, StoredAnswer]:
    """Return the answers that the sent fields of a valid form change, by question id."""
    changed = {}
    for question in questions:
        before = stored.get(question.id, StoredAnswer())
        note, reason = f"{question.id}-note", f"{question.id}-reason"
        after = StoredAnswer(
            value=_posted_value(questionnaire, question, form, before.value, sent),
            note=clean(form[note].data or "") if note in sent else before.note,
            reason=clean(form[reason].data or "") if reason in sent else before.reason,
        )
        if after != before:
            changed[question.id] = after
    return changed


def _single(questionnaire: Questionnaire, question: SingleQuestion) -> Fields:
    return {question.id: _radio(_checks(questionnaire, question))}


def _many(questionnaire: Questionnaire, question: ManyQuestion) -> Fields:
    return {
        question.id: SelectMultipleField(
            choices=[], validate_choice=False, validators=[_checks(questionnaire, question)]
        )
    }


def _stage(questionnaire: Questionnaire, question: StageQuestion) -> Fields:
    rules = questionnaire.rules
    return {
        question.id: _radio(_checks(questionnaire, question)),
        f"{question.id}-note": TextAreaField(validators=free_text(rules.note_limit)),
        f"{question.id}-reason": StringField(validators=free_text(rules.reason_limit)),
    }


def _matrix(questionnaire: Questionnaire, question: MatrixQuestion) -> Fields:
    return {
        f"{question.id}-{row.value}": _radio(_checks_row(questionnaire, question, row.value))
        for row in rows_of(questionnaire, question)
    }


_FIELDS_OF_KIND: Mapping[str, Callable[[Questionnaire, Any], Fields]] = {
    "single": _single,
    "many": _many,
    "stage": _stage,
    "matrix": _matrix,
}


def _radio(check: Validator) -> RadioField:
    return RadioField(choices=[], validate_choice=False, validators=[check])


def _checks(questionnaire: Questionnaire, question: Question) -> Validator:
    def check(_form: Any, field: Field) -> None:
        as_validation(lambda: check_answer(questionnaire, question, field.data))

    return check


def _checks_row(questionnaire: Questionnaire, question: MatrixQuestion, row: str) -> Validator:
    def check(_form: Any, field: Field) -> None:
        as_validation(lambda: check_answer(questionnaire, question, {row: field.data}))

    return check


def _data(questionnaire: Questionnaire, question: Question, stored: StoredAnswer) -> dict[str, Any]:
    value: Any = _still_allowed(questionnaire, question, stored.value)
    if isinstance(question, MatrixQuestion):
        return {f"{question.id}-{row}": chosen for row, chosen in (value or {}).items()}
    texts = {f"{question.id}-note": stored.note, f"{question.id}-reason": stored.reason}
    return {question.id: value, **texts}


def _still_allowed(questionnaire: Questionnaire, question: Question, value: Any) -> Answer | None:
    """Return a stored answer; None when the questionnaire has changed since and no longer allows it."""
    try:
        return check_answer(questionnaire, question, value)
    except InvalidAnswer:
        return None


def _posted_value(
    questionnaire: Questionnaire, question: Question, form: Form, before: Any, sent: frozenset[str]
) -> Any:
    if isinstance(question, MatrixQuestion):
        return _posted_rows(questionnaire, question, form, before, sent)
    if question.id not in sent:
        return before
    answer = check_answer(questionnaire, question, form[question.id].data)
    return list(answer) if isinstance(answer, tuple) else answer


def _posted_rows(
    questionnaire: Questionnaire, question: MatrixQuestion, form: Form, before: Any, sent: frozenset[str]
) -> Any:
    names = {row.value: f"{question.id}-{row.value}" for row in rows_of(questionnaire, question)}
    changed = {row: form[name].data for row, name in names.items() if name in sent}
    if not changed:
        return before
    rows: Any = _still_allowed(questionnaire, question, before) or {}
    return {row: value for row, value in {**rows, **changed}.items() if value} or None
