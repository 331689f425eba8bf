"""Links by which anyone can read one plan. Only the hash of a link's token is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select

from app.database.account_tables import PlanLinkRow
from app.database.answers import Change
from app.database.assessments import Assessment, by_id
from app.database.tables import AssessmentRow, HistoryRow, table_of
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLink:
    """A link in the database."""

    id: int
    made: Change
    expires_at: datetime.datetime


_table = table_of(PlanLinkRow)
_assessment = table_of(AssessmentRow)
_history = table_of(HistoryRow)


def add_plan_link(assessment: Assessment, token_hash: str, made: Change, until: datetime.datetime) -> None:
    """Store a link to the plan of a finished assessment that works to the end of a day.

    until: the last moment of that day.
    """
    db.session.execute(
        insert(_table).values(
            assessment_id=assessment.id,
            token_hash=token_hash,
            made_by_id=made.by_id,
            made_at=made.at,
            expires_at=until,
        )
    )


def plan_links(assessment: Assessment, today: datetime.datetime) -> list[PlanLink]:
    """Return the links to a plan that still work, the newest first.

    today: the first moment of the day. A link works to the end of the day on which it expires.
    """
    query = select(_table).where(_table.c.assessment_id == assessment.id, _table.c.expires_at >= today)
    return [
        PlanLink(id=row.id, made=Change(by_id=row.made_by_id, at=row.made_at), expires_at=row.expires_at)
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


def count_links_by(user_id: int, agency_id: int, today: datetime.datetime) -> int:
    """Return how many links to plans of an agency this person created that still work."""
    query = (
        select(func.count())
        .select_from(_table)
        .where(*_by(user_id, [agency_id]), _table.c.expires_at >= today)
    )
    return db.session.execute(query).scalar_one()


def withdraw_links_by(user_id: int, agency_ids: Iterable[int]) -> None:
    """Withdraw all links to plans of these agencies that this person created."""
    db.session.execute(delete(_table).where(*_by(user_id, agency_ids)))


def withdraw_plan_link(assessment: Assessment, id_: int) -> bool:
    """Withdraw a link to the plan, and return whether there was one."""
    some = _table.c.assessment_id == assessment.id, _table.c.id == id_
    return bool(db.session.execute(delete(_table).where(*some).returning(_table.c.id)).first())


def _by(user_id: int, agency_ids: Iterable[int]) -> tuple[ColumnElement[bool], ...]:
    theirs = (
        select(_assessment.c.id)
        .join_from(_assessment, _history)
        .where(_history.c.agency_id.in_(list(agency_ids)))
    )
    return _table.c.made_by_id == user_id, _table.c.assessment_id.in_(theirs)
