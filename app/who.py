"""Who changed something, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.access import user_id
from app.database.agencies import names_of
from app.database.assessments import History
from app.database.changes import Change
from reports.documents.formatting import long_date


class Who:
    """Names the people who made some changes to assessments of a history; asks for all names at once."""

    def __init__(self, history: History, changes: Iterable[Change]) -> None:
        self._in_agency = history.agency_id is not None
        self._names: Mapping[int, str] = names_of(change.by_id for change in changes)

    def other(self, change: Change) -> str:
        """Return who made a change that one did not know of: "Ana, March 1, 2026, at 14:05 UTC"."""
        if change.by_id is None:
            who = "Someone without an account" if self._in_agency else "In another tab or on another device"
        elif change.by_id == user_id():
            who = "You, in another tab or on another device"
        else:
            who = self._names.get(change.by_id, "A former member")
        return f"{who}, {long_date(change.at)}, at {change.at:%H:%M} UTC" if change.at else who

    def line(self, change: Change, done: str = "Changed") -> str:
        """Return who did it on which day: "Changed by Ana, March 1, 2026"; "" if no day is kept."""
        if change.at is None:
            return ""
        name = self._names.get(change.by_id) if change.by_id is not None else None
        if name:
            return f"{done} by {name}, {long_date(change.at)}"
        return f"{done} {long_date(change.at)}{', without an account' if self._in_agency else ''}"
