"""The history page: finished assessments a few at a time, and drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.content import answers_from, questionnaire_of
from app.database.agencies import Agency
from app.database.answers import answers_to
from app.database.assessments import Assessment, History, count_finished, drafts_of, finished_of
from app.permissions import memberships
from questions.conditions import Answer
from questions.model import Questionnaire

SHOWN = 5  # as many as fit a screen; so the page takes no longer for an agency with many


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A finished assessment: its day, what it was about and who answered, and the finished one before it."""

    assessment: Assessment
    day: str
    version: str
    about: tuple[tuple[str, str], ...]
    before: Assessment | None
    day_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """A page of the history, the newest first.

    `shared_in` is the agency that it belongs to. `newer` and `older` are numbers of pages, None at an end.
    """

    agency: str
    shared_in: Agency | None
    newest: Assessment
    drafts: tuple[Assessment, ...]
    lines: tuple[HistoryLine, ...]
    count: int
    newer: int | None
    older: int | None


def history_view(history: History, number: int) -> HistoryView:
    """Return the page with this number (from 1; the last one for a number past the end)."""
    count = count_finished(history)
    last = max(1, -(-count // SHOWN))
    number = min(max(number, 1), last)
    finished = finished_of(history, limit=SHOWN + 1, offset=(number - 1) * SHOWN)
    drafts = drafts_of(history)
    newest = drafts or (finished if number == 1 else finished_of(history, limit=1))
    return HistoryView(
        agency=next((a.agency for a in (*drafts, *finished) if a.agency), ""),
        shared_in=next((one.agency for one in memberships() if one.agency.id == history.agency_id), None),
        newest=newest[0],
        drafts=tuple(drafts),
        lines=_lines(finished, count - (number - 1) * SHOWN),
        count=count,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if number < last else None,
    )


def choices(finished: Sequence[Assessment]) -> tuple[tuple[str, str], ...]:
    """Return the id and the day of each of all finished ones, named as on the page of the history."""
    return tuple((a.public_id, day) for a, day in zip(finished, _days(finished, len(finished)), strict=True))


def _lines(assessments: Sequence[Assessment], number: int) -> tuple[HistoryLine, ...]:
    """Return a line for each but the one past the last, which only stands before its neighbor.

    number: how many finished ones there are up to the first.
    """
    shown = assessments[:SHOWN]
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
    """Return the day of each; those of one day are told apart by which self-check they are."""
    days = [clock.long_date(assessment.finished_on) for assessment in assessments if assessment.finished_on]
    return [
        _("%(date)s (self-check %(number)s)", date=day, number=number - index) if days.count(day) > 1 else day
        for index, day in enumerate(days)
    ]


def _about(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[tuple[str, str], ...]:
    """Return the questions on scope and on who answered, with the answers; those without one left out."""
    asked = [questionnaire.questions[id_] for id_ in questionnaire.rules.comparison.caution_questions]
    return tuple(
        (question.text, "; ".join(question.labels(questionnaire, answers[question.id])))
        for question in asked
        if question.id in answers
    )
