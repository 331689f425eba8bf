"""The plan's dates as a calendar file (iCalendar, RFC 5545): the only module that loads icalendar.

It runs in the child process of `pdf.worker`, so that web processes do not hold the library in memory.
When the file is imported again after an edit, an event replaces the one before: it has the same UID and a
higher SEQUENCE.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event

from questions.model import Questionnaire
from questions.text import clean
from reports.documents.action_fields import field_label, label_of, shown_text
from reports.documents.formatting import long_date
from reports.plan.translations import translations
from reports.team.dates import PlanDate
from reports.team.fields import fields_in_calendar
from reports.team.model import TeamAction, TeamPlan

# Nine in the morning, a week before: a workday too, and time is left.
_REMIND = datetime.timedelta(days=-7, hours=9)
_REFRESH = datetime.timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A calendar file in the making: its plan, and the address of the plan's page; "" in a feed."""

    team: TeamPlan
    address: str

    @property
    def questionnaire(self) -> Questionnaire:
        return self.team.plan.questionnaire

    @property
    def name(self) -> str:
        """What the calendar is called: in a feed it tells nothing of the agency."""
        plan, category = self.team.plan, self.questionnaire.texts.files.calendar.category
        if not self.address:
            return category
        named = (
            category,
            clean(plan.agency),
            long_date(plan.date, self.questionnaire.language, plan.number_of_day),
        )
        return ", ".join(filter(None, named))


def calendar(
    team: TeamPlan, dates: Sequence[PlanDate], uid_base: str, revision: int, address: str = ""
) -> bytes:
    """Return an all-day event for each of the dates; those that are cancelled say so.

    `uid_base` distinguishes this plan from all others without revealing the assessment's id; `revision` is
    the number of times the team's work was saved. With the address of the plan's page, events say what to do
    and where to read more. Without one, this is a feed: a company that hosts calendars reads it, so it has
    titles and dates only.
    """
    file, made = _File(team=team, address=address), Calendar()
    made.add("prodid", f"-//{file.questionnaire.texts.screen.product_name}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", file.name)
    made.add("x-wr-calname", file.name)
    if not address:
        made.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT12H")
    stamp = datetime.datetime.combine(team.plan.date, datetime.time(), datetime.UTC)
    for date in dates:
        event = _event(file, date)
        event.add(
            "uid", f"{date.action.id}-{date.kind}@{uid_base}" if date.action else f"{date.kind}@{uid_base}"
        )
        event.add("dtstamp", stamp)
        event.add("sequence", revision)
        made.add_component(event)
    data: bytes = made.to_ical()
    return data


def _event(file: _File, date: PlanDate) -> Event:
    title, event = _title(file.questionnaire, date), Event()
    event.add("summary", title)
    event.add("dtstart", date.day)
    event.add("transp", "TRANSPARENT")  # the day stays free
    event.add("status", "CANCELLED" if date.cancelled else "CONFIRMED")
    if file.address:
        category = file.questionnaire.texts.files.calendar.category
        event.add("categories", [category, date.action.part.short_title] if date.action else [category])
        event.add("description", _description(file, date.action))
        event.add("url", file.address)
    if not date.cancelled:
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _REMIND)
    return alarm


def _title(questionnaire: Questionnaire, date: PlanDate) -> str:
    """Return what is to be done, in words that tell a suggested date from one that the team chose."""
    _, words = translations(questionnaire.language).gettext, questionnaire.texts.files.calendar
    if date.action is None:
        return _("Take the self-check again")
    title = clean(date.action.title)
    if date.decided:
        return (words.due_event if date.kind == "due" else words.review_event).format(action=title)
    suggested = label_of(questionnaire, date.kind, decided=False)
    return f"{suggested}: {title}"


def _description(file: _File, action: TeamAction | None) -> str:
    lines = [*_facts(file.questionnaire, action), ""] if action else []
    return "\n".join((*lines, file.name, file.address))


def _facts(questionnaire: Questionnaire, action: TeamAction) -> list[str]:
    shown = {field.id: shown_text(questionnaire, field, action.work) for field in fields_in_calendar()}
    return [
        f"{field_label(questionnaire, action, id_)}: {clean(text)}" for id_, text in shown.items() if text
    ]
