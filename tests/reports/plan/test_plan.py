import datetime

import pytest

from questions.model import Questionnaire
from tests.conftest import DAY, PlanOf


@pytest.mark.parametrize(
    ("profile", "size"),
    [
        ({}, 3),
        ({"pf-size": "s1_5"}, 3),
        ({"pf-size": "s6_20"}, 4),
        ({"pf-size": "s151"}, 5),
        ({"pf-capacity": "n1"}, 1),
        ({"pf-capacity": "n4_5"}, 5),
        ({"pf-size": "s151", "pf-capacity": "n1"}, 1),
        ({"pf-size": "s1_5", "pf-capacity": "n4_5"}, 3),
        ({"pf-size": "s151", "pf-capacity": "not_sure"}, 3),
    ],
)
def test_the_plan_holds_the_smaller_of_two_limits(
    plan_of: PlanOf, profile: dict[str, str], size: int
) -> None:
    plan = plan_of(profile, every="not_yet")
    assert len(plan.planned) == plan.size == size
    assert [action.rank for action in plan.planned] == list(range(1, size + 1))
    assert len(plan.further) == len(plan.actions) - size


def test_a_plan_of_few_findings_is_shorter_than_its_size(plan_of: PlanOf) -> None:
    plan = plan_of({"why-01": "not_yet"})
    assert (len(plan.planned), plan.further, plan.cut_line) == (1, (), "")


def test_dates_are_counted_from_the_day_of_the_assessment(plan_of: PlanOf) -> None:
    plan = plan_of({"harm-02": "not_yet", "harm-01": "not_yet", "cap-04": "not_yet"})
    days = {action.question.id: (action.due - DAY).days for action in plan.actions}
    assert days == {"harm-02": 30, "harm-01": 60, "cap-04": 90}
    assert {action.reviews for action in plan.actions} == {
        (DAY + datetime.timedelta(days=30), DAY + datetime.timedelta(days=90))
    }


@pytest.mark.parametrize("day", [datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)])
def test_any_day_a_file_may_name_has_due_dates(plan_of: PlanOf, day: datetime.date) -> None:
    assert plan_of(every="not_yet", date=day).actions[0].due > day


def test_an_action_explains_its_points_and_those_of_the_next_stage(plan_of: PlanOf) -> None:
    (action,) = plan_of({"harm-02": "started"}).actions
    assert action.because == (
        "You answered “Getting started.” That is 2 steps from “Part of how we work,” so the gap is 2. "
        "This practice counts 3, because getting this wrong can hurt a client directly. "
        "2 × 3 = 6: Act first. "
        "Not knowing what comes next can feel like being controlled again."
    )
    assert action.if_next == "If your answer were “Mostly in place,” it would be 3: Plan next."
    (last,) = plan_of({"harm-02": "mostly"}).actions
    assert "That is 1 step from" in last.because
    assert last.if_next == "If your answer were “Part of how we work,” it would be 0: Strength to protect."


def test_ties_are_explained_with_the_rule_that_decided(plan_of: PlanOf) -> None:
    first, second, third = plan_of({"harm-02": "not_yet", "harm-01": "not_yet", "why-01": "mostly"}).actions
    assert first.equal_points == third.equal_points == ""
    assert "The rule that set their order: less effort first." in second.equal_points


def test_a_tie_across_the_end_of_the_plan_is_explained(plan_of: PlanOf) -> None:
    equal = plan_of({"pf-capacity": "n1", "harm-02": "not_yet", "harm-03": "not_yet"})
    assert "The rule that set their order: the order of the guide." in equal.cut_line
    assert plan_of({"pf-capacity": "n1", "harm-02": "not_yet", "harm-03": "started"}).cut_line == ""


def test_not_sure_answers_are_sorted_by_importance_then_guide_order(plan_of: PlanOf) -> None:
    unsure = dict.fromkeys(["start-02", "start-01", "harm-02", "why-01", "harm-01"], "not_sure")
    plan = plan_of(unsure, notes={"harm-01": "Ask Kim's team."})
    assert [item.cause.question for item in plan.find_out_first] == [
        "harm-01",
        "harm-02",
        "why-01",
        "start-01",
        "start-02",
    ]
    assert plan.find_out_first[0].note == "Ask Kim's team."
    assert plan.actions == plan.strengths == plan.resources == ()


def test_doesnt_apply_is_left_out_with_its_reason(plan_of: PlanOf) -> None:
    plan = plan_of(
        {"harm-02": "not_applicable"}, reasons={"harm-02": "No interviews here.", "harm-01": "Left over"}
    )
    assert [(item.question.id, item.reason) for item in plan.not_applicable] == [
        ("harm-02", "No interviews here.")
    ]
    assert "harm-02" not in {item.question.id for item in plan.unanswered}
    assert {item.reason for item in plan.unanswered} == {""}
    assert plan.actions == plan.strengths == ()


def test_sections_count_each_stage_of_the_questions_on_the_path(
    questionnaire: Questionnaire, plan_of: PlanOf
) -> None:
    plan = plan_of(
        {"pf-populations": ["men"], "why-01": "not_yet", "why-02": "not_sure", "why-06": "not_yet"}
    )
    why = plan.sections[0]
    assert [section.part.id for section in plan.sections] == ["why", "start", "harm", "signs", "capacity"]
    assert why.counts == {
        "not_yet": 1,
        "started": 0,
        "mostly": 0,
        "part_of_work": 0,
        "not_sure": 1,
        "not_applicable": 0,
        "unanswered": 3,
    }
    assert set(why.labels) == set(why.counts)


def test_the_profile_is_shown_as_labels(plan_of: PlanOf) -> None:
    plan = plan_of({"pf-size": "s6_20", "pf-services": ["intake", "legal"], "why-01": "not_yet"})
    assert plan.profile == (
        ("What do you offer?", "Intake or screening; Legal or immigration help"),
        ("How many paid staff work in this agency or program?", "6 to 20"),
    )


def test_notes_are_printed_only_when_their_condition_is_known_to_be_true(plan_of: PlanOf) -> None:
    assert plan_of().who_notes == ()
    plan = plan_of(
        {"pf-who": "one_person", "pf-who-roles": ["direct"], "tr-time": "none", "tr-barriers": ["cost"]}
    )
    assert [note.split(".")[0] for note in plan.who_notes] == [
        "One person answered",
        "No one with lived experience took part",
    ]
    assert len(plan.training_notes) == len(plan.barrier_notes) == 1
    assert plan_of({"tr-time": "not_sure", "tr-barriers": ["none"]}).training_notes == ()


def test_an_off_path_answer_counts_only_as_stored(plan_of: PlanOf) -> None:
    plan = plan_of({"pf-populations": ["men"], "why-06": "not_yet", "tr-topics": {"rhy": "few"}})
    assert [question.id for question in plan.off_path] == ["why-06", "tr-topics"]
    assert plan.actions == plan.training == plan.resources == ()


def test_a_note_is_attached_to_its_finding(plan_of: PlanOf) -> None:
    plan = plan_of(
        {"harm-02": "not_yet", "harm-03": "part_of_work"},
        notes={"harm-02": "Script drafted.", "harm-03": "Yes."},
    )
    assert plan.actions[0].finding.note == "Script drafted."
    assert plan.strengths[0].note == "Yes."
