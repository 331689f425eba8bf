"""Building the WTForms form of a page from its questions' descriptions of their fields.

Only a sent field changes its answer. A field that comes back as the page showed it counts as not sent
(`app/forms/changed_fields.py`), so a page left open in another tab overwrites nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import wtforms
from wtforms import StringField, TextAreaField

from app.assessments.drafts import DraftPage
from app.database.answers import StoredAnswer, as_stored
from app.forms.base import Form, Validator, ValuesField, as_validation
from app.forms.privacy_warning import free_text
from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import Field, Question, Widget
from questions.model import Questionnaire
from questions.text import clean

# The templates write the options, and the question checks the answer, so WTForms needs no choices.
_FIELD_OF_WIDGET: Mapping[Widget, Callable[..., wtforms.Field]] = {
    "radios": StringField,
    "checkboxes": ValuesField,
    "line": StringField,
    "text": TextAreaField,
}


class PageForm(Form):
    """The form of a page. `checked` is what its valid answer fields hold, by name, once it was validated."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.checked: dict[str, Answer | None] = {}
        super().__init__(data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedChanges:
    """What a page changes: the answers to store by question id, and all answers after that."""

    stored: dict[str, StoredAnswer]
    answers: Answers


def page_form(draft: DraftPage) -> PageForm:
    """Return the form of the draft's page, filled with stored answers and what was posted."""
    data: dict[str, Any] = {}
    for question in draft.page.questions:
        data |= _data(draft, question)
    return _form_class(draft.questionnaire, draft.number)(data)


@lru_cache(maxsize=256)
def _form_class(questionnaire: Questionnaire, number: int) -> type[PageForm]:
    """Return the class of a page's form. It is cached because building it takes a third of a request."""
    _, page = questionnaire.pages[number]
    fields = {
        field.name: _FIELD_OF_WIDGET[field.widget](validators=_validators(questionnaire, question, field))
        for question in page.questions
        for field in questionnaire.fields[question.id]
    }
    return type("FilledPageForm", (PageForm,), fields)


def posted_changes(draft: DraftPage, form: PageForm, sent: frozenset[str]) -> PostedChanges:
    """Return what the sent fields of a valid form change."""
    stored: dict[str, StoredAnswer] = {}
    answers = dict(draft.answers.by_question)
    for question in draft.page.questions:
        before = draft.stored.get(question.id, StoredAnswer())
        fields = [field for field in draft.questionnaire.fields[question.id] if field.name in sent]
        texts = {f.holds: clean(form[f.name].data or "") for f in fields if f.holds in ("note", "reason")}
        ticks = [any(form[f.name].data or ()) for f in fields if f.holds == "points_to"]
        chosen = {field.row: form.checked[field.name] for field in fields if field.holds == "answer"}
        value = question.merge_fields(answers.pop(question.id, None), chosen) if chosen else before.value
        after = StoredAnswer(
            value=as_stored(value),
            note=texts.get("note", before.note),
            reason=texts.get("reason", before.reason),
            points_to=ticks[0] if ticks else before.points_to,
        )
        if chosen and value:
            answers[question.id] = value
        if after != before:
            stored[question.id] = after
    return PostedChanges(stored=stored, answers=_with_texts(draft, answers, stored))


def _with_texts(
    draft: DraftPage, answers: Mapping[str, Answer], changed: Mapping[str, StoredAnswer]
) -> Answers:
    """Return all answers with the notes and reasons after a change."""
    notes = {**draft.answers.notes, **{id_: answer.note for id_, answer in changed.items()}}
    reasons = {**draft.answers.reasons, **{id_: answer.reason for id_, answer in changed.items()}}
    return replace(
        draft.answers,
        by_question=answers,
        notes={id_: note for id_, note in notes.items() if note},
        reasons={id_: reason for id_, reason in reasons.items() if reason},
    )


def _validators(questionnaire: Questionnaire, question: Question, field: Field) -> list[Validator]:
    """Return a field's validators: the question's own for an answer, those for free text otherwise."""
    if field.holds == "points_to":
        return []
    if field.holds != "answer":
        return free_text(field.limit)

    def check(form: PageForm, posted: wtforms.Field) -> None:
        form.checked[field.name] = as_validation(
            lambda: question.check_field(questionnaire, field, posted.data)
        )

    return [check]


def _data(draft: DraftPage, question: Question) -> dict[str, Any]:
    """Return the stored values of the question's fields."""
    answer = draft.answers.by_question.get(question.id)
    stored = draft.stored.get(question.id, StoredAnswer())
    others = {
        "note": stored.note,
        "reason": stored.reason,
        "points_to": ["yes"] if stored.points_to else [],
    }
    return {
        field.name: question.field_value(field, answer) if field.holds == "answer" else others[field.holds]
        for field in draft.questionnaire.fields[question.id]
    }
