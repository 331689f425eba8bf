"""What comes along from the last plan into the next."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from reports.plan.model import ActionPlan
from reports.team.carrying import carried_work, open_actions
from reports.team.edits import add_own, edit
from reports.team.model import NO_WORK, PlanWork, team_plan

PlanOf = Callable[..., ActionPlan]
THEN, NOW = datetime.date(2026, 3, 1), datetime.date(2026, 10, 1)
WORK = {"status": "under_way", "owner": "Night lead", "due": "2026-04-01", "notes": "Two rooms done"}


@pytest.fixture(scope="module")
def then(plan_of: PlanOf) -> ActionPlan:
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", date=THEN)


@pytest.fixture(scope="module")
def now(plan_of: PlanOf) -> ActionPlan:
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", date=NOW)


@pytest.fixture(scope="module")
def first(then: ActionPlan) -> str:
    return then.planned[0].question.id


def carried(then: ActionPlan, work: PlanWork, now: ActionPlan, *left_out: str) -> PlanWork:
    return carried_work(team_plan(then, work), work, now, left_out)


def test_an_open_action_comes_along_as_the_team_left_it_even_overdue(
    then: ActionPlan, now: ActionPlan, first: str
) -> None:
    work = carried(then, edit(NO_WORK, then, first, WORK), now)
    action = next(item for item in team_plan(now, work).planned if item.id == first)
    assert {id_: action.work.texts[id_] for id_ in WORK} == WORK
    assert action.decided == frozenset(WORK)
    assert action.came_from == THEN


def test_it_keeps_the_day_of_the_plan_in_which_it_began(
    then: ActionPlan, now: ActionPlan, first: str
) -> None:
    second = carried(then, edit(NO_WORK, then, first, WORK), now)
    third = carried(now, second, now)
    assert third.came_from == {first: THEN.isoformat()}


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_done_or_dropped_and_what_nobody_touched_is_not_open(
    then: ActionPlan, now: ActionPlan, first: str, status: str
) -> None:
    work = edit(NO_WORK, then, first, WORK | {"status": status})
    assert open_actions(team_plan(then, work)) == ()
    assert carried(then, work, now) == NO_WORK


def test_what_is_left_out_stays_behind(then: ActionPlan, now: ActionPlan, first: str) -> None:
    work = add_own(edit(NO_WORK, then, first, WORK), then.questionnaire.practice_parts[0].id, "Ask around")
    assert carried(then, work, now, first).came_from.keys() == {"own-2"}
    assert carried(then, work, now, first, "own-2") == NO_WORK


def test_an_action_of_the_teams_own_comes_along_and_its_id_is_not_given_again(
    then: ActionPlan, now: ActionPlan
) -> None:
    section = then.questionnaire.practice_parts[0].id
    work = add_own(NO_WORK, section, "Ask around")
    work = edit(work, then, "own-1", WORK)
    after = carried(then, work, now)
    action = team_plan(now, after).planned[-1]
    assert (action.title, action.work.owner, action.came_from) == ("Ask around", "Night lead", THEN)
    assert len({own.id for own in add_own(after, section, "Another").own}) == 2


def test_an_action_whose_practice_has_no_answer_now_becomes_the_teams_own(
    plan_of: PlanOf, then: ActionPlan, now: ActionPlan, first: str
) -> None:
    work = edit(NO_WORK, then, first, WORK)
    unknown = plan_of({"pf-capacity": "n2_3", first: "not_sure"}, every="not_yet", date=NOW)
    after = carried(then, work, unknown)
    action = team_plan(unknown, after).planned[-1]
    assert (action.id, action.tool, action.title) == (first, None, then.planned[0].title)
    assert action.work.first_step == then.planned[0].first_step
    again = team_plan(now, carried(unknown, after, now)).planned
    assert [item.tool is None for item in again if item.id == first] == [False]


@pytest.mark.parametrize("answer", ["part_of_work", "not_applicable"])
def test_an_action_that_is_part_of_the_work_by_now_or_does_not_apply_stays_behind(
    plan_of: PlanOf, then: ActionPlan, first: str, answer: str
) -> None:
    now = plan_of({"pf-capacity": "n2_3", first: answer}, every="not_yet", date=NOW)
    assert carried(then, edit(NO_WORK, then, first, WORK), now) == NO_WORK
