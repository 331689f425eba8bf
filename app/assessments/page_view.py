"""What a page of the wizard shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import Field

from app.assessments.drafts import Draft
from app.assessments.earlier_answers import LastTime, last_time, unreviewed
from app.forms.base import Form, FormError, field_error
from questions.conditions import Answer
from questions.kinds.base import Question, field_name
from questions.kinds.options import Option, Row
from questions.model import Part, Questionnaire
from questions.path import Path, PathPage, Progress, progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part in the step indicator. `state` is complete, current or open."""

    title: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page of the wizard, ready for its template."""

    questionnaire: Questionnaire
    part: Part
    title: str
    questions: tuple[Question, ...]
    rows: Mapping[str, tuple[Row, ...]]
    form: Form
    errors: tuple[FormError, ...]
    shown: str
    steps: tuple[Step, ...]
    progress: Progress
    opens_part: bool
    parts_done: int
    part_before_is_done: bool
    has_previous: bool
    last: Mapping[str, LastTime]
    from_last_time: int
    answers: Mapping[str, Answer]

    def choices(self, question: Question) -> tuple[tuple[Option, bool], ...]:
        """Return the options of a question, those suggested by the answers first, and whether each is one."""
        options = question.options_in(self.questionnaire)
        suggested = question.suggested(self.questionnaire, self.answers)
        others = tuple(option for option in options if option not in suggested)
        return (*((option, True) for option in suggested), *((option, False) for option in others))

    def field(self, question: Question, part: str = "") -> Field:
        """Return the field of a question, or of one part of it: a row, the note, or the reason."""
        field: Field = self.form[field_name(question.id, part) if part else question.id]
        return field


def page_view(draft: Draft, here: PathPage, form: Form, shown: str) -> PageView:
    """Return the view of a page. `shown` holds the digests of what it showed when first rendered."""
    path, unseen = draft.path, unreviewed(draft)
    before, done = path.before(here.number), path.complete_parts(unseen)
    return PageView(
        questionnaire=path.questionnaire,
        part=here.part,
        title=here.page.title,
        questions=here.questions,
        rows={question.id: _rows(path, question, form) for question in here.questions},
        form=form,
        errors=tuple(_errors(path.questionnaire, here, form)),
        shown=shown,
        steps=_steps(path, here.part, done),
        progress=progress(path, here, unseen),
        opens_part=before is None or before.part is not here.part,
        parts_done=len(done),
        part_before_is_done=before is not None and before.part.id in done,
        has_previous=before is not None,
        last=last_time(draft, here.questions),
        from_last_time=len(unseen),
        answers=path.active.by_question,
    )


def _rows(path: Path, question: Question, form: Form) -> tuple[Row, ...]:
    """Return the rows on the path, and rows that were sent although they are off the path."""
    shown = path.rows.get(question.id, ())
    rows = question.rows_in(path.questionnaire)
    return tuple(row for row in rows if row in shown or form[field_name(question.id, row.value)].raw_data)


def _errors(questionnaire: Questionnaire, here: PathPage, form: Form) -> list[FormError]:
    """Return the form's errors in the order of the page."""
    return [
        field_error(form[name], question.text, message)
        for question in here.questions
        for name in question.field_names(questionnaire)
        for message in form[name].errors
    ]


def _steps(path: Path, here: Part, done: frozenset[str]) -> tuple[Step, ...]:
    return tuple(
        Step(
            title=part.short_title,
            state="current" if part is here else "complete" if part.id in done else "open",
        )
        for part in path.questionnaire.parts
    )
