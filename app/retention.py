"""How long data is stored: the dates shown to people, and the purge of what has expired.

The periods are settings, or the constants below; the privacy page prints them (app/privacy/views.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.database import retention as rows
from app.database.assessments import Assessment
from app.database.deletion import wipe
from app.database.retention import Expired
from app.extensions import db

EVENT_DAYS = 365
FILE_DAYS = 90  # a PDF can be rendered again
MAIL_DAYS = 30  # emails in the folder, if no mail server is set
SIGN_IN_AGE = datetime.timedelta(hours=13)  # an hour more than a sign-in can last
_A_DAY = datetime.timedelta(days=1)
_MAX_STEPS_AT_START = 50  # so that the site does not start late


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
        **rows.other_expired_rows(
            now,
            today=clock.start_of_day(today),
            sign_ins=now - SIGN_IN_AGE,
            files=now - datetime.timedelta(days=FILE_DAYS),
            events=now - datetime.timedelta(days=EVENT_DAYS),
        ),
    }


def count_expired(now: datetime.datetime) -> dict[str, int]:
    """Return how many rows of each kind, and old emails, a purge would delete."""
    counts = {name: rows.count(found) for name, found in expired(now).items()}
    return {**counts, "emails in the folder": sum(1 for _ in _old_emails(now))}


def purge(now: datetime.datetime, max_steps: int | None = None) -> dict[str, int]:
    """Delete what has expired, in small steps that each commit; return how many rows of each kind.

    `max_steps` limits the number of steps.
    """
    to_delete = expired(now)
    counts = dict.fromkeys(to_delete, 0)
    steps = 0
    for name, found in to_delete.items():
        while (max_steps is None or steps < max_steps) and (deleted := rows.delete_some(found)):
            db.session.commit()
            counts[name] += deleted
            steps += 1
        db.session.rollback()
    if steps:
        wipe()
    return {**counts, "emails in the folder": _delete_emails(now)}


def purge_in_turn(max_steps: int = _MAX_STEPS_AT_START) -> None:
    """Purge, unless a process has done so within the last day. A database error is logged."""
    now = clock.now()
    try:
        is_turn = rows.take_turn(now, now + _A_DAY)
        db.session.commit()
        if is_turn:
            purge(now, max_steps)
    except SQLAlchemyError as error:
        db.session.rollback()
        current_app.logger.error("no purge: %s", type(error).__name__)


def _days(setting: str) -> datetime.timedelta:
    days: int = current_app.config[setting]
    return datetime.timedelta(days=days)


def _old_emails(now: datetime.datetime) -> Iterator[Path]:
    """Yield the emails in the folder that are older than MAIL_DAYS; their file names start with the time."""
    oldest = f"{now - datetime.timedelta(days=MAIL_DAYS):%Y%m%d-%H%M%S}"
    return (path for path in current_app.config["MAIL_FOLDER"].glob("*.eml") if path.name < oldest)


def _delete_emails(now: datetime.datetime) -> int:
    count = 0
    for path in list(_old_emails(now)):
        path.unlink(missing_ok=True)
        count += 1
    return count
