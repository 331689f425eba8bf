"""What the start page shows: how long a self-check takes, and the self-checks that this person may open."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.content import current
from app.database.agencies import Agency
from app.database.answers import StoredAnswer
from app.database.assessments import HistorySummary, assessments_of_agency, summarize_histories
from app.http.remembered_histories import remembered_assessments
from app.permissions import memberships
from app.retention import expiry_dates
from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import path_of, progress

MAX_PER_AGENCY = 3


# Minutes for a question that a group talks through; the total is rounded to half hours.
GROUP_MINUTES = 1.5
HALF_HOUR = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to start: how much is asked, and how long it takes alone and as a group.

    `depth` is the answer that asks for it, "" if the content has one depth only; `essentials` whether it is
    the shorter one.
    """

    depth: str
    essentials: bool
    questions: int
    minutes: tuple[int, int]
    group_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyHistories:
    """The most recent histories of an agency."""

    agency: Agency
    histories: list[HistorySummary]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """The start page. `expiry_dates` has the last day of each assessment on this device, by assessment id."""

    ways: tuple[Way, ...]
    on_device: list[HistorySummary]
    expiry_dates: Mapping[int, datetime.date]
    agencies: list[AgencyHistories]

    @property
    def has_checks(self) -> bool:
        """Whether there is a self-check to continue, so that a new one is a separate one."""
        return bool(self.on_device) or any(group.histories for group in self.agencies)


def start_view() -> StartView:
    """Return what the start page shows to this browser."""
    on_device = summarize_histories(remembered_assessments())
    return StartView(
        ways=ways_to_start(current().questionnaire),
        on_device=on_device,
        expiry_dates=expiry_dates(summary.newest for summary in on_device),
        agencies=[_histories_of(membership.agency) for membership in memberships()],
    )


def _histories_of(agency: Agency) -> AgencyHistories:
    histories = summarize_histories(assessments_of_agency(agency.id))[:MAX_PER_AGENCY]
    return AgencyHistories(agency=agency, histories=histories)


@lru_cache(maxsize=2)  # saves 0.5 of the 2.7 ms of the start page
def ways_to_start(questionnaire: Questionnaire) -> tuple[Way, ...]:
    """Return the ways to start a self-check, the shorter one first."""
    depth = questionnaire.rules.depth
    if depth is None:
        return (_way(questionnaire, "", {}),)
    values = [option.value for option in questionnaire.questions[depth.question].options_in(questionnaire)]
    return tuple(_way(questionnaire, value, {depth.question: value}) for value in values)


def _way(questionnaire: Questionnaire, value: str, given: Mapping[str, str]) -> Way:
    path = path_of(questionnaire, Answers(by_question=given))
    first = next(page for page in path.pages if any(q.id not in given for q in page.questions))
    left, depth, questions = progress(path, first), questionnaire.rules.depth, len(path.visible)
    shortest, longest = left.minutes
    return Way(
        depth=value,
        essentials=depth is not None and value == depth.essentials,
        questions=questions,
        minutes=(_rounded(shortest, 5), _rounded(longest, 5)) if longest > 10 else (left.minutes_left,) * 2,
        group_minutes=_rounded(questions * GROUP_MINUTES, HALF_HOUR),
    )


def _rounded(minutes: float, step: int) -> int:
    return max(step, step * round(minutes / step))


def depth_answer(questionnaire: Questionnaire, value: str | None) -> dict[str, StoredAnswer]:
    """Return the answer that asks for this depth, by question; none if there is no such depth."""
    depth = questionnaire.rules.depth
    options = questionnaire.questions[depth.question].options_in(questionnaire) if depth else ()
    if depth is None or value not in {option.value for option in options}:
        return {}
    return {depth.question: StoredAnswer(value=value)}
