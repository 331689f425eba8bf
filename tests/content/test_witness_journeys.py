from questions.model import Questionnaire
from questions.path import path_of
from tests.support.witness_journeys import journeys


def test_each_question_is_shown_in_one_journey_and_left_out_in_another_if_it_can_be(
    questionnaire: Questionnaire,
) -> None:
    paths = [path_of(questionnaire, journey) for journey in journeys(questionnaire)]
    for id_, question in questionnaire.questions.items():
        assert any(path.visible.get(id_) is True for path in paths)
        own = questionnaire.rules.own_condition(question.show_when)
        assert own is None or any(id_ not in path.visible for path in paths)


def test_a_journey_answers_all_that_it_is_asked_and_nothing_else(questionnaire: Questionnaire) -> None:
    found = journeys(questionnaire)
    assert len(found) <= 4
    for journey in found:
        path = path_of(questionnaire, journey)
        assert path.active.by_question.keys() == path.visible.keys() == journey.by_question.keys()
        for id_, answer in journey.by_question.items():
            assert questionnaire.questions[id_].check(questionnaire, answer) == answer
