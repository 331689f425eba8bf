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

    The hint of the content serves in versions without jobs to choose from, and where no known job fits.
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
    return _shown_day(rules, date + datetime.timedelta(days=rules.dates.due_after[question.effort]))


def review_dates(rules: Rules, question: StageQuestion, date: datetime.date) -> tuple[datetime.date, ...]:
    """Return the days on which to look at an action: in a composed plan one, and after the action is due.

    Older versions have the same reviews for every action.
    """
    if rules.composition is None:
        return plan_reviews(rules, date)
    return reviews_after(rules, date, due_date(rules, question, date))


def reviews_after(rules: Rules, date: datetime.date, due: datetime.date) -> tuple[datetime.date, ...]:
    """Return the day on which to look at an action that is due on a day; () for content without reviews.

    It is the first review of the plan of this date after that day; without one, as long after it as the
    plan's first review comes after the plan.
    """
    after = (due + datetime.timedelta(days=days) for days in rules.dates.review_after)
    days = (*plan_reviews(rules, date), *(next_workday(day) for day in after))
    return tuple(day for day in days if day > due)[:1]


def plan_reviews(rules: Rules, date: datetime.date) -> tuple[datetime.date, ...]:
    """Return the days on which to look at a plan of this date as a whole."""
    return tuple(_shown_day(rules, date + datetime.timedelta(days=days)) for days in rules.dates.review_after)


def retake_date(rules: Rules, date: datetime.date) -> datetime.date | None:
    """Return the day to take the self-check again; None for content without reviews.

    It is half a year on, twice the time to the last review: the content says "6 to 12 months" in words only.
    """
    after = [2 * days for days in rules.dates.review_after[-1:]]
    return next((next_workday(date + datetime.timedelta(days=days)) for days in after), None)


def next_workday(day: datetime.date) -> datetime.date:
    """Return the day, or the Monday after a weekend. Holidays are not known."""
    over = day.weekday() - _SATURDAY
    return day if over < 0 else day + datetime.timedelta(days=2 - over)


def _first_job(path: Path, leads: Leads, question: StageQuestion) -> str:
    asked = path.questionnaire.questions[leads.question]
    jobs = asked.values_in(path.active.by_question.get(leads.question))
    names = {option.value: option.lead or option.label for option in asked.options_in(path.questionnaire)}
    return next((names[job] for job in question.leads if job in jobs), "")


def _shown_day(rules: Rules, day: datetime.date) -> datetime.date:
    """Return the day as the plan shows it: older versions keep weekends."""
    return day if rules.composition is None else next_workday(day)
