"""The history page: finished assessments a few at a time, and drafts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.content import answers_from, questionnaire_of
from app.database.agencies import Agency
from app.database.answers import answers_to
from app.database.assessments import Assessment, History, count_finished, drafts_of, finished_of
from app.permissions import memberships
from app.retention import expiry_dates
from questions.conditions import Answer
from questions.model import Questionnaire

PAGE_SIZE = 5  # as many as fit on a screen, so that a long history takes no longer than a short one


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A finished assessment: its day, its scope and who answered, and the finished one before it."""

    assessment: Assessment
    day: str
    version: str
    about: tuple[tuple[str, str], ...]
    before: Assessment | None
    day_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """A page of the history, the newest first.

    `shared_in` is the agency that it belongs to. `newer` and `older` are page numbers, None at either end.
    `expiry_dates` maps assessment ids to the last day on which each is stored; empty for an agency's.
    """

    agency: str
    shared_in: Agency | None
    newest: Assessment
    drafts: tuple[Assessment, ...]
    lines: tuple[HistoryLine, ...]
    count: int
    newer: int | None
    older: int | None
    expiry_dates: Mapping[int, datetime.date]


def history_view(history: History, number: int) -> HistoryView:
    """Return the page with this number (from 1; the last one for a number past the end)."""
    count = count_finished(history)
    last = max(1, -(-count // PAGE_SIZE))
    number = min(max(number, 1), last)
    finished = finished_of(history, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    drafts = drafts_of(history)
    newest = drafts or (finished if number == 1 else finished_of(history, limit=1))
    return HistoryView(
        agency=next((a.agency for a in (*drafts, *finished) if a.agency), ""),
        shared_in=next((one.agency for one in memberships() if one.agency.id == history.agency_id), None),
        newest=newest[0],
        drafts=tuple(drafts),
        lines=_lines(finished, count - (number - 1) * PAGE_SIZE),
        count=count,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if number < last else None,
        expiry_dates=expiry_dates(newest[:1]),
    )


def choices(finished: Sequence[Assessment]) -> tuple[tuple[str, str], ...]:
    """Return the id of each finished assessment with its day, worded as on the history page."""
    return tuple((a.public_id, day) for a, day in zip(finished, _days(finished, len(finished)), strict=True))


def _lines(assessments: Sequence[Assessment], number: int) -> tuple[HistoryLine, ...]:
    """Return a line for each assessment but one past the page, which the last line only names as the earlier.

    number: the position of the first assessment in the history, counted from the oldest.
    """
    shown = assessments[:PAGE_SIZE]
    questionnaires = {a.id: questionnaire_of(a) for a in shown}
    wanted = {id_ for q in questionnaires.values() for id_ in q.rules.comparison.caution_questions}
    stored = answers_to([a.id for a in shown], wanted)
    before = [*assessments[1:], None]
    days = [*_days(assessments, number), ""]
    return tuple(
        HistoryLine(
            assessment=a,
            day=days[index],
            version=questionnaires[a.id].version,
            about=_about(
                questionnaires[a.id], answers_from(questionnaires[a.id], stored.get(a.id, {})).by_question
            ),
            before=before[index],
            day_before=days[index + 1],
        )
        for index, a in enumerate(shown)
    )


def _days(assessments: Sequence[Assessment], number: int) -> list[str]:
    """Return the day of each; if several share a day, each also has its number in the history."""
    days = [clock.long_date(assessment.finished_on) for assessment in assessments if assessment.finished_on]
    return [
        _("%(date)s (self-check %(number)s)", date=day, number=number - index) if days.count(day) > 1 else day
        for index, day in enumerate(days)
    ]


def _about(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[tuple[str, str], ...]:
    """Return the answered questions on scope and on who answered, with their answers."""
    questions = [questionnaire.questions[id_] for id_ in questionnaire.rules.comparison.caution_questions]
    return tuple(
        (question.text, "; ".join(question.labels(questionnaire, answers[question.id])))
        for question in questions
        if question.id in answers
    )
