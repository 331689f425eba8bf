"""The team's work over the tool's plan: what is suggested, in which order, and what a change changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.plan.model import ActionPlan
from reports.team.edits import add_own, edit, move, remove_own
from reports.team.fields import NOT_STARTED, STATUSES, field_ids
from reports.team.model import NO_WORK, PlanWork, TeamPlan, team_plan
from tests.support.strategies import small_plans

PlanOf = Callable[..., ActionPlan]
Change = Callable[[PlanWork, ActionPlan, st.DataObject], PlanWork]


def ids(team: TeamPlan) -> list[str]:
    return [item.id for item in (*team.planned, *team.outside)]


def planned(plan: ActionPlan, work: PlanWork) -> list[str]:
    return [item.id for item in team_plan(plan, work).planned]


@pytest.fixture(scope="module")
def plan(plan_of: PlanOf) -> ActionPlan:
    """A plan of three actions, with others outside."""
    return plan_of({"pf-capacity": "n2_3"}, every="not_yet", agency="Harbor House")


@pytest.fixture(scope="module")
def first(plan: ActionPlan) -> str:
    return plan.actions[0].question.id


def test_without_team_work_the_plan_is_the_tools_own(plan: ActionPlan) -> None:
    team = team_plan(plan, NO_WORK)
    assert [item.tool for item in team.planned] == list(plan.planned)
    assert [item.tool for item in team.outside] == list(plan.further)
    assert [item.position for item in (*team.planned, *team.outside)][:5] == [1, 2, 3, 0, 0]
    assert team.as_ranked
    for item, action in zip(team.planned, plan.planned, strict=True):
        question, work = action.question, item.work
        assert (work.owner, work.first_step, work.texts["measure"]) == (
            question.owner_hint,
            question.first_step,
            question.measure,
        )
        assert (work.due, work.review) == (action.due, action.reviews[0])
        assert (work.status, work.texts["survivor_check"], work.texts["notes"]) == (NOT_STARTED, "", "")


def test_an_edit_changes_one_action_and_raises_the_revision(plan: ActionPlan, first: str) -> None:
    work = edit(NO_WORK, plan, first, {"owner": "Intake lead", "due": "2026-05-01", "status": "under_way"})
    team = team_plan(plan, work)
    assert work.revision == 1
    assert team.planned[0].work.owner == "Intake lead"
    assert team.planned[0].work.due == datetime.date(2026, 5, 1)
    assert team.planned[0].work.first_step == plan.actions[0].question.first_step
    assert team.planned[1:] == team_plan(plan, NO_WORK).planned[1:]


def test_a_field_can_be_cleared_and_a_suggestion_saved_again_is_a_decision(
    plan: ActionPlan, first: str
) -> None:
    cleared = edit(NO_WORK, plan, first, {"due": "", "measure": ""})
    assert team_plan(plan, cleared).planned[0].work.due is None
    tool = plan.actions[0]
    back = edit(cleared, plan, first, {"due": tool.due.isoformat(), "measure": tool.question.measure})
    decided, suggestion = team_plan(plan, back).planned[0], team_plan(plan, NO_WORK).planned[0]
    assert (decided.work, decided.decided) == (suggestion.work, frozenset({"due", "measure"}))


def test_a_field_without_a_suggestion_that_is_blank_again_leaves_nothing(
    plan: ActionPlan, first: str
) -> None:
    noted = edit(NO_WORK, plan, first, {"notes": "Ask Ana"})
    assert team_plan(plan, edit(noted, plan, first, {"notes": ""})) == team_plan(plan, NO_WORK)


def test_a_removed_action_is_listed_outside_with_its_reason_until_it_returns(
    plan: ActionPlan, first: str
) -> None:
    before = planned(plan, NO_WORK)
    out = move(NO_WORK, plan, first, "out", "A partner does this.")
    outside = team_plan(plan, out).outside[0]
    assert (outside.id, outside.position, outside.move_reason) == (first, 0, "A partner does this.")
    assert planned(plan, out) == before[1:]
    assert planned(plan, move(out, plan, first, 99, "They stopped.")) == [*before[1:], first]
    assert planned(plan, move(out, plan, first, 2, "They stopped.")) == [before[1], first, before[2]]


def test_removing_every_action_leaves_an_empty_plan(plan: ActionPlan) -> None:
    work = NO_WORK
    for id_ in planned(plan, NO_WORK):
        work = move(work, plan, id_, "out", "Not this year.")
    assert planned(plan, work) == []
    assert planned(plan, add_own(work, "harm", "A quiet corner")) == ["own-4"]


def test_the_tools_rank_is_shown_next_to_the_teams_position(plan: ActionPlan) -> None:
    last = plan.actions[-1]
    team = team_plan(plan, move(NO_WORK, plan, last.question.id, 1, "The board asked for it."))
    assert (team.planned[0].position, team.planned[0].tool) == (1, last)
    assert len(team.planned) == 4
    assert not team.as_ranked


def test_an_own_action_is_last_until_moved_and_its_id_is_never_reused(
    plan: ActionPlan,
) -> None:
    one = add_own(NO_WORK, "harm", "A quiet corner")
    two = add_own(one, "training", "A reading group")
    assert planned(plan, two)[-2:] == ["own-1", "own-2"]
    own = team_plan(plan, two).planned[-1]
    assert (own.tool, own.title, own.part.id) == (None, "A reading group", "training")
    assert own.work.due is None
    less = remove_own(edit(two, plan, "own-2", {"owner": "Librarian"}), "own-2")
    assert planned(plan, less)[-1] == "own-1"
    assert "own-2" not in str(less)
    assert add_own(less, "harm", "Another").own[-1].id == "own-5"
    assert add_own(two, "harm", "A quiet corner") is two
    assert team_plan(plan, move(two, plan, "own-1", "out", "Later.")).outside[-1].id == "own-1"


def test_work_on_unknown_actions_is_ignored(plan: ActionPlan) -> None:
    work = PlanWork(
        fields={"gone": {"owner": "x"}}, order=("gone", "lost"), moves={"gone": "why"}, revision=3
    )
    assert team_plan(plan, work) == team_plan(plan, NO_WORK)
    first = plan.actions[0].question.id
    order = PlanWork(order=("gone", first, first), moves={first: "why"})
    assert planned(plan, order) == [first]


def test_unknown_ids_and_fields_change_nothing(plan: ActionPlan, first: str) -> None:
    assert edit(NO_WORK, plan, "gone", {"owner": "x"}) is NO_WORK
    assert edit(NO_WORK, plan, first, {"colour": "x"}) is NO_WORK
    assert move(NO_WORK, plan, "gone", 1, "x") is NO_WORK
    assert remove_own(NO_WORK, "own-1") is NO_WORK
    assert remove_own(NO_WORK, first) is NO_WORK


@pytest.mark.parametrize("place", [1, 0, -5])
def test_moving_an_action_to_its_own_position_changes_nothing(
    plan: ActionPlan, first: str, place: int
) -> None:
    assert move(NO_WORK, plan, first, place, "Why?") is NO_WORK
    assert move(NO_WORK, plan, planned(plan, NO_WORK)[-1], 99, "Why?") is NO_WORK


def _edit(work: PlanWork, plan: ActionPlan, data: st.DataObject) -> PlanWork:
    texts = st.dictionaries(st.sampled_from(["owner", "notes", "baseline"]), st.text(max_size=5))
    dates = st.dictionaries(st.sampled_from(["due", "review"]), st.dates().map(str) | st.just(""))
    status = st.sampled_from(STATUSES).map(lambda status: {"status": status.id})
    return edit(work, plan, _any_action(work, plan, data), data.draw(texts | dates | status))


def _move(work: PlanWork, plan: ActionPlan, data: st.DataObject) -> PlanWork:
    place = data.draw(st.integers(-1, 9) | st.just("out"))
    return move(work, plan, _any_action(work, plan, data), place, "Why")


def _add(work: PlanWork, plan: ActionPlan, data: st.DataObject) -> PlanWork:
    return add_own(work, data.draw(st.sampled_from([part.id for part in plan.questionnaire.parts])), "New")


def _remove(work: PlanWork, plan: ActionPlan, data: st.DataObject) -> PlanWork:
    return remove_own(work, _any_action(work, plan, data))


def _any_action(work: PlanWork, plan: ActionPlan, data: st.DataObject) -> str:
    return data.draw(st.sampled_from([*ids(team_plan(plan, work)), "gone"]))


def worked_on(plan: ActionPlan, data: st.DataObject) -> PlanWork:
    """Return the work after some changes."""
    work = NO_WORK
    changes: list[Change] = data.draw(st.lists(st.sampled_from([_edit, _move, _add, _remove]), max_size=8))
    for change in changes:
        work = change(work, plan, data)
    return work


@given(small_plans(), st.data())
def test_every_action_appears_exactly_once_whatever_the_team_does(
    plan: ActionPlan, data: st.DataObject
) -> None:
    work = worked_on(plan, data)
    team = team_plan(plan, work)
    tools = [action.question.id for action in plan.actions]
    assert sorted(ids(team)) == sorted([*tools, *(own.id for own in work.own)])
    assert [item.position for item in team.planned] == list(range(1, len(team.planned) + 1))
    assert all(item.in_plan for item in team.planned)
    assert not any(item.in_plan or item.position for item in team.outside)
    assert team.plan is plan


@given(small_plans(), st.data())
def test_moving_up_and_down_again_restores_the_order(plan: ActionPlan, data: st.DataObject) -> None:
    work = worked_on(plan, data)
    before = planned(plan, work)
    if len(before) > 1:
        place = data.draw(st.integers(2, len(before)))
        up = move(work, plan, before[place - 1], place - 1, "Up")
        assert planned(plan, up) != before
        assert planned(plan, move(up, plan, before[place - 1], place, "Down")) == before


@given(small_plans(), st.data())
def test_removing_and_returning_an_action_restores_the_order(plan: ActionPlan, data: st.DataObject) -> None:
    work = worked_on(plan, data)
    before = planned(plan, work)
    for place, id_ in enumerate(before, start=1):
        out = move(work, plan, id_, "out", "Out")
        assert planned(plan, out) == [other for other in before if other != id_]
        assert planned(plan, move(out, plan, id_, place, "In")) == before


@given(small_plans(), st.data())
def test_only_a_save_that_changes_something_raises_the_revision(
    plan: ActionPlan, data: st.DataObject
) -> None:
    work = worked_on(plan, data)
    again = worked_on(plan, data)
    assert all(set(changed) <= set(field_ids()) for changed in work.fields.values())
    for id_, changed in work.fields.items():
        assert edit(work, plan, id_, changed) is work
    assert add_own(again, "why", "One more").revision == again.revision + 1
