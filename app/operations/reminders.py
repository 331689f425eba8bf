"""Reminders of dates in plans, by email to those who want them: before a first step is due, and of a retake.

Once a day, or by `flask --app app reminders`, they are put into the outbox; each person is reminded of each
date once. An email names actions and dates. It has no answer, no note, and no
title that a team typed.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.accounts.reminder_views import stop_link
from app.database.assessments import Assessment, assessments_of_agency, drafts_of, finished_of
from app.database.reminders import Subscriber, record_reminder, subscribers
from app.database.turns import take_turn
from app.encryption import DecryptionError
from app.extensions import db
from app.finished_assessments import load_team_plan
from app.mail.messages import at_site_url, compose
from app.mail.outbox import About, enqueue, send_due
from app.permissions import allows
from app.tokens import keyed_digest
from questions.source_files.errors import ContentError
from reports.team.dates import PlanDate, open_dates

_A_DAY = datetime.timedelta(days=1)
_BEFORE = datetime.timedelta(days=7)  # as the alarms of the calendar file
_AFTER = datetime.timedelta(days=30)  # for so long after its day, a retake is worth an email
_TURN = "reminders"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """What a plan has to remind people of today."""

    plan: Assessment
    dates: tuple[PlanDate, ...]


def remind_in_turn() -> None:
    """Send what is to be sent today, unless a process has done so within the last day. Errors are logged."""
    now = clock.now()
    try:
        is_turn = take_turn(_TURN, now, now + _A_DAY)
        db.session.commit()
        if is_turn and remind(now):
            send_due()
    except SQLAlchemyError as error:
        db.session.rollback()
        current_app.logger.error("no reminders: %s", type(error).__name__)


def remind(now: datetime.datetime) -> int:
    """Put the emails of today into the outbox, and return how many. Commits."""
    count = 0
    with at_site_url():
        for agency_id, members in groupby(subscribers(), key=lambda person: person.agency.id):
            people = [person for person in members if allows(person.role, "read")]
            with _skipping_unreadable():
                for due in _due_in(agency_id, clock.local_day(now)):
                    count += sum(_enqueue(person, due, now) for person in people)
                    db.session.commit()
    return count


@contextlib.contextmanager
def _skipping_unreadable() -> Iterator[None]:
    """Skip what cannot be read, and log it: all other reminders are sent all the same."""
    try:
        yield
    except (ContentError, DecryptionError) as error:
        current_app.logger.error("no reminders of a plan: %s", type(error).__name__)


def _due_in(agency_id: int, today: datetime.date) -> Iterator[_Due]:
    """Yield the newest plan of each history of an agency that has something to remind people of today."""
    for history in {one.history.id: one.history for one in assessments_of_agency(agency_id)}.values():
        for plan in finished_of(history, limit=1):
            begun, dates = any(draft.previous_id == plan.id for draft in drafts_of(history)), list[PlanDate]()
            with _skipping_unreadable():
                dates.extend(open_dates(load_team_plan(plan)))
            if due := tuple(date for date in dates if _is_due(date, today, retake_begun=begun)):
                yield _Due(plan=plan, dates=due)


def _is_due(date: PlanDate, today: datetime.date, *, retake_begun: bool) -> bool:
    if date.kind == "due":
        return today <= date.day <= today + _BEFORE
    return date.kind == "retake" and not retake_begun and date.day <= today <= date.day + _AFTER


def _enqueue(person: Subscriber, due: _Due, now: datetime.datetime) -> bool:
    """Enqueue an email about the dates that this person was not reminded of; return whether there is one."""
    dates = [d for d in due.dates if record_reminder(person.user_id, due.plan.id, _digest(due.plan, d), now)]
    if not dates:
        return False
    stop = stop_link(person)
    email = compose(
        person.email,
        "emails/reminder.txt",
        agency=person.agency.name,
        date=clock.long_date(due.plan.finished_on or clock.local_day(now), due.plan.number_of_day),
        lines=list(_lines(dates)),
        retake=any(date.kind == "retake" for date in dates),
        link=url_for("plans.plan", public_id=due.plan.public_id, _external=True),
        stop=stop,
    )
    about = About(person.user_id, person.agency.id, due.plan.id)
    enqueue(email._replace(unsubscribe=stop), about)
    return True


def _lines(dates: Iterable[PlanDate]) -> Iterator[str]:
    for date in dates:
        if date.action:
            title = date.action.title if date.action.tool else _("an action that your team added")
            line = _("%(date)s: %(title)s") if date.decided else _("%(date)s (suggested date): %(title)s")
            yield line % {"date": clock.long_date(date.day), "title": title}


def _digest(plan: Assessment, date: PlanDate) -> str:
    """Return how it is stored that someone was reminded of a date, for dates in plans are secret."""
    if date.action is None:
        return keyed_digest(f"reminder {plan.public_id} {date.kind} {date.day}")
    # An action that comes along into the next plan is the same one there.
    begun_on = date.action.came_from or plan.finished_on
    action = f"{date.action.id} of {begun_on}"
    return keyed_digest(f"reminder {plan.history.public_id} {date.kind} {action} {date.day}")
