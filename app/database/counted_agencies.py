"""Agencies that agreed to be counted, and the counts that were released, with digests of who was in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.database.account_tables import AgencyRow, ReleasedCountsRow
from app.database.agencies import Agency
from app.database.tables import table_of
from app.extensions import db

_agency = table_of(AgencyRow)
_table = table_of(ReleasedCountsRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Counts as they were shown, rounded, by question and stage; and which assessment of which agency is in.

    Agencies and assessments are digests.
    """

    at: datetime.datetime
    agencies: int
    counts: Mapping[str, Mapping[str, int]]
    members: Mapping[str, str]


def counted_since(agency: Agency) -> datetime.datetime | None:
    """Return since when an agency agrees to be counted, None if it does not."""
    query = select(_agency.c.counted_since).where(_agency.c.id == agency.id)
    return db.session.execute(query).scalar_one()


def set_counted_since(agency: Agency, at: datetime.datetime | None) -> None:
    """Store that an agency agrees, or with None that it does not. The caller commits."""
    db.session.execute(update(_agency).where(_agency.c.id == agency.id).values(counted_since=at))


def counted_agencies() -> list[Agency]:
    """Return the agencies that agree to be counted."""
    rows = db.session.execute(select(_agency).where(_agency.c.counted_since.is_not(None)))
    return [Agency(id=row.id, public_id=row.public_id, name=row.name) for row in rows]


def releases() -> list[Release]:
    """Return all counts that were released, the newest first."""
    rows = db.session.execute(select(_table).order_by(_table.c.id.desc()))
    return [Release(at=row.at, agencies=row.agencies, counts=row.counts, members=row.members) for row in rows]


def add_release(new: Release) -> None:
    """Store counts that are about to be shown. The caller commits."""
    db.session.execute(
        insert(_table).values(at=new.at, agencies=new.agencies, counts=new.counts, members=new.members)
    )
