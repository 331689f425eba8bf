"""What the assessment before says on each question, for one that was started from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from app import clock
from app.assessments.drafts import Draft
from app.content import current, path_for
from app.database.answers import StoredAnswer
from app.database.assessments import previous_of
from questions.kinds.base import Question
from questions.path import Path, answer_labels
from questions.site_texts.assessments import ReturnTexts
from questions.versions.migration import Origin, origins


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """An answer of the assessment before. `asked` is its question, when that read otherwise; else ""."""

    asked: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What was answered last time, under a heading with its day. `mark` tells what changed about it since."""

    mark: str
    heading: str
    earlier: tuple[EarlierAnswer, ...]


def last_time(draft: Draft, questions: Iterable[Question]) -> dict[str, LastTime]:
    """Return what the assessment before says on these questions; nothing if there is none before."""
    previous = previous_of(draft.assessment)
    if previous is None:
        return {}
    path, day = path_for(previous), cast(datetime.date, previous.finished_on)
    came_from = origins(path.questionnaire, draft.questionnaire)
    return {q.id: _last_time(path, q, came_from[q.id], day) for q in questions}


def confirmed(draft: Draft, questions: Iterable[Question]) -> dict[str, StoredAnswer]:
    """Return the answers to these questions that were given before this assessment began."""
    given = {question.id: draft.stored.get(question.id) for question in questions}
    return {id_: answer for id_, answer in given.items() if answer and is_from_before(draft, answer)}


def unreviewed(draft: Draft) -> frozenset[str]:
    """Return the questions on the path whose answer nobody has looked over since last time."""
    used: Mapping[str, object] = draft.path.active.by_question
    return frozenset(id_ for id_ in used if is_from_before(draft, draft.stored[id_]))


def is_from_before(draft: Draft, answer: StoredAnswer) -> bool:
    """Return whether an answer was taken over from the assessment before, and not saved since."""
    return answer.changed_at is not None and answer.changed_at < draft.assessment.started_at


def _last_time(path: Path, question: Question, origin: Origin, day: datetime.date) -> LastTime:
    words = current().questionnaire.texts.returning
    before = [path.questionnaire.questions[id_] for id_ in origin.was]
    return LastTime(
        mark=getattr(words.marks, origin.kind, ""),
        heading=words.last_time.format(date=clock.long_date(day)),
        earlier=tuple(_earlier(path, one, question, words) for one in before),
    )


def _earlier(path: Path, before: Question, question: Question, words: ReturnTexts) -> EarlierAnswer:
    unanswered = words.no_answer_then if before.id in path.visible else words.not_asked_then
    return EarlierAnswer(
        asked=words.asked_then.format(question=before.text) if before.text != question.text else "",
        answer="; ".join(answer_labels(path, before)) or unanswered,
        note=path.active.notes.get(before.id, ""),
    )
