"""A preview of how changed answers affect the questions and the plan."""

from hypothesis import given

from questions.path import Path
from reports.plan.impact import Asked, preview
from tests.conftest import AssessmentOf
from tests.support.strategies import small_paths


def places(asked: tuple[Asked, ...]) -> dict[str, bool]:
    """Return what is asked as question or question/row, with whether it has an answer."""
    return {"/".join([a.question.id, *([a.row.value] if a.row else [])]): a.answered for a in asked}


@given(small_paths())
def test_the_same_answers_change_nothing(path: Path) -> None:
    assert preview(path, path).is_empty


@given(small_paths(), small_paths())
def test_undoing_a_change_removes_what_the_change_adds(one: Path, other: Path) -> None:
    there, back = preview(one, other), preview(other, one)
    assert (there.questions_added, there.questions_removed) == (back.questions_removed, back.questions_added)
    assert (there.actions_added, there.actions_removed) == (back.actions_removed, back.actions_added)
    assert (there.resources_added, there.resources_removed) == (back.resources_removed, back.resources_added)
    assert (there.changes_questions, there.changes_plan, there.is_empty) == (
        back.changes_questions,
        back.changes_plan,
        back.is_empty,
    )


@given(small_paths(), small_paths())
def test_added_and_removed_questions_are_the_difference_of_the_paths(one: Path, other: Path) -> None:
    impact = preview(one, other)
    added = {asked.question.id for asked in impact.questions_added if not asked.row}
    removed = {asked.question.id for asked in impact.questions_removed if not asked.row}
    assert (set(one.visible) | added) - removed == set(other.visible)
    assert not added & removed


def test_dropping_a_client_group_removes_its_questions_and_shows_which_were_answered(
    assessment_of: AssessmentOf,
) -> None:
    values = {"start-06": "not_yet", "tr-topics": {"teen_trauma": "few"}}
    before = assessment_of({"pf-populations": ["young_adults", "men"], **values})
    impact = preview(before, assessment_of({"pf-populations": ["men"], **values}))
    assert places(impact.questions_removed) == {
        "start-06": True,
        "cap-07": False,
        "tr-topics/teen_trauma": True,
    }
    assert impact.questions_added == ()
    assert [action.question.id for action in impact.actions_removed] == ["start-06"]
    assert [resource.id for resource in impact.resources_removed] == ["ahwg-adolescent-toolkit"]
    assert (impact.actions_added, impact.resources_added) == ((), ())


def test_adding_a_client_group_again_restores_its_stored_answers(assessment_of: AssessmentOf) -> None:
    values = {"start-06": "not_yet"}
    impact = preview(
        assessment_of({"pf-populations": ["men"], **values}),
        assessment_of({"pf-populations": ["men", "young_adults"], **values}),
    )
    assert places(impact.questions_added) == {
        "start-06": True,
        "cap-07": False,
        "tr-topics/teen_trauma": False,
    }
    assert [action.question.id for action in impact.actions_added] == ["start-06"]


def test_dropping_a_job_removes_its_row(assessment_of: AssessmentOf) -> None:
    values = {"tr-roles": {"legal": "none"}}
    impact = preview(
        assessment_of({"pf-roles": ["legal", "leaders"], **values}),
        assessment_of({"pf-roles": ["leaders"], **values}),
    )
    assert places(impact.questions_removed) == {"tr-roles/legal": True}


def test_a_removed_matrix_is_listed_once_without_its_rows(assessment_of: AssessmentOf) -> None:
    path = assessment_of()
    without = Path(
        questionnaire=path.questionnaire,
        visible={id_: state for id_, state in path.visible.items() if id_ != "tr-roles"},
        rows={id_: rows for id_, rows in path.rows.items() if id_ != "tr-roles"},
        active=path.active,
        inactive=path.inactive,
    )
    assert places(preview(path, without).questions_removed) == {"tr-roles": False}


def test_an_action_displaced_by_another_one_is_listed_as_removed(assessment_of: AssessmentOf) -> None:
    gaps = {"harm-01": "not_yet", "pf-capacity": "n1"}
    impact = preview(
        assessment_of({"start-03": "not_yet", **gaps, "harm-01": "part_of_work"}),
        assessment_of({"start-03": "not_yet", **gaps}),
    )
    assert [action.question.id for action in impact.actions_added] == ["harm-01"]
    assert [action.question.id for action in impact.actions_removed] == ["start-03"]
    assert "ovcttac-interviewing-guide" in [resource.id for resource in impact.resources_added]
    assert impact.resources_removed == ()


def test_a_smaller_plan_drops_actions_but_not_their_resources(assessment_of: AssessmentOf) -> None:
    impact = preview(
        assessment_of({"pf-capacity": "n4_5"}, every="not_yet"),
        assessment_of({"pf-capacity": "n1"}, every="not_yet"),
    )
    assert (len(impact.actions_removed), impact.changes_questions, impact.changes_plan) == (4, False, True)
    assert (impact.resources_added, impact.resources_removed) == ((), ())


def test_a_note_changes_nothing(assessment_of: AssessmentOf) -> None:
    impact = preview(
        assessment_of({"why-01": "not_yet"}),
        assessment_of({"why-01": "not_yet"}, notes={"why-01": "We ordered the webinar."}),
    )
    assert impact.is_empty
