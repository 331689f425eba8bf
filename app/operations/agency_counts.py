"""How many agencies gave which answer, over those that agreed, so that no number is about fewer than five.

A number is shown only if five agencies or more are behind it, and five or more behind the rest of the same
question; it is rounded down to a multiple of five. So no subtraction within the counts leads to fewer. There
are no counts of subgroups. Counts are released, and stay until at least five agencies have joined, left or
finished another self-check since each earlier release, so no subtraction of two releases leads to fewer
either. A release with an agency in it that has left since is not shown again.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping

from app.content import current, path_for
from app.database.assessments import Assessment, assessments_of_agency
from app.database.counted_agencies import Release, add_release, counted_agencies, releases
from app.tokens import keyed_digest

SMALLEST = 5
_NOT_ANSWERED = ""


def counts_to_show(now: datetime.datetime) -> Release | None:
    """Return the counts that can be shown now, None if there are none. The caller commits."""
    latest = _latest_assessments()
    members = {_digest(agency): _digest(assessment.public_id) for agency, assessment in latest.items()}
    earlier = releases()
    if len(members) >= SMALLEST and all(_changed(members, one.members) >= SMALLEST for one in earlier):
        new = Release(
            at=now, agencies=_rounded(len(members)), counts=_counts(list(latest.values())), members=members
        )
        add_release(new)
        return new
    shown = next(iter(earlier), None)
    return shown if shown and shown.members.keys() <= _agreed() else None


def protected(total: int, counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that may be shown, rounded: each of five or more, and so is what they leave over."""
    shown = {name: count for name, count in counts.items() if count >= SMALLEST}
    while shown and total - sum(shown.values()) < SMALLEST:
        del shown[min(shown, key=lambda name: (shown[name], name))]
    return {name: _rounded(count) for name, count in shown.items()}


def _counts(assessments: list[Assessment]) -> dict[str, dict[str, int]]:
    """Return the protected counts of the answers to each practice."""
    answers = [path_for(assessment).active.by_question for assessment in assessments]
    found = {}
    for id_ in current().questionnaire.practice:
        stages = Counter(str(given.get(id_) or _NOT_ANSWERED) for given in answers)
        del stages[_NOT_ANSWERED]  # it counts as the rest
        found[id_] = protected(len(answers), stages)
    return found


def _latest_assessments() -> dict[str, Assessment]:
    """Return the newest finished assessment of each agency that agreed, by the agency's public id."""
    found = {}
    for agency in counted_agencies():
        finished = [one for one in assessments_of_agency(agency.id) if one.finished]
        if finished:
            found[agency.public_id] = finished[0]
    return found


def _agreed() -> set[str]:
    return {_digest(agency.public_id) for agency in counted_agencies()}


def _changed(now: Mapping[str, str], then: Mapping[str, str]) -> int:
    """Return how many agencies joined, left, or answered again between two sets of members."""
    return sum(now.get(agency) != then.get(agency) for agency in now.keys() | then.keys())


def _rounded(count: int) -> int:
    return count - count % SMALLEST


def _digest(public_id: str) -> str:
    return keyed_digest(f"counted {public_id}")
