import pytest

from questions.model import Questionnaire
from reports.plan.priorities import band_of, findings_of, ranked, tie_break
from tests.conftest import AssessmentOf, PlanOf

# One practice of each importance: 3, 2 and 1.
PRACTICES = {"harm-02": 3, "start-03": 2, "start-02": 1}


@pytest.mark.parametrize(
    ("answer", "gap"), [("not_yet", 3), ("started", 2), ("mostly", 1), ("part_of_work", 0)]
)
@pytest.mark.parametrize(("practice", "importance"), PRACTICES.items())
def test_priority_is_gap_times_importance(
    assessment_of: AssessmentOf, practice: str, importance: int, answer: str, gap: int
) -> None:
    (finding,) = findings_of(assessment_of({practice: answer}))
    assert (finding.gap, finding.importance.value, finding.priority) == (gap, importance, gap * importance)


@pytest.mark.parametrize("answer", ["not_sure", "not_applicable"])
def test_an_answer_that_is_not_a_stage_gives_no_finding(assessment_of: AssessmentOf, answer: str) -> None:
    assert findings_of(assessment_of({"why-01": answer})) == ()


@pytest.mark.parametrize(
    ("priority", "band"),
    [
        (9, "act_first"),
        (6, "act_first"),
        (4, "plan_next"),
        (3, "plan_next"),
        (2, "keep_going"),
        (1, "keep_going"),
        (0, "strength"),
    ],
)
def test_bands_begin_at_six_three_and_one(questionnaire: Questionnaire, priority: int, band: str) -> None:
    importance = questionnaire.rules.importance[0]
    assert band_of(questionnaire.rules, importance, priority).id == band


def test_higher_priority_comes_first_whatever_the_guide_order(plan_of: PlanOf) -> None:
    plan = plan_of({"start-02": "not_yet", "start-03": "not_yet", "harm-02": "not_yet"})
    assert [(a.question.id, a.finding.priority) for a in plan.actions] == [
        ("harm-02", 9),
        ("start-03", 6),
        ("start-02", 3),
    ]


@pytest.mark.parametrize(
    ("answers", "order", "step"),
    [
        ({"start-03": "not_yet", "harm-02": "started"}, ["harm-02", "start-03"], "importance_high_first"),
        (
            {"start-01": "not_yet", "start-06": "not_yet", "pf-populations": ["rhy"]},
            ["start-06", "start-01"],
            "branch_match",
        ),
        ({"harm-01": "not_yet", "harm-02": "not_yet"}, ["harm-02", "harm-01"], "effort_low_first"),
        ({"harm-03": "not_yet", "harm-02": "not_yet"}, ["harm-02", "harm-03"], "guide_order"),
    ],
)
def test_equal_priorities_are_put_in_the_printed_order(
    questionnaire: Questionnaire,
    assessment_of: AssessmentOf,
    answers: dict[str, object],
    order: list[str],
    step: str,
) -> None:
    first, second = ranked(questionnaire.rules, findings_of(assessment_of(answers)))
    assert first.priority == second.priority
    assert [first.question.id, second.question.id] == order
    assert tie_break(questionnaire.rules, first, second).id == step


def test_a_question_shown_only_because_the_profile_is_unknown_gets_no_preference(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    order = ranked(
        questionnaire.rules, findings_of(assessment_of({"start-01": "not_yet", "start-06": "not_yet"}))
    )
    assert [finding.question.id for finding in order] == ["start-01", "start-06"]


def test_no_tie_break_is_named_between_unequal_priorities(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    first, second = ranked(
        questionnaire.rules, findings_of(assessment_of({"harm-01": "not_yet", "harm-02": "started"}))
    )
    assert tie_break(questionnaire.rules, first, second) is None


def test_a_practice_fully_in_place_is_not_an_action(plan_of: PlanOf) -> None:
    plan = plan_of({"harm-02": "part_of_work", "harm-01": "mostly"})
    assert [finding.question.id for finding in plan.strengths] == ["harm-02"]
    assert [action.question.id for action in plan.actions] == ["harm-01"]
