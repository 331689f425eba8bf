"""Who could lead, by when, what to protect, and how much is known: in versions that compose plans."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answers import Answers
from questions.conditions import Answer
from questions.path import path_of
from questions.versions.releases import load_published
from reports.documents.crosswalk import crosswalk
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan

COMPOSED = load_published("2.0.0")
JOBS = {option.value: option.lead for option in COMPOSED.questions["pf-roles"].options_in(COMPOSED)}
MONDAY = datetime.date(2026, 3, 2)
SATURDAY = 5


def plan_of(answers: Mapping[str, Answer], date: datetime.date = MONDAY) -> ActionPlan:
    return action_plan(path_of(COMPOSED, Answers(by_question=answers)), Header(agency="", date=date))


def every(stage: str) -> dict[str, Answer]:
    return dict.fromkeys(COMPOSED.practice, stage)


@given(st.dates(datetime.date(2024, 1, 1), datetime.date(2034, 12, 31)))
def test_every_suggested_day_is_from_monday_to_friday(date: datetime.date) -> None:
    plan = plan_of({**every("started"), "pf-capacity": "n4_5"}, date)
    suggested = {day for action in plan.actions for day in (action.due, *action.reviews)}
    suggested |= {item.look_again for item in plan_of(every("part_of_work"), date).protect}
    assert {day.weekday() for day in suggested} <= set(range(SATURDAY))


@given(st.sets(st.sampled_from(sorted(JOBS)), min_size=1))
def test_a_suggested_lead_has_a_job_of_the_agency_if_one_fits(jobs: set[str]) -> None:
    plan = plan_of({**every("not_yet"), "pf-roles": tuple(job for job in JOBS if job in jobs)})
    for action in plan.actions:
        fitting = [JOBS[job] for job in action.question.leads if job in jobs]
        assert action.lead == (fitting[0] if fitting else action.question.owner_hint)


def test_one_person_leads_everything() -> None:
    plan = plan_of({**every("not_yet"), "pf-size": "s1", "pf-roles": ("leaders",)})
    assert {action.lead for action in plan.actions} == {"You"}


def test_a_plan_without_a_gap_says_what_to_protect_who_could_and_when_to_look_again() -> None:
    plan = plan_of(every("part_of_work"))
    assert not plan.actions
    assert {f.question.id for item in plan.protect for f in item.findings} == {
        f.question.id for f in plan.strengths
    }
    assert all(item.lead and item.look_again > plan.date for item in plan.protect)
    assert not plan_of({**every("part_of_work"), "why-02": "mostly"}).protect


def test_a_plan_says_how_many_practices_it_is_based_on() -> None:
    basis = plan_of({"why-02": "started", "why-03": "not_sure"}).basis
    assert (basis.answered, basis.not_sure) == (1, 1)
    assert basis.unknown == basis.asked - 1
    assert basis.asked == len(plan_of(every("started")).actions)


@pytest.mark.parametrize(("stage", "thin"), [("not_sure", True), ("started", False)])
def test_a_plan_of_few_answers_is_a_list_of_what_to_find_out(stage: str, thin: bool) -> None:
    plan = plan_of({**every(stage), "why-02": "started"})
    assert plan.basis.is_thin == thin


def test_a_crosswalk_counts_each_answered_practice_under_every_domain_and_principle_it_serves() -> None:
    rules, practice = COMPOSED.rules, COMPOSED.practice["why-02"]
    domains, principles = crosswalk(plan_of({"why-02": "started", "cap-08": "not_sure"}))
    for table, names, served in (
        (domains, rules.samhsa_domains, practice.samhsa_domains),
        (principles, rules.samhsa_principles, practice.samhsa_principles),
    ):
        assert table.stages == ("Not yet", "Getting started", "Mostly in place", "Part of how we work")
        assert dict(table.rows) == {name: (0, int(id_ in served), 0, 0) for id_, name in names.items()}
