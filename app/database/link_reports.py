"""How often people said that something does not open: counts, without a person or a time."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

from app.database.dialects import insert_into
from app.database.tables import LinkReport, table_of
from app.extensions import db

_table = table_of(LinkReport)


def count_report(item_id: str) -> None:
    """Count one more report on a resource or supplement. The caller commits."""
    statement = insert_into(_table).values(item_id=item_id, count=1)
    more = {"count": _table.c.count + 1}
    db.session.execute(statement.on_conflict_do_update(index_elements=["item_id"], set_=more))


def link_reports() -> Mapping[str, int]:
    """Return the number of reports by the id of the resource or supplement, most first."""
    rows = db.session.execute(select(_table).order_by(_table.c.count.desc(), _table.c.item_id))
    return dict(map(tuple, rows))


def clear_reports() -> None:
    """Forget all reports. The caller commits."""
    db.session.execute(delete(_table))
