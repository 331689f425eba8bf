"""What a page of the wizard shows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.assessments.drafts import Draft, DraftPage
from app.assessments.earlier_answers import LastTime, last_time, unreviewed
from app.forms.base import Form, FormError, field_error
from questions.conditions import Answer
from questions.kinds.base import Question, field_name
from questions.kinds.options import Row, Scale
from questions.kinds.stage import practices_among
from questions.model import Part, Questionnaire
from questions.path import Path, PathPage, Progress, progress

# Categories of messages that the next page shows; after the first part it offers a return code.
PART_DONE, FIRST_PART_DONE = "part done", "first part done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part in the list of steps. `state` is complete, current or open; `page` its first, once visited."""

    title: str
    state: str
    page: PathPage | None


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
    scales: tuple[Scale, ...]
    opens_part: bool
    opens_practices: bool
    has_previous: bool
    last: Mapping[str, LastTime]
    answers: Mapping[str, Answer]


def page_view(draft: Draft, here: PathPage, form: Form, shown: str) -> PageView:
    """Return the view of a page. `shown` holds the digests of what it showed when first rendered."""
    path, unseen = draft.path, unreviewed(draft)
    before = path.before(here.number)
    return PageView(
        questionnaire=path.questionnaire,
        part=here.part,
        title=here.page.title,
        questions=here.questions,
        rows={question.id: _rows(path, question, form) for question in here.questions},
        form=form,
        errors=tuple(_errors(path.questionnaire, here, form)),
        shown=shown,
        steps=tuple(_steps(path, here, path.complete_parts(unseen))),
        progress=_progress(path, here, unseen),
        scales=_scales(path.questionnaire, here),
        opens_part=before is None or before.part is not here.part,
        opens_practices=before is None or before.part.kind != here.part.kind,
        has_previous=before is not None,
        last=last_time(draft, here.questions),
        answers=path.active.by_question,
    )


def tell_part_done(before: DraftPage, after: Path) -> None:
    """Say so once on the next page, if the answers that were just saved completed their part."""
    part = before.questionnaire.pages[before.number][0]
    seen = frozenset(question.id for question in before.page.questions)
    done = after.complete_parts(unreviewed(before) - seen)
    if part.id not in done or part.id in before.path.complete_parts(unreviewed(before)):
        return
    count = len(after.parts)
    if len(done) == count:
        flash(_("You answered every question. Review your answers, then finish."), PART_DONE)
        return
    message = ngettext(
        "“%(part)s” is done: %(done)d of %(num)d part.",
        "“%(part)s” is done: %(done)d of %(num)d parts.",
        count,
        part=part.short_title,
        done=len(done),
    )
    flash(message, PART_DONE)
    if len(done) == 1:
        flash(message, FIRST_PART_DONE)


def _progress(path: Path, here: PathPage, unseen: Container[str]) -> Progress:
    """Return the progress; without minutes on the page whose answer decides how many there are."""
    found, depth = progress(path, here, unseen), path.questionnaire.rules.depth
    asks_depth = depth is not None and any(question.id == depth.question for question in here.questions)
    return replace(found, minutes_left=0) if asks_depth else found


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


def _scales(questionnaire: Questionnaire, here: PathPage) -> tuple[Scale, ...]:
    """Return the scales of the page's practices, each once, for what their stages mean."""
    ids = dict.fromkeys(id_ for question in practices_among(here.questions) for id_ in question.scale_ids())
    return tuple(questionnaire.scale[id_] for id_ in ids)


def _steps(path: Path, here: PathPage, done: frozenset[str]) -> Iterator[Step]:
    """Yield the parts on the path. Visited are those before this page, and those with an answer."""
    for part in path.parts:
        pages = [page for page in path.pages if page.part is part]
        answered = any(q.id in path.active.by_question for page in pages for q in page.questions)
        visited = answered or pages[0].number <= here.number
        state = "current" if part is here.part else "complete" if part.id in done else "open"
        yield Step(title=part.short_title, state=state, page=pages[0] if visited else None)
