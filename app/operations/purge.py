"""Deleting what has expired, by itself once a day or by command; and notifying people before something ends.

It stops, and waits for `flask --app app purge --yes`, if the clock has jumped or if so much would go that
something is likely to be wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from flask import current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.database import idle
from app.database import retention as rows
from app.database.agencies import Agency, members_of
from app.database.deletion import wipe
from app.database.retention import Expired
from app.database.security_events import record_event
from app.database.turns import record_done, record_held, take_turn, turn
from app.erasure import erase_account, erase_agency
from app.extensions import db
from app.mail.messages import at_site_url, compose
from app.mail.outbox import About, enqueue, send_due
from app.permissions import allows, roles_with
from app.retention import (
    MAIL_DAYS,
    NOTICE_DAYS,
    PURGE,
    expired,
    idle_accounts,
    idle_agencies,
)

_A_DAY = datetime.timedelta(days=1)
_MAX_STEPS_IN_TURN = 50  # so that the site does not start late
_LONGEST_PAUSE = datetime.timedelta(days=30)  # between two purges; after a longer one the clock is suspect
_MANY, _SHARE = 20, 10  # too much would go if it is more than 20 and more than a tenth
_EMAILS = "emails in the folder"


def purge_in_turn() -> None:
    """Purge, unless a process has done so within the last day. A database error is logged."""
    now = clock.now()
    try:
        is_turn = take_turn(PURGE, now, now + _A_DAY)
        db.session.commit()
        if is_turn:
            _take_care(now)
    except SQLAlchemyError as error:
        db.session.rollback()
        current_app.logger.error("no purge: %s", type(error).__name__)


def why_not(now: datetime.datetime) -> str:
    """Return why nothing may be deleted before an administrator has looked, or ""."""
    going = {
        name: (rows.count(found), rows.count_all(found.table))
        for name, found in expired(now).items()
        if found.written_by_people
    }
    done_at = turn(PURGE).done_at
    pause = now - done_at if done_at else datetime.timedelta()
    if pause > _LONGEST_PAUSE and any(count for count, _total in going.values()):
        return f"the clock is {pause.days} days after the last purge"
    for name, (count, total) in going.items():
        if count > _MANY and count * _SHARE > total:
            return f"it would delete {count} of {total}: {name}"
    return ""


def count_expired(now: datetime.datetime) -> dict[str, int]:
    """Return how many rows of each kind, and old emails, a purge would delete."""
    counts = {name: rows.count(found) for name, found in expired(now).items()}
    return {**counts, _EMAILS: sum(1 for _ in _old_emails(now))}


def purge(now: datetime.datetime, max_steps: int | None = None) -> dict[str, int]:
    """Delete what has expired, in small steps that each commit; return how many rows of each kind.

    `max_steps` limits the number of steps.
    """
    to_delete = expired(now)
    counts = dict.fromkeys(to_delete, 0)
    steps = 0
    for name, found in to_delete.items():
        delete = (
            _ERASERS.get(found.table.name, rows.delete_some) if found.written_by_people else rows.delete_some
        )
        while (max_steps is None or steps < max_steps) and (deleted := delete(found)):
            db.session.commit()
            counts[name] += deleted
            steps += 1
        db.session.rollback()
    if steps:
        wipe()
    record_done(PURGE, now)
    db.session.commit()
    return {**counts, _EMAILS: _delete_emails(now)}


def notify_before_the_end(now: datetime.datetime) -> None:
    """Write to the people whose agency or account is about to end, once for each time it is idle. Commits."""
    date = clock.long_date(clock.local_day(now) + datetime.timedelta(days=NOTICE_DAYS))
    with at_site_url():
        for agency in idle.agencies_to_notify(idle_agencies(now)):
            link = url_for("agencies.agency", public_id=agency.public_id, _external=True)
            for member in members_of(agency):
                if allows(member.role, "manage"):
                    values = {"agency": agency.name, "date": date, "link": link}
                    _notify(member.email, "emails/agency_ends.txt", values, About(agency_id=agency.id))
            idle.record_notified_agency(agency.id, now)
        for id_, email in idle.accounts_to_notify(idle_accounts(now), roles_with("manage")):
            link = url_for("security.login", _external=True)
            _notify(email, "emails/account_ends.txt", {"date": date, "link": link}, About(user_id=id_))
            idle.record_notified_account(id_, now)
    db.session.commit()


def _take_care(now: datetime.datetime) -> None:
    reason = why_not(now)
    if reason:
        record_held(PURGE, reason)
        db.session.commit()
        current_app.logger.error("nothing is deleted until someone runs “purge --yes”: %s", reason)
        return
    notify_before_the_end(now)
    purge(now, _MAX_STEPS_IN_TURN)
    send_due()


def _notify(to: str, template: str, values: Mapping[str, str], about: About) -> None:
    enqueue(compose(to, template, **values), about, hours=NOTICE_DAYS * 24)


def _erase_agencies(found: Expired) -> int:
    """Delete some agencies that ended; return how many. The caller commits."""
    ids = rows.some_ids(found)
    for id_ in ids:
        erase_agency(Agency(id=id_, public_id="", name=""))
        record_event("agency_expired", clock.now(), agency_id=id_)
    return len(ids)


def _erase_accounts(found: Expired) -> int:
    """Delete some accounts that ended; return how many. The caller commits."""
    ids = rows.some_ids(found)
    for id_ in ids:
        erase_account(id_, idle.address_of(id_))
        record_event("account_expired", clock.now(), user_id=id_)
    return len(ids)


_ERASERS: Mapping[str, Callable[[Expired], int]] = {"agency": _erase_agencies, "account": _erase_accounts}


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
