"""The log of security events: what happened and when, by numbers of rows; no names and no contents."""

from __future__ import annotations

import datetime
from typing import cast

from sqlalchemy import Table, insert

from app.database.account_models import SecurityEventRow
from app.extensions import db


def record_event(
    kind: str,
    at: datetime.datetime,
    *,
    user_id: int | None = None,
    agency_id: int | None = None,
    network: str = "",
) -> None:
    """Store that something happened. The caller commits."""
    db.session.execute(
        insert(cast(Table, SecurityEventRow.__table__)).values(
            at=at, kind=kind, user_id=user_id, agency_id=agency_id, network=network
        )
    )
