"""Who changed an answer, and the page for answers that two people changed at once."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from wtforms import Field

from app import clock
from app.assessments.drafts import Draft, DraftPage
from app.assessments.earlier_answers import is_from_before
from app.database.answers import Change, StoredAnswer
from app.forms.base import Form, ValuesField
from app.forms.edit_conflicts import ChangeAuthors, ConflictingField, conflict_page
from app.forms.field_labels import question_field_labels
from app.permissions import user_id
from questions.text import clean


def stored_value(field: Field) -> str | list[str]:
    """Return the value of a field as it would be stored."""
    return list(field.data or ()) if isinstance(field, ValuesField) else clean(field.data or "")


def answer_conflict_page(draft: DraftPage, form: Form, names: Iterable[str]) -> str:
    """Return the page that shows both values of these fields."""
    here = url_for(
        "assessments.page",
        public_id=draft.assessment.public_id,
        part=draft.questionnaire.pages[draft.number][0].id,
        page=draft.page.id,
    )
    conflicting = [
        _conflicting(draft, form[name], question.id)
        for question in draft.page.questions
        for name in question.field_names(draft.questionnaire)
        if name in names
    ]
    return conflict_page(draft.assessment.history, conflicting, here)


def _conflicting(draft: DraftPage, field: Field, question_id: str) -> ConflictingField:
    about, labels = question_field_labels(draft.questionnaire, draft.questionnaire.questions[question_id])[
        field.name
    ]
    change = _change(draft.stored.get(question_id, StoredAnswer()))
    return ConflictingField(field=field, about=about, labels=labels, mine=stored_value(field), change=change)


def _change(answer: StoredAnswer) -> Change:
    return Change(by_id=answer.changed_by_id, at=answer.changed_at)


def changed_lines(draft: Draft) -> dict[str, str]:
    """Return who changed an answer and when, in words, by question.

    Left out is what goes without saying: what this person changed on the day when the self-check began, and
    answers that are still from last time.
    """
    begun = clock.local_day(draft.assessment.started_at)
    changes = {
        id_: _change(answer)
        for id_, answer in draft.stored.items()
        if answer.changed_at
        and not is_from_before(draft, answer)
        and (answer.changed_by_id not in (None, user_id()) or clock.local_day(answer.changed_at) != begun)
    }
    authors = ChangeAuthors(draft.assessment.history, changes.values())
    return {id_: authors.describe(change) for id_, change in changes.items()}
