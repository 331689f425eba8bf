"""The history page: finished assessments a few at a time, and drafts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask_babel import gettext as _

from app import clock
from app.content import path_for
from app.database.agencies import Agency
from app.database.assessments import Assessment, History, count_finished, drafts_of, finished_of
from app.permissions import memberships
from app.retention import expiry_dates
from questions.path import Path
from reports.comparison.matching import side_by_side
from reports.comparison.model import moves_line, moves_of
from reports.comparison.trend import trend
from reports.plan.model import StageCounts

PAGE_SIZE = 5  # as many as fit on a screen, so that a long history takes no longer than a short one


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A finished assessment: its day, its scope and who answered, and the finished one before it.

    `moved` says in a line what moved since that one; "" without one.
    """

    assessment: Assessment
    day: str
    version: str
    about: tuple[tuple[str, str], ...]
    before: Assessment | None
    day_before: str
    moved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTrend:
    """The stages of the practices that every self-check on the page rated, by day, the newest first."""

    practices: int
    by_day: tuple[tuple[str, StageCounts], ...]


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
    trend: HistoryTrend | None
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
    paths = [path_for(assessment) for assessment in finished]
    return HistoryView(
        agency=next((a.agency for a in (*drafts, *finished) if a.agency), ""),
        shared_in=next((one.agency for one in memberships() if one.agency.id == history.agency_id), None),
        newest=newest[0],
        drafts=tuple(drafts),
        lines=_lines(finished, paths),
        trend=_trend(finished[:PAGE_SIZE], paths[:PAGE_SIZE]),
        count=count,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if number < last else None,
        expiry_dates=expiry_dates(newest[:1]),
    )


def choices(finished: Sequence[Assessment]) -> tuple[tuple[str, str], ...]:
    """Return the id of each finished assessment with its day, worded as on the history page."""
    return tuple((assessment.public_id, _day(assessment)) for assessment in finished)


def _lines(assessments: Sequence[Assessment], paths: Sequence[Path]) -> tuple[HistoryLine, ...]:
    """Return a line for each assessment but the one past the page, which the last line is compared with."""
    earlier = [*zip(assessments, paths, strict=True)][1:]
    return tuple(
        _line(assessment, path, before)
        for assessment, path, before in zip(assessments[:PAGE_SIZE], paths, [*earlier, None], strict=False)
    )


def _line(assessment: Assessment, path: Path, before: tuple[Assessment, Path] | None) -> HistoryLine:
    return HistoryLine(
        assessment=assessment,
        day=_day(assessment),
        version=path.questionnaire.version,
        about=_about(path),
        before=before[0] if before else None,
        day_before=_day(before[0]) if before else "",
        moved=_moved(before[1], path) if before else "",
    )


def _trend(assessments: Sequence[Assessment], paths: Sequence[Path]) -> HistoryTrend | None:
    found = trend(paths[::-1])
    if found is None:
        return None
    return HistoryTrend(
        practices=found.practices,
        by_day=tuple(zip(map(_day, assessments), found.counts[::-1], strict=True)),
    )


def _moved(earlier: Path, later: Path) -> str:
    moves = moves_of(side_by_side(earlier, later, {})[0])
    return moves_line(moves, later.questionnaire.language) or _("Nothing to compare.")


def _day(assessment: Assessment) -> str:
    return clock.long_date(cast(datetime.date, assessment.finished_on), assessment.number_of_day)


def _about(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the answered questions on scope and on who answered, with their answers."""
    questionnaire, answers = path.questionnaire, path.active.by_question
    questions = [questionnaire.questions[id_] for id_ in questionnaire.rules.comparison.caution_questions]
    return tuple(
        (question.text, "; ".join(question.labels(questionnaire, answers[question.id])))
        for question in questions
        if question.id in answers
    )
