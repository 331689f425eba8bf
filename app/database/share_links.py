"""Links by which anyone can read one plan, and those by which calendars read its dates.

Only the hash of a link's token is stored.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from app.database.account_tables import CalendarFeedRow, PlanLinkRow
from app.database.answers import Change
from app.database.assessments import Assessment, History, by_id
from app.database.tables import AssessmentRow, HistoryRow, table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLink:
    """A link: `reader` says whom it is for, and `expires_at` is the last moment of its last day."""

    made: Change
    expires_at: datetime.datetime
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink(PlanLink):
    """A link with the number by which it is withdrawn."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """An address for calendars, in the database."""

    id: int
    made: Change


_table = table_of(PlanLinkRow)
_feed = table_of(CalendarFeedRow)
_assessment = table_of(AssessmentRow)
_history = table_of(HistoryRow)


def add_plan_link(assessment: Assessment, token_hash: str, new: PlanLink) -> None:
    """Store a link to the plan of a finished assessment."""
    db.session.execute(
        insert(_table).values(
            assessment_id=assessment.id,
            token_hash=token_hash,
            made_by_id=new.made.by_id,
            made_at=new.made.at,
            expires_at=new.expires_at,
            reader=new.reader,
        )
    )


def plan_links(assessment: Assessment, today: datetime.datetime) -> list[StoredLink]:
    """Return the links to a plan that still work, the newest first.

    today: the first moment of the day. A link works to the end of the day on which it expires.
    """
    query = select(_table).where(_table.c.assessment_id == assessment.id, _table.c.expires_at >= today)
    return [
        StoredLink(
            id=row.id,
            made=Change(by_id=row.made_by_id, at=row.made_at),
            expires_at=row.expires_at,
            reader=row.reader,
        )
        for row in db.session.execute(query.order_by(_table.c.id.desc()))
    ]


def linked_assessment(
    token_hash: str, today: datetime.datetime
) -> tuple[Assessment, datetime.datetime] | None:
    """Return the assessment whose plan a link shows, and when the link expires; None if it does not work.

    today: the first moment of the day, as in `plan_links`.
    """
    query = select(_table).where(_table.c.token_hash == token_hash, _table.c.expires_at >= today)
    row = db.session.execute(query).first()
    assessment = by_id(row.assessment_id) if row else None
    return (assessment, row.expires_at) if row and assessment else None


def add_calendar_feed(history: History, token_hash: str, made: Change) -> None:
    """Store an address at which calendars read the dates of the history's newest plan."""
    values = {
        "history_id": history.id,
        "token_hash": token_hash,
        "made_by_id": made.by_id,
        "made_at": made.at,
    }
    db.session.execute(insert(_feed).values(values))


def calendar_feeds(history: History) -> list[CalendarFeed]:
    """Return the addresses for calendars of a history, the newest first."""
    query = select(_feed).where(_feed.c.history_id == history.id).order_by(_feed.c.id.desc())
    return [
        CalendarFeed(id=row.id, made=Change(by_id=row.made_by_id, at=row.made_at))
        for row in db.session.execute(query)
    ]


def fed_assessment(token_hash: str) -> Assessment | None:
    """Return the assessment whose dates an address gives, the newest finished one; None if it is unknown."""
    query = (
        select(_assessment.c.id)
        .join(_feed, _feed.c.history_id == _assessment.c.history_id)
        .where(_feed.c.token_hash == token_hash, _assessment.c.finished_on.is_not(None))
        .order_by(_assessment.c.finished_at.desc(), _assessment.c.id.desc())
    )
    newest = db.session.execute(query.limit(1)).scalar()
    return None if newest is None else by_id(newest)


def withdraw_calendar_feed(history: History, id_: int) -> bool:
    """Withdraw an address for calendars, and return whether there was one."""
    some = _feed.c.history_id == history.id, _feed.c.id == id_
    return bool(db.session.execute(delete(_feed).where(*some).returning(_feed.c.id)).first())


def count_links_by(user_id: int, agency_id: int, today: datetime.datetime) -> int:
    """Return how many links to plans of an agency this person created that still work, calendars included."""
    links = _links_by(user_id, [agency_id]), _table.c.expires_at >= today
    feeds = (_feeds_by(user_id, [agency_id]),)
    counts = (
        select(func.count()).select_from(table).where(*which)
        for table, which in ((_table, links), (_feed, feeds))
    )
    return sum(db.session.execute(query).scalar_one() for query in counts)


def withdraw_links_by(user_id: int, agency_ids: Iterable[int]) -> None:
    """Withdraw all links to plans of these agencies that this person created, and addresses for calendars."""
    ids = list(agency_ids)
    db.session.execute(delete(_table).where(_links_by(user_id, ids)))
    db.session.execute(delete(_feed).where(_feeds_by(user_id, ids)))


def withdraw_plan_link(assessment: Assessment, id_: int) -> bool:
    """Withdraw a link to the plan, and return whether there was one."""
    some = _table.c.assessment_id == assessment.id, _table.c.id == id_
    return bool(db.session.execute(delete(_table).where(*some).returning(_table.c.id)).first())


def _links_by(user_id: int, agency_ids: list[int]) -> ColumnElement[bool]:
    theirs = (
        select(_assessment.c.id).join_from(_assessment, _history).where(_history.c.agency_id.in_(agency_ids))
    )
    return and_(_table.c.made_by_id == user_id, _table.c.assessment_id.in_(theirs))


def _feeds_by(user_id: int, agency_ids: list[int]) -> ColumnElement[bool]:
    theirs = select(_history.c.id).where(_history.c.agency_id.in_(agency_ids))
    return and_(_feed.c.made_by_id == user_id, _feed.c.history_id.in_(theirs))
