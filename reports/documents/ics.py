"""The plan's dates as a calendar file (iCalendar, RFC 5545): the only module that loads icalendar.

It runs in the child process of `pdf.worker`, so that web processes do not hold the library in memory.
When the file is imported again after an edit, an event replaces the one before: it has the same UID and a
higher SEQUENCE.
"""

from __future__ import annotations

import datetime

from icalendar import Calendar, Event

from questions.model import Questionnaire
from questions.text import clean
from reports.documents.action_fields import shown_text
from reports.team.fields import fields_in_calendar
from reports.team.model import OpenDate, TeamPlan, open_dates


def calendar(team: TeamPlan, uid_base: str, revision: int) -> bytes:
    """Return an all-day event for each date that is still open.

    `uid_base` distinguishes this plan from all others without revealing the assessment's id; `revision` is
    the number of times the team's work was saved.
    """
    file = Calendar()
    file.add("prodid", f"-//{team.plan.questionnaire.texts.screen.product_name}//EN")
    file.add("version", "2.0")
    stamp = datetime.datetime.combine(team.plan.date, datetime.time(), datetime.UTC)
    for date in open_dates(team):
        event = _event(team.plan.questionnaire, date)
        event.add("uid", f"{date.action.id}-{date.kind}@{uid_base}")
        event.add("dtstamp", stamp)
        event.add("sequence", revision)
        file.add_component(event)
    data: bytes = file.to_ical()
    return data


def _event(questionnaire: Questionnaire, date: OpenDate) -> Event:
    words = questionnaire.texts.files.calendar
    summary = words.due_event if date.kind == "due" else words.review_event
    event = Event()
    event.add("summary", summary.format(action=clean(date.action.title)))
    event.add("description", _description(questionnaire, date))
    event.add("dtstart", date.day)
    event.add("categories", [words.category, date.action.part.short_title])
    event.add("transp", "TRANSPARENT")  # the day stays free
    return event


def _description(questionnaire: Questionnaire, date: OpenDate) -> str:
    texts, work = questionnaire.texts.work, date.action.work
    lines = (
        (texts.fields[field.id].label, shown_text(questionnaire, field, work))
        for field in fields_in_calendar()
    )
    return "\n".join(f"{label}: {clean(text)}" for label, text in lines if text)
