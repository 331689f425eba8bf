"""The dates that a plan suggests: workdays, in an order that makes sense."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from questions.rules import Rules
from reports.plan.suggestions import due_date, plan_reviews, retake_date, review_dates
from tests.support.composing import small_rules
from tests.support.sample import sample_questionnaire

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
FRIDAY = datetime.date(2026, 11, 20)


def reviews_of(rules: Rules, effort: str, date: datetime.date) -> tuple[datetime.date, ...]:
    practice = replace(sample_questionnaire().practices[0], effort=effort)
    return review_dates(rules, practice, date)


@given(DAYS, st.sampled_from(["low", "medium", "high"]), st.lists(st.integers(1, 400), min_size=1))
def test_an_action_has_one_review_on_a_workday_after_it_is_due(
    date: datetime.date, effort: str, days: list[int]
) -> None:
    rules = small_rules()
    rules = replace(rules, dates=replace(rules.dates, review_after=tuple(sorted(days))))
    due = due_date(rules, replace(sample_questionnaire().practices[0], effort=effort), date)
    (review,) = reviews_of(rules, effort, date)
    assert date < due < review
    assert max(due.weekday(), review.weekday()) < 5


def test_the_review_is_the_next_one_of_the_plan_or_comes_as_soon_after_as_the_first() -> None:
    rules = small_rules()
    reviews = {effort: reviews_of(rules, effort, FRIDAY) for effort in ("low", "medium", "high")}
    (_, last) = plan_reviews(rules, FRIDAY)
    assert reviews == {
        "low": (last,),
        "medium": (last,),
        "high": (datetime.date(2027, 3, 20) + datetime.timedelta(days=2),),
    }


def test_older_versions_keep_their_reviews_and_weekends() -> None:
    rules = sample_questionnaire().rules
    assert reviews_of(rules, "high", FRIDAY) == (datetime.date(2026, 12, 20), datetime.date(2027, 2, 18))


@given(DAYS)
def test_the_self_check_is_due_again_half_a_year_on_a_workday(date: datetime.date) -> None:
    again = retake_date(small_rules(), date)
    assert again
    assert 180 <= (again - date).days <= 182
    assert again.weekday() < 5
