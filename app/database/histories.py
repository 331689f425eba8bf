"""Histories: assessments that belong together, behind one return code or an agency's."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from app.database.assessments import History
from app.database.models import HistoryRow
from app.extensions import db

_table = cast(Table, HistoryRow.__table__)
_BY_PUBLIC_ID = select(_table).where(_table.c.public_id == bindparam("public_id"))
_BY_CODE = select(_table).where(_table.c.return_code_hash == bindparam("code_hash"))


def add_history(public_id: str, agency_id: int | None) -> History:
    """Add an empty history, of an agency or of nobody but who knows it, and return it."""
    db.session.execute(insert(_table).values(public_id=public_id, agency_id=agency_id))
    return cast(History, find_history(public_id))


def find_history(public_id: str, *, to_change: bool = False) -> History | None:
    """Return the history with this id, or None. `to_change` keeps others from changing it now."""
    query = _BY_PUBLIC_ID.with_for_update() if to_change else _BY_PUBLIC_ID
    return _history(db.session.execute(query, {"public_id": public_id}).first())


def find_by_code(code_hash: str) -> History | None:
    """Return the history with this return code's hash, or None."""
    return _history(db.session.execute(_BY_CODE, {"code_hash": code_hash}).first())


def set_return_code(history: History, code_hash: str) -> None:
    """Give the history a return code; one it had before no longer works."""
    db.session.execute(update(_table).where(_table.c.id == history.id).values(return_code_hash=code_hash))


def give_to_agency(history: History, agency_id: int) -> None:
    """Make the history an agency's; its return code no longer works."""
    values = {"agency_id": agency_id, "return_code_hash": None}
    db.session.execute(update(_table).where(_table.c.id == history.id).values(**values))


def _history(row: Any) -> History | None:
    if row is None:
        return None
    return History(
        id=row.id, public_id=row.public_id, return_code_hash=row.return_code_hash, agency_id=row.agency_id
    )
