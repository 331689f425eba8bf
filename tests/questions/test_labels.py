from questions.model import Questionnaire
from questions.path import answer_labels
from tests.conftest import AssessmentOf


def test_an_answer_is_described_by_the_labels_that_were_chosen(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    path = assessment_of(
        {
            "pf-size": "s6_20",
            "pf-services": ["legal", "intake"],
            "why-01": "started",
            "tr-topics": {"strengths": "some", "effects": "few"},
        }
    )
    labels = {id_: answer_labels(path, questionnaire.questions[id_]) for id_ in path.active.by_question}
    assert labels == {
        "pf-size": ("6 to 20",),
        "pf-services": ("Intake or screening", "Legal or immigration help"),
        "why-01": ("Getting started",),
        "tr-topics": (
            "How trafficking affects mind, body, and trust: Few or none could use this on the job today",
            "Working from a client’s strengths: Some could",
        ),
    }


def test_an_unanswered_question_has_no_labels(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    path = assessment_of()
    assert {answer_labels(path, question) for question in questionnaire.questions.values()} == {()}


def test_an_answer_off_the_path_has_no_labels(
    questionnaire: Questionnaire, assessment_of: AssessmentOf
) -> None:
    path = assessment_of({"pf-populations": ["women"], "why-06": "not_yet"})
    question = questionnaire.questions["why-06"]
    assert answer_labels(path, question) == ()
    assert question.labels(questionnaire, path.inactive.by_question["why-06"]) == ("Not yet",)
