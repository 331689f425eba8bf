"""Building the WTForms form of a page from its questions' descriptions of their fields.

Only a sent field changes its answer. A field that comes back as the page showed it counts as not sent
(`app/forms/changed_fields.py`), so a page left open in another tab overwrites nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

import wtforms
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField

from app.database.answers import StoredAnswer
from app.forms.base import Form, Validator, as_validation
from app.forms.privacy_warning import free_text
from questions.conditions import Answer
from questions.kinds.base import Field, Question, Widget
from questions.model import Questionnaire
from questions.text import clean

# The templates write the options, and the question checks the answer, so WTForms needs no choices.
_FIELD_OF_WIDGET: Mapping[Widget, Callable[..., wtforms.Field]] = {
    "radios": partial(RadioField, choices=[], validate_choice=False),
    "checkboxes": partial(SelectMultipleField, choices=[], validate_choice=False),
    "line": StringField,
    "text": TextAreaField,
}


def page_form(questionnaire: Questionnaire, number: int, stored: Mapping[str, StoredAnswer]) -> Form:
    """Return the form of the page with this number, filled with stored answers and what was posted."""
    _, page = questionnaire.pages[number]
    data: dict[str, Any] = {}
    for question in page.questions:
        data |= _data(questionnaire, question, stored.get(question.id, StoredAnswer()))
    return _form_class(questionnaire, number)(data=data)


@lru_cache(maxsize=256)
def _form_class(questionnaire: Questionnaire, number: int) -> type[Form]:
    """Return the class of a page's form. It is cached because building it takes a third of a request."""
    _, page = questionnaire.pages[number]
    fields = {
        field.name: _FIELD_OF_WIDGET[field.widget](validators=_validators(questionnaire, question, field))
        for question in page.questions
        for field in question.fields(questionnaire)
    }
    return type("PageForm", (Form,), fields)


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
        fields = [field for field in question.fields(questionnaire) if field.name in sent]
        answers = {field.row: form[field.name].data for field in fields if field.holds == "answer"}
        texts = {f.holds: clean(form[f.name].data or "") for f in fields if f.holds != "answer"}
        value = question.merge_sent(questionnaire, before.value, answers)
        after = StoredAnswer(
            value=list(value) if isinstance(value, tuple) else value,
            note=texts.get("note", before.note),
            reason=texts.get("reason", before.reason),
        )
        if after != before:
            changed[question.id] = after
    return changed


def _validators(questionnaire: Questionnaire, question: Question, field: Field) -> list[Validator]:
    """Return a field's validators: the question's own for an answer, those for free text otherwise."""
    if field.holds != "answer":
        return free_text(field.limit)

    def check(_form: Any, posted: wtforms.Field) -> None:
        as_validation(lambda: question.check_field(questionnaire, field, posted.data))

    return [check]


def _data(questionnaire: Questionnaire, question: Question, stored: StoredAnswer) -> dict[str, Any]:
    """Return the stored values of the question's fields."""
    answer = question.still_valid(questionnaire, stored.value)
    texts = {"note": stored.note, "reason": stored.reason}
    return {
        field.name: _part(answer, field.row) if field.holds == "answer" else texts[field.holds]
        for field in question.fields(questionnaire)
    }


def _part(answer: Answer | None, row: str) -> Any:
    """Return the answer of one row; the whole answer if there are no rows."""
    return answer.get(row) if row and isinstance(answer, Mapping) else answer
