"""What the start page shows: how long a self-check takes, and the self-checks that this person may open."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.content import current
from app.database.agencies import Agency
from app.database.assessments import HistorySummary, assessments_of_agency, summarize_histories
from app.http.remembered_histories import remembered_assessments
from app.permissions import memberships
from app.retention import expiry_dates
from questions.answers import usable_answers
from questions.model import Questionnaire
from questions.path import path_of, progress

MAX_PER_AGENCY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many questions a self-check has, and how many minutes it takes to answer them."""

    fewest: int
    most: int
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyHistories:
    """The most recent histories of an agency."""

    agency: Agency
    histories: list[HistorySummary]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """The start page. `expiry_dates` has the last day of each assessment on this device, by assessment id."""

    size: Size
    on_device: list[HistorySummary]
    expiry_dates: Mapping[int, datetime.date]
    agencies: list[AgencyHistories]


def start_view() -> StartView:
    """Return what the start page shows to this browser."""
    on_device = summarize_histories(remembered_assessments())
    return StartView(
        size=size_of(current().questionnaire),
        on_device=on_device,
        expiry_dates=expiry_dates(summary.newest for summary in on_device),
        agencies=[_histories_of(membership.agency) for membership in memberships()],
    )


def _histories_of(agency: Agency) -> AgencyHistories:
    histories = summarize_histories(assessments_of_agency(agency.id))[:MAX_PER_AGENCY]
    return AgencyHistories(agency=agency, histories=histories)


@lru_cache(maxsize=2)
def size_of(questionnaire: Questionnaire) -> Size:
    """Return the size of a blank self-check, with minutes rounded to multiples of five."""
    path = path_of(questionnaire, usable_answers(questionnaire, {}, {}, {}))
    first = path.pages[0]
    left = progress(path, first, frozenset())
    shortest, longest = (max(5, 5 * round(minutes / 5)) for minutes in left.minutes)
    return Size(
        fewest=len(first.questions) + left.fewest,
        most=len(first.questions) + left.most,
        shortest=shortest,
        longest=longest,
    )
