"""What the previous assessment says on each question, for a draft that was started from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from flask_babel import gettext as _

from app.assessments.drafts import Draft
from app.content import path_for
from app.database.answers import StoredAnswer
from app.database.assessments import previous_of
from questions.kinds.base import Question
from questions.path import Path, answer_labels
from questions.versions.migration import Origin, origins


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """An answer of the previous assessment. `old_question` is its question if worded differently, else ""."""

    old_question: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What was answered last time, and on which day. `mark` says how the question changed since, or is ""."""

    mark: str
    day: datetime.date
    earlier: tuple[EarlierAnswer, ...]


def last_time(draft: Draft, questions: Iterable[Question]) -> dict[str, LastTime]:
    """Return what the previous assessment says on these questions; nothing if there is none."""
    previous = previous_of(draft.assessment)
    if previous is None:
        return {}
    path, day = path_for(previous), cast(datetime.date, previous.finished_on)
    came_from = origins(path.questionnaire, draft.questionnaire)
    return {q.id: _last_time(path, q, came_from[q.id], day) for q in questions}


def confirmed(draft: Draft, questions: Iterable[Question]) -> dict[str, StoredAnswer]:
    """Return the answers to these questions that were given before this assessment began.

    Whoever saves the page confirms them.
    """
    given = {question.id: draft.stored.get(question.id) for question in questions}
    return {id_: answer for id_, answer in given.items() if answer and is_from_before(draft, answer)}


def unreviewed(draft: Draft) -> frozenset[str]:
    """Return the questions on the path whose answers nobody has reviewed since last time."""
    active: Mapping[str, object] = draft.path.active.by_question
    return frozenset(id_ for id_ in active if is_from_before(draft, draft.stored[id_]))


def is_from_before(draft: Draft, answer: StoredAnswer) -> bool:
    """Return whether an answer was copied from the previous assessment and not saved since."""
    return answer.changed_at is not None and answer.changed_at < draft.assessment.started_at


def _last_time(path: Path, question: Question, origin: Origin, day: datetime.date) -> LastTime:
    before = [path.questionnaire.questions[id_] for id_ in origin.was]
    return LastTime(
        mark=_mark(origin.kind), day=day, earlier=tuple(_earlier(path, one, question) for one in before)
    )


def _mark(kind: str) -> str:
    """Return how a question differs from last time's; "" if it is the same."""
    marks = {
        "same": "",
        "reworded": _(
            "The wording has changed since last time. We ask the same thing, so your answers can be compared."
        ),
        "changed": _(
            "What we ask has changed since last time. Your old answer may not fit, so it is not filled in."
        ),
        "split": _(
            "Last time this was part of a larger question. "
            "Your old answer may not fit, so it is not filled in."
        ),
        "merged": _(
            "Last time this was more than one question. "
            "Your old answers may not fit, so none of them is filled in."
        ),
        "new": _("This question is new since last time."),
    }
    return marks[kind]


def _earlier(path: Path, before: Question, question: Question) -> EarlierAnswer:
    was_asked = before.id in path.visible
    return EarlierAnswer(
        old_question=before.text if before.text != question.text else "",
        answer="; ".join(answer_labels(path, before))
        or (_("You gave no answer.") if was_asked else _("You were not asked this.")),
        note=path.active.notes.get(before.id, ""),
    )
