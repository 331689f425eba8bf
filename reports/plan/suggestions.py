"""What the plan suggests for an action: who could lead, by when, and how to tell that it worked."""

from __future__ import annotations

import datetime

from questions.conditions import truth
from questions.kinds.stage import StageQuestion
from questions.path import Path
from questions.rules import Leads, Rules

_SATURDAY = 5


def lead_of(path: Path, question: StageQuestion) -> str:
    """Return who could lead: a job of the agency, the one person who does everything, or a hint.

    The hint of the content stands in versions without jobs to choose from, and where no job is known or fits.
    """
    leads = path.questionnaire.rules.leads
    if leads is None:
        return question.owner_hint
    if leads.alone and truth(leads.alone, path.active.by_question) is True:
        return leads.alone_label
    return _first_job(path, leads, question) or question.owner_hint


def measure_of(path: Path, question: StageQuestion) -> str:
    """Return the measure for these answers: the first whose condition holds, or that of every agency."""
    fitting = (m.text for m in question.measure_by if truth(m.show_when, path.active.by_question) is True)
    return next(fitting, question.measure)


def due_date(rules: Rules, question: StageQuestion, date: datetime.date) -> datetime.date:
    """Return the day on which the first step of an action of a plan of this date is due."""
    return _workday(rules, date + datetime.timedelta(days=rules.dates.due_after[question.effort]))


def review_dates(rules: Rules, date: datetime.date) -> tuple[datetime.date, ...]:
    """Return the days on which to look at the actions of a plan of this date."""
    days = (date + datetime.timedelta(days=days) for days in rules.dates.review_after)
    return tuple(_workday(rules, day) for day in days)


def _first_job(path: Path, leads: Leads, question: StageQuestion) -> str:
    jobs = path.active.by_question.get(leads.question, ())
    options = path.questionnaire.questions[leads.question].options_in(path.questionnaire)
    names = {option.value: option.lead or option.label for option in options}
    return next((names[job] for job in question.leads if job in jobs), "")


def _workday(rules: Rules, day: datetime.date) -> datetime.date:
    """Return the day, or the Monday after a weekend. Holidays are not known; older plans keep weekends."""
    over = day.weekday() - _SATURDAY
    return day if rules.composition is None or over < 0 else day + datetime.timedelta(days=2 - over)
