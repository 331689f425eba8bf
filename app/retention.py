"""How long data is stored: the dates shown to people, and what has expired.

The periods are settings, or the constants below; the privacy page prints them (app/privacy/views.py).
app/operations/purge.py deletes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from flask import current_app

from app import clock
from app.database import retention as rows
from app.database.assessments import Assessment
from app.database.idle import Idle, ended_accounts, ended_agencies
from app.database.retention import Expired
from app.permissions import roles_with

EVENT_DAYS = 365
FILE_DAYS = 90  # a PDF can be rendered again
MAIL_DAYS = 30  # emails in the folder, if no mail server is set
REMINDER_DAYS = 90  # longer than a date can be the reason of an email
SIGN_IN_AGE = datetime.timedelta(hours=13)  # an hour more than a sign-in can last
NOTICE_DAYS = 30  # between the email about an agency or account that ends, and its end
PURGE = "purge"  # the name of the turn


def expiry_dates(assessments: Iterable[Assessment]) -> dict[int, datetime.date]:
    """Return the last day on which each assessment is stored if nobody changes it, by assessment id.

    Assessments of an agency do not expire, so they are left out.
    """
    ours = {a.history.id for a in assessments if a.history.agency_id is None}
    changes = rows.last_changes(ours) if ours else []
    latest: dict[int, datetime.datetime] = {}
    for change in changes:
        latest[change.history_id] = max(change.at, latest.get(change.history_id, change.at))
    return {
        change.assessment_id: (
            clock.local_day(latest[change.history_id]) + _days("FINISHED_DAYS")
            if change.finished
            else clock.local_day(change.at) + _days("DRAFT_DAYS")
        )
        for change in changes
    }


def expired(now: datetime.datetime) -> dict[str, Expired]:
    """Return what has expired, by its name in a report.

    Nothing expires before the end of the day that people were shown.
    """
    today = clock.local_day(now)
    drafts, finished = (clock.start_of_day(today - _days(name)) for name in ("DRAFT_DAYS", "FINISHED_DAYS"))
    return {
        "drafts": rows.expired_drafts(drafts),
        "finished self-checks, with their histories": rows.expired_histories(finished, drafts),
        "histories without a self-check": rows.empty_histories(),
        "agencies nobody uses": ended_agencies(idle_agencies(now)),
        "accounts nobody uses": ended_accounts(idle_accounts(now), roles_with("manage")),
        **rows.other_expired_rows(
            now,
            today=clock.start_of_day(today),
            sign_ins=now - SIGN_IN_AGE,
            reminders=now - datetime.timedelta(days=REMINDER_DAYS),
            files=now - datetime.timedelta(days=FILE_DAYS),
            events=now - datetime.timedelta(days=EVENT_DAYS),
        ),
    }


def idle_agencies(now: datetime.datetime) -> Idle:
    """Return the moments that decide which agencies end."""
    return _idle(now, _days("AGENCY_DAYS"))


def idle_accounts(now: datetime.datetime) -> Idle:
    """Return the moments that decide which accounts end."""
    return _idle(now, _days("ACCOUNT_DAYS"))


def _idle(now: datetime.datetime, period: datetime.timedelta) -> Idle:
    today, notice = clock.local_day(now), datetime.timedelta(days=NOTICE_DAYS)
    return Idle(
        soon=clock.start_of_day(today - period + notice),
        end=clock.start_of_day(today - period),
        notified_by=clock.start_of_day(today - notice),
    )


def _days(setting: str) -> datetime.timedelta:
    days: int = current_app.config[setting]
    return datetime.timedelta(days=days)
