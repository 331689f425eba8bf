from collections.abc import Mapping

import pytest
from hypothesis import given

from questions.answers import Answers
from questions.kinds.matrix import MatrixQuestion
from questions.loading.loader import load
from questions.model import Questionnaire
from questions.path import Path, path_of
from tests.conftest import AssessmentOf
from tests.support.broken_content import broken
from tests.support.sample import sample_questionnaire
from tests.support.strategies import valid_answers

YOUTH = {"start-06", "why-06"}


def rows(path: Path, id_: str) -> list[str]:
    return [row.value for row in path.rows[id_]]


def test_before_any_answer_every_question_is_on_the_path(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    path = assessment_of()
    assert list(path.visible) == list(questionnaire.questions)
    assert path.first_open_page() == path.pages[0]
    assert path.complete_parts() == frozenset()
    assert path.visible["why-01"] is True
    assert path.visible["why-06"] is None


def test_a_profile_can_take_a_question_off_the_path(assessment_of: AssessmentOf) -> None:
    assert set(assessment_of({"pf-populations": ["rhy"]}).visible) >= YOUTH
    assert not YOUTH & set(assessment_of({"pf-populations": ["women"]}).visible)


@pytest.mark.parametrize("answer", [None, ["not_sure"]])
def test_an_unknown_profile_never_hides_a_question(assessment_of: AssessmentOf, answer: object) -> None:
    path = assessment_of({"pf-populations": answer})
    assert set(path.visible) >= YOUTH
    assert path.visible["why-06"] is None


def test_an_answer_off_the_path_is_stored_but_not_used(assessment_of: AssessmentOf) -> None:
    path = assessment_of(
        {"pf-populations": ["women"], "why-06": "not_yet", "why-01": "started"},
        notes={"why-06": "We do this.", "why-01": "Since May."},
        reasons={"why-06": "No youth."},
    )
    assert "why-06" not in path.active.by_question
    assert path.inactive.by_question == {"why-06": "not_yet"}
    assert path.inactive.notes == {"why-06": "We do this."}
    assert path.inactive.reasons == {"why-06": "No youth."}
    assert path.active.notes == {"why-01": "Since May."}


def test_an_answer_is_used_again_when_the_profile_is_changed_back(assessment_of: AssessmentOf) -> None:
    first = assessment_of({"pf-populations": ["rhy"], "why-06": "not_yet"}, notes={"why-06": "A note."})
    away = assessment_of({"pf-populations": ["men"], **first_practices(first)}, notes={"why-06": "A note."})
    assert "why-06" in away.inactive.by_question
    inactive = dict(away.inactive.by_question)
    assert assessment_of({"pf-populations": ["rhy"], **inactive}, notes=dict(away.inactive.notes)) == first


def first_practices(path: Path) -> dict[str, object]:
    return {id_: answer for id_, answer in path.active.by_question.items() if not id_.startswith("pf-")}


def test_an_answer_off_the_path_does_not_affect_later_questions(content: Mapping[str, str]) -> None:
    ask = 'kind: single\n        version: "1.0"\n        text: "Do you serve clients who need'
    hidden = "show_when: {q: pf-populations, any_of: [men]}\n        " + ask
    questionnaire = load(broken(content, "profile.yaml", ask, hidden))
    answers = {"pf-populations": ("women",), "pf-languages": "no"}
    path = path_of(questionnaire, Answers(by_question=answers))
    assert path.inactive.by_question == {"pf-languages": "no"}
    assert path.visible["harm-05"] is None
    assert (
        "harm-05"
        not in path_of(questionnaire, Answers(by_question={**answers, "pf-populations": ("men",)})).visible
    )


def test_the_rows_of_the_training_matrix_are_the_chosen_jobs(assessment_of: AssessmentOf) -> None:
    path = assessment_of({"pf-roles": ["legal", "leaders"], "tr-roles": {"leaders": "some", "peers": "none"}})
    assert rows(path, "tr-roles") == ["leaders", "legal"]
    assert path.active.by_question["tr-roles"] == {"leaders": "some"}
    assert path.inactive.by_question["tr-roles"] == {"peers": "none"}


def test_without_chosen_jobs_every_row_is_shown(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    assert len(rows(assessment_of(), "tr-roles")) == len(questionnaire.questions["pf-roles"].options)


def test_a_row_with_a_condition_that_is_false_is_not_shown(assessment_of: AssessmentOf) -> None:
    assert "rhy" not in rows(assessment_of({"pf-populations": ["men"]}), "tr-topics")
    assert "rhy" in rows(assessment_of({"pf-populations": ["rhy"]}), "tr-topics")
    assert "rhy" in rows(assessment_of(), "tr-topics")


def test_a_matrix_with_answers_only_in_hidden_rows_counts_as_unanswered(assessment_of: AssessmentOf) -> None:
    path = assessment_of({"pf-roles": ["legal"], "tr-roles": {"peers": "none"}})
    assert "tr-roles" not in path.active.by_question


def test_pages_hold_the_questions_on_the_path_and_empty_pages_are_skipped(
    assessment_of: AssessmentOf,
) -> None:
    path = assessment_of({"pf-populations": ["men"]})
    shown = [question.id for page in path.pages for question in page.questions]
    assert shown == list(path.visible)
    assert ("why", "children") not in {(page.part.id, page.page.id) for page in path.pages}
    youth = next(page for page in assessment_of().pages if page.page.id == "children")
    assert path.page(youth.number) is None
    assert path.after(youth.number - 1).page.id == path.after(youth.number).page.id == "leaders"
    assert path.before(youth.number).page.id == "peers-labor"


def test_page_numbers_stay_the_same_whatever_is_answered(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    for path in (assessment_of(), assessment_of({"pf-populations": ["men"]})):
        for page in path.pages:
            assert questionnaire.page_number[page.part.id, page.page.id] == page.number
            assert path.page(page.number) == page


def test_the_path_has_a_first_and_a_last_page(assessment_of: AssessmentOf) -> None:
    path = assessment_of()
    assert path.before(path.pages[0].number) is None
    assert path.after(path.pages[-1].number) is None
    assert path.before(path.pages[1].number) == path.pages[0]
    assert path.after(-1) == path.pages[0]


@given(valid_answers())
def test_every_answer_is_either_active_or_inactive(answers: Answers) -> None:
    path = path_of(sample_questionnaire(), answers)
    for id_, answer in answers.by_question.items():
        used, inactive = path.active.by_question.get(id_), path.inactive.by_question.get(id_)
        if isinstance(sample_questionnaire().questions[id_], MatrixQuestion):
            assert {**(used or {}), **(inactive or {})} == answer
            assert not set(used or {}) & set(inactive or {})
        else:
            assert [used, inactive].count(answer) == 1
    assert {**path.active.notes, **path.inactive.notes} == answers.notes
    assert {**path.active.reasons, **path.inactive.reasons} == answers.reasons
    assert set(path.active.by_question) <= set(path.visible)


@given(valid_answers())
def test_inactive_answers_do_not_affect_the_path(answers: Answers) -> None:
    path = path_of(sample_questionnaire(), answers)
    again = path_of(sample_questionnaire(), path.active)
    assert (again.visible, again.rows, again.active) == (path.visible, path.rows, path.active)
    assert not again.inactive.by_question


def test_a_part_is_complete_when_each_of_its_questions_on_the_path_has_an_answer(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    profile = {id_: q.options[0].value for id_, q in questionnaire.questions.items() if id_.startswith("pf-")}
    answers = {id_: [v] if questionnaire.questions[id_].kind == "many" else v for id_, v in profile.items()}
    path = assessment_of(answers, every="started")
    assert path.complete_parts() == {"profile", "why", "start", "harm", "signs", "capacity"}
    first_open = path.first_open_page()
    assert first_open is not None
    assert first_open.part.id == "training"
    without_one = assessment_of({**answers, "harm-02": ""}, every="started")
    assert without_one.complete_parts() == {"profile", "why", "start", "signs", "capacity"}
    assert [q.id for q in without_one.first_open_page().questions][:2] == ["harm-01", "harm-02"]
