"""What a change of answers does to the questions and the plan, before it is saved."""

from hypothesis import given

from questions.path import Path
from reports.plan.impact import Asked, preview
from tests.conftest import AssessmentOf
from tests.support.strategies import paths


def places(asked: tuple[Asked, ...]) -> dict[str, bool]:
    """Return what is asked as question or question/row, with whether it has an answer."""
    return {"/".join([a.question.id, *([a.row.value] if a.row else [])]): a.answered for a in asked}


@given(paths())
def test_the_same_answers_change_nothing(path: Path) -> None:
    assert preview(path, path).nothing


@given(paths(), paths())
def test_what_comes_one_way_goes_the_other_way(one: Path, other: Path) -> None:
    there, back = preview(one, other), preview(other, one)
    assert (there.questions_come, there.questions_go) == (back.questions_go, back.questions_come)
    assert (there.actions_come, there.actions_go) == (back.actions_go, back.actions_come)
    assert (there.resources_come, there.resources_go) == (back.resources_go, back.resources_come)
    assert (there.questions, there.plan, there.nothing) == (back.questions, back.plan, back.nothing)


@given(paths(), paths())
def test_the_questions_are_those_of_the_two_paths(one: Path, other: Path) -> None:
    told = preview(one, other)
    come = {asked.question.id for asked in told.questions_come if not asked.row}
    gone = {asked.question.id for asked in told.questions_go if not asked.row}
    assert (set(one.visible) | come) - gone == set(other.visible)
    assert not come & gone


def test_a_group_served_no_more_takes_its_questions_with_it_and_says_which_were_answered(
    assessment_of: AssessmentOf,
) -> None:
    values = {"start-06": "not_yet", "tr-topics": {"teen_trauma": "few"}}
    before = assessment_of({"pf-populations": ["young_adults", "men"], **values})
    told = preview(before, assessment_of({"pf-populations": ["men"], **values}))
    assert places(told.questions_go) == {"start-06": True, "cap-07": False, "tr-topics/teen_trauma": True}
    assert told.questions_come == ()
    assert [action.question.id for action in told.actions_go] == ["start-06"]
    assert [resource.id for resource in told.resources_go] == ["ahwg-adolescent-toolkit"]
    assert (told.actions_come, told.resources_come) == ((), ())


def test_a_group_served_again_brings_kept_answers_back(assessment_of: AssessmentOf) -> None:
    values = {"start-06": "not_yet"}
    told = preview(
        assessment_of({"pf-populations": ["men"], **values}),
        assessment_of({"pf-populations": ["men", "young_adults"], **values}),
    )
    assert places(told.questions_come) == {"start-06": True, "cap-07": False, "tr-topics/teen_trauma": False}
    assert [action.question.id for action in told.actions_come] == ["start-06"]


def test_a_job_less_takes_its_row(assessment_of: AssessmentOf) -> None:
    values = {"tr-roles": {"legal": "none"}}
    told = preview(
        assessment_of({"pf-roles": ["legal", "leaders"], **values}),
        assessment_of({"pf-roles": ["leaders"], **values}),
    )
    assert places(told.questions_go) == {"tr-roles/legal": True}


def test_a_matrix_that_goes_is_told_once(assessment_of: AssessmentOf) -> None:
    path = assessment_of()
    without = Path(
        questionnaire=path.questionnaire,
        visible={id_: state for id_, state in path.visible.items() if id_ != "tr-roles"},
        rows={id_: rows for id_, rows in path.rows.items() if id_ != "tr-roles"},
        active=path.active,
        inactive=path.inactive,
    )
    assert places(preview(path, without).questions_go) == {"tr-roles": False}


def test_an_action_that_another_one_pushes_out_of_the_plan_goes(assessment_of: AssessmentOf) -> None:
    gaps = {"harm-01": "not_yet", "pf-capacity": "n1"}
    told = preview(
        assessment_of({"start-03": "not_yet", **gaps, "harm-01": "part_of_work"}),
        assessment_of({"start-03": "not_yet", **gaps}),
    )
    assert [action.question.id for action in told.actions_come] == ["harm-01"]
    assert [action.question.id for action in told.actions_go] == ["start-03"]
    assert "ovcttac-interviewing-guide" in [resource.id for resource in told.resources_come]
    assert told.resources_go == ()


def test_a_smaller_plan_lets_actions_go_and_keeps_the_resources(assessment_of: AssessmentOf) -> None:
    told = preview(
        assessment_of({"pf-capacity": "n4_5"}, every="not_yet"),
        assessment_of({"pf-capacity": "n1"}, every="not_yet"),
    )
    assert (len(told.actions_go), told.questions, told.plan) == (4, False, True)
    assert (told.resources_come, told.resources_go) == ((), ())


def test_a_note_changes_nothing(assessment_of: AssessmentOf) -> None:
    told = preview(
        assessment_of({"why-01": "not_yet"}),
        assessment_of({"why-01": "not_yet"}, notes={"why-01": "We ordered the webinar."}),
    )
    assert told.nothing
