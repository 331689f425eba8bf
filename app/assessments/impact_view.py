"""The page that shows what a changed answer does to the questions and the plan, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import render_template, request

from app.assessments.drafts import DraftPage
from app.assessments.earlier_answers import is_from_before
from app.database.answers import StoredAnswer
from app.forms.base import Form
from app.forms.changed_fields import DIGESTS
from app.forms.privacy_warning import ACKNOWLEDGED
from app.forms.resubmission import CONFIRMED
from questions.conditions import Answer
from questions.kinds.base import Field, Question
from questions.path import Path
from questions.text import clean
from reports.plan.impact import preview


def preview_page(
    draft: DraftPage, form: Form, changed: Mapping[str, StoredAnswer], after: Path
) -> str | None:
    """Return the page that shows what these changes add and remove; None if they can be saved at once.

    They can be saved at once if they change no earlier answer, if this assessment has no answers on later
    pages yet, if they add and remove nothing, or if the person has confirmed the page.
    """
    if CONFIRMED in request.form or not _changes_an_answer(draft, changed) or not _has_later_answers(draft):
        return None
    impact = preview(draft.path, after)
    if impact.is_empty:
        return None
    return render_template(
        "assessments/preview.html",
        part=draft.questionnaire.pages[draft.number][0],
        page=draft.page,
        impact=impact,
        posted=(*_posted(form), (CONFIRMED, "yes")),
        unchanged=request.full_path.removesuffix("?"),
    )


def _changes_an_answer(draft: DraftPage, changed: Mapping[str, StoredAnswer]) -> bool:
    """Return whether an earlier answer is replaced. Filling in a blank answer or row does not count."""
    return any(
        _is_changed(question, field, draft.stored[question.id].value, changed[question.id].value)
        for question in draft.page.questions
        if question.id in changed and question.id in draft.stored
        for field in draft.questionnaire.fields[question.id]
        if field.holds == "answer"
    )


def _is_changed(question: Question, field: Field, before: Answer | None, after: Answer | None) -> bool:
    value = question.field_value(field, before)
    return bool(value) and value != question.field_value(field, after)


def _has_later_answers(draft: DraftPage) -> bool:
    """Return whether a question of a later page has an answer that was given in this assessment."""
    later = (q.id for _, page in draft.questionnaire.pages[draft.number + 1 :] for q in page.questions)
    found = (draft.stored.get(id_) for id_ in later)
    return any(answer and answer.value and not is_from_before(draft, answer) for answer in found)


def _posted(form: Form) -> Iterator[tuple[str, str]]:
    """Yield every posted field with each of its values, cleaned as for storage."""
    for name in (*(field.name for field in form), DIGESTS, ACKNOWLEDGED, "go"):
        yield from ((name, clean(value)) for value in request.form.getlist(name))
