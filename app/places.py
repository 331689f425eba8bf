"""What this browser can go on with, for the start page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.database.assessments import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A history: its newest assessment, how many it has, and the agency's name ("" when none was given)."""

    newest: Assessment
    count: int
    agency: str


def places(assessments: Iterable[Assessment]) -> list[Place]:
    """Return a place for each history of these assessments (newest first), the last used first."""
    by_history = sorted(assessments, key=lambda a: (-a.history.id, -a.id))
    grouped = [list(group) for _, group in groupby(by_history, key=lambda a: a.history.id)]
    found = [Place(newest=group[0], count=len(group), agency=_agency(group)) for group in grouped]
    return sorted(found, key=lambda place: -place.newest.id)


def _agency(assessments: Iterable[Assessment]) -> str:
    return next((assessment.agency for assessment in assessments if assessment.agency), "")
