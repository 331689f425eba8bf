"""Who changed an answer, and the fields of a page of questions that two people changed."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from wtforms import Field, SelectMultipleField

from app.assessments.drafts import Draft, Sheet
from app.assessments.question_forms import field_names
from app.database.answers import Change, StoredAnswer
from app.forms.base import Form
from app.forms.edit_conflicts import Contested, Who, conflict_page
from app.forms.field_labels import question_words
from questions.text import clean


def kept(field: Field) -> str | list[str]:
    """Return what would be stored of a field."""
    return list(field.data or ()) if isinstance(field, SelectMultipleField) else clean(field.data or "")


def contested_page(sheet: Sheet, form: Form, names: Iterable[str]) -> str:
    """Return the page that shows both values of these fields."""
    here = url_for(
        "assessments.page",
        public_id=sheet.assessment.public_id,
        part=sheet.questionnaire.pages[sheet.number][0].id,
        page=sheet.page.id,
    )
    contested = [
        _contested(sheet, form[name], question.id)
        for question in sheet.page.questions
        for name in field_names(sheet.questionnaire, question)
        if name in names
    ]
    return conflict_page(sheet.assessment.history, contested, here)


def _contested(sheet: Sheet, field: Field, question_id: str) -> Contested:
    about, labels = question_words(sheet.questionnaire, sheet.questionnaire.questions[question_id])[
        field.name
    ]
    change = _change(sheet.stored.get(question_id, StoredAnswer()))
    return Contested(field=field, about=about, labels=labels, mine=kept(field), change=change)


def _change(answer: StoredAnswer) -> Change:
    return Change(by_id=answer.changed_by_id, at=answer.changed_at)


def changed_lines(draft: Draft) -> dict[str, str]:
    """Return who changed each answer and when, in words, by question."""
    changes = {id_: _change(answer) for id_, answer in draft.stored.items()}
    who = Who(draft.assessment.history, changes.values())
    return {id_: who.line(change) for id_, change in changes.items()}
