"""What became of the earlier plan: the team's work, and where each action went."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest

from questions.answers import Answers
from questions.model import Questionnaire
from questions.path import path_of
from reports.comparison.compare import compare
from reports.comparison.model import ActionOutcome, ActionOutcomeKind, Comparison, FinishedAssessment
from reports.plan.builder import Header, action_plan
from reports.team.edits import add_own, edit, move
from reports.team.model import NO_WORK, OwnAction, PlanWork, team_plan
from tests.support.sample import sample_questionnaire
from tests.support.second_version import second_version

THEN, NOW = datetime.date(2026, 3, 1), datetime.date(2026, 9, 1)
ONE = {"pf-capacity": "n1"}
# 3 points x 3, 3 x 2 and 2 x 2: the order of the plan.
HARM, HIGH, MID = "harm-02", "start-01", "why-01"


def assessment(
    values: Mapping[str, object], date: datetime.date, questionnaire: Questionnaire | None = None
) -> FinishedAssessment:
    path = path_of(questionnaire or sample_questionnaire(), Answers(by_question=values))
    return FinishedAssessment(path=path, header=Header(agency="", date=date))


def changed(then: Mapping[str, object], now: Mapping[str, object]) -> Comparison:
    """Compare two sets of answers to the same version."""
    return compare(assessment(then, THEN), assessment(now, NOW))


def across(then: Mapping[str, object], now: Mapping[str, object]) -> Comparison:
    """Compare answers to today's version with answers to the second one."""
    return compare(assessment(then, THEN), assessment(now, NOW, second_version()))


def ids(fates: Mapping[str, Sequence[ActionOutcome]]) -> dict[str, list[str]]:
    """Return the question ids of every list that is not empty."""
    return {kind: [fate.question.id for fate in found] for kind, found in fates.items() if found}


def worked(values: Mapping[str, object], changes: Mapping[str, Mapping[str, str]]) -> FinishedAssessment:
    """Return the earlier assessment with what the team noted on its actions."""
    bare = assessment(values, THEN)
    plan = action_plan(bare.path, bare.header)
    work = NO_WORK
    for id_, fields in changes.items():
        work = edit(work, plan, id_, fields)
    return FinishedAssessment(path=bare.path, header=bare.header, team=team_plan(plan, work))


def test_without_team_work_there_is_no_list_of_what_was_done() -> None:
    assert changed({HARM: "not_yet"}, {}).completion is None
    assert changed({HARM: "not_yet"}, {}).other_actions == ()


def test_the_measure_of_an_action_stands_then_and_now_where_something_was_noted() -> None:
    answers = {HARM: "not_yet", HIGH: "not_yet"}
    earlier = worked(answers, {HARM: {"baseline": "2 of 10 interviews"}})
    later = worked(answers, {HARM: {"baseline": "9 of 10 interviews"}})
    (noted,) = compare(earlier, later).measured
    assert (noted.id, noted.measure_then, noted.measure_now) == (
        HARM,
        "2 of 10 interviews",
        "9 of 10 interviews",
    )


def test_each_action_that_the_team_worked_on_is_listed_once_its_own_too() -> None:
    bare = assessment({HARM: "not_yet", HIGH: "not_yet", MID: "not_yet", "why-02": "started"}, THEN)
    plan = action_plan(bare.path, bare.header)
    work: PlanWork = edit(NO_WORK, plan, HARM, {"status": "done"})
    work = edit(work, plan, HIGH, {"status": "dropped", "dropped_reason": "No money."})
    work = edit(move(work, plan, MID, "out", "Later."), plan, MID, {"status": "under_way"})
    work = add_own(work, "why", "A night van")
    team = team_plan(plan, work)
    earlier = FinishedAssessment(path=bare.path, header=bare.header, team=team)
    found = compare(earlier, assessment({}, NOW))
    groups = {group.label: group for group in found.action_outcomes_by_label}
    listed = {label: [item.question.id for item in group.actions] for label, group in groups.items()}
    assert listed["Done"] == [HARM]
    assert listed["Under way"] == [MID]
    assert groups["Dropped by your team"].actions[0].why.endswith(". Reason: No money.")
    assert [(action.title, found.status_label(action)) for action in found.other_actions] == [
        ("A night van", "Not started")
    ]


def test_what_the_team_had_in_its_plan_is_not_new_in_the_next_one() -> None:
    bare = assessment({MID: "not_yet"}, THEN)
    work = PlanWork(own=(OwnAction(id=HARM, section="harm", title="Quiet room"),))
    work = edit(work, action_plan(bare.path, bare.header), HARM, {"status": "done"})
    team = team_plan(action_plan(bare.path, bare.header), work)
    earlier = FinishedAssessment(path=bare.path, header=bare.header, team=team)
    found = compare(earlier, assessment({HARM: "not_yet"}, NOW))
    assert found.action_outcomes["newly_due"] == ()
    assert [(action.title, found.status_label(action)) for action in found.other_actions] == [
        ("Quiet room", "Done")
    ]


def test_an_action_is_done_when_the_team_says_so_or_the_answer_is_at_the_top() -> None:
    values = {HARM: "not_yet", HIGH: "not_yet"}
    earlier = worked(values, {HARM: {"status": "done"}})
    found = compare(earlier, assessment({HARM: "not_sure", HIGH: "part_of_work"}, NOW))
    assert ids(found.action_outcomes) == {"done": [HARM, HIGH]}
    assert [fate.why for fate in found.action_outcomes["done"]] == [
        "Your team marked it done.",
        "Your answer is now “Part of how we work.”",
    ]


def test_done_by_the_team_and_still_called_for_is_done_and_said_to_be_in_the_plan_again() -> None:
    earlier = worked({HARM: "not_yet"}, {HARM: {"status": "done"}})
    found = compare(earlier, assessment({HARM: "started"}, NOW))
    assert ids(found.action_outcomes) == {"done": [HARM]}
    assert found.action_outcomes["done"][0].why.endswith("so it is in the new plan again.")


def test_an_action_of_both_plans_shows_its_ranks_by_todays_rules() -> None:
    earlier = worked({HARM: "not_yet", HIGH: "not_yet"}, {HIGH: {"status": "dropped"}})
    found = compare(earlier, assessment({HARM: "mostly", HIGH: "not_yet"}, NOW))
    assert ids(found.action_outcomes) == {"dropped": [HIGH], "reached": [HARM]}
    (second,) = found.action_outcomes["dropped"]
    assert second.rank_then == 2
    assert second.why.startswith("Your team had dropped it. It is number 1 now.")
    found = compare(
        worked({HARM: "not_yet", HIGH: "not_yet"}, {}), assessment({HARM: "started", HIGH: "not_yet"}, NOW)
    )
    first, second = found.action_outcomes["still_due"]
    assert (first.rank_then, second.rank_then) == (1, 2)
    assert second.why.startswith("It is number 2 now.")
    assert first.why == "It is number 1 now. By today’s rules, your answers then made it number 1."


def test_what_the_team_began_is_under_way_whatever_the_answer_below_the_top() -> None:
    begun = worked({HARM: "not_yet", HIGH: "not_yet"}, {HARM: {"status": "under_way"}})
    found = compare(begun, assessment({HARM: "mostly", HIGH: "not_yet"}, NOW))
    assert ids(found.action_outcomes) == {"under_way": [HARM], "still_due": [HIGH]}


def test_earlier_ranks_follow_todays_rules() -> None:
    values = {HIGH: "not_yet", MID: "started"}
    (high, mid) = across(values, values).action_outcomes["still_due"]
    assert (high.question.id, mid.question.id) == (HIGH, MID)
    assert high.why == "It is number 2 now. By today’s rules, your answers then made it number 2."
    assert mid.why == "It is number 1 now. By today’s rules, your answers then made it number 1."


@pytest.mark.parametrize(
    ("now", "kind", "why"),
    [
        ({HARM: "not_sure"}, "answer_missing", "Your answer changed. Then: Not yet. Now: Not sure."),
        (
            {},
            "answer_missing",
            "It was “Not yet” then, and has no answer now. That does not show that it is done.",
        ),
        ({HARM: "not_applicable"}, "off_path", "You say now that it does not apply to you."),
        ({HARM: "mostly"}, "reached", "Your answer changed. Then: Not yet. Now: Mostly in place."),
    ],
)
def test_an_action_leaves_the_plan_when_its_own_answer_changed(
    now: Mapping[str, object], kind: ActionOutcomeKind, why: str
) -> None:
    found = changed({HARM: "not_yet"}, now)
    assert ids(found.action_outcomes) == {kind: [HARM]}
    assert (found.action_outcomes[kind][0].why, found.action_outcomes[kind][0].by_rule) == (why, False)


def test_an_action_leaves_the_plan_when_its_question_is_no_longer_asked() -> None:
    youth = {"why-06": "not_yet"}
    found = changed({"pf-populations": ("rhy",), **youth}, {"pf-populations": ("men",), **youth})
    assert ids(found.action_outcomes) == {"off_path": ["why-06"]}


def test_an_action_leaves_the_plan_when_others_come_before_it_and_joins_it_for_its_answer() -> None:
    found = changed({**ONE, HIGH: "not_yet", HARM: "mostly"}, {**ONE, HIGH: "not_yet", HARM: "not_yet"})
    assert ids(found.action_outcomes) == {"beyond_size": [HIGH], "newly_due": [HARM]}
    why = found.action_outcomes["beyond_size"][0].why
    assert why.startswith("You gave the same answer. Other actions come before")
    assert why.endswith("It is number 2 now.")
    assert (
        found.action_outcomes["newly_due"][0].why
        == "Your answer changed. Then: Mostly in place. Now: Not yet."
    )


def test_an_action_joins_the_plan_when_it_can_hold_more() -> None:
    found = changed({**ONE, HARM: "not_yet", HIGH: "not_yet"}, {HARM: "not_yet", HIGH: "not_yet"})
    assert ids(found.action_outcomes) == {"still_due": [HARM], "newly_due": [HIGH]}
    assert found.action_outcomes["newly_due"][0].why.startswith(
        "You gave the same answer. It is in the plan because"
    )
    assert not found.action_outcomes["newly_due"][0].by_rule


def test_moves_by_rules_are_distinguished_from_moves_by_answers() -> None:
    values = {**ONE, HIGH: "not_yet", MID: "started"}
    found = across(values, values)
    assert ids(found.action_outcomes) == {"newly_due": [MID], "rule_changed": [HIGH]}
    assert (
        found.action_outcomes["rule_changed"][0].why == "By last time’s rules it would still be in your plan."
    )
    assert (
        found.action_outcomes["newly_due"][0].why
        == "By today’s rules, it would have been in your plan then too."
    )
    assert found.action_outcomes["newly_due"][0].by_rule
    answered = across(values, {**values, HIGH: "not_sure"})
    assert ids(answered.action_outcomes)["answer_missing"] == [HIGH]


def test_a_question_that_went_or_changed_takes_its_action_along() -> None:
    found = across(
        {"harm-08": "not_yet", "start-02": "not_yet"}, {"start-02": "not_yet", "start-09": "not_yet"}
    )
    assert ids(found.action_outcomes) == {
        "newly_due": ["start-02", "start-09"],
        "rule_changed": ["harm-08", "start-02"],
    }
    assert {fate.why for fate in found.action_outcomes["newly_due"]} == {
        "The question is new, or what it asks for changed."
    }
    assert all(
        fate.by_rule for fate in (*found.action_outcomes["newly_due"], *found.action_outcomes["rule_changed"])
    )


def test_done_by_the_team_is_done_even_when_the_question_went() -> None:
    earlier = worked({"harm-08": "not_yet"}, {"harm-08": {"status": "done"}})
    found = compare(earlier, assessment({}, NOW, second_version()))
    assert ids(found.action_outcomes) == {"done": ["harm-08"]}
    assert found.action_outcomes["done"][0].why == "Your team marked it done."


def test_each_outcome_that_occurs_has_its_heading() -> None:
    found = changed({HARM: "not_yet"}, {HARM: "not_yet", HIGH: "not_yet"})
    headings = [group.label for group in found.action_outcomes_by_label]
    assert headings == ["Still due", "New in the plan"]


def test_what_was_achieved_stands_first() -> None:
    found = changed({HARM: "not_yet", HIGH: "not_yet"}, {HARM: "not_yet", HIGH: "part_of_work"})
    assert [group.is_achieved for group in found.action_outcomes_by_label][:2] == [True, False]
