from questions.model import Questionnaire
from questions.path import path_of
from tests.support.witness_journeys import journeys


def test_each_question_and_row_is_shown_in_one_journey_and_left_out_in_another_if_it_can_be(
    questionnaire: Questionnaire,
) -> None:
    paths = [path_of(questionnaire, journey) for journey in journeys(questionnaire)]
    topics = {row.value: row for row in questionnaire.questions["tr-topics"].rows}
    for id_, question in questionnaire.questions.items():
        assert any(path.visible.get(id_) is True for path in paths)
        assert question.show_when is None or any(id_ not in path.visible for path in paths)
    for id_, row in topics.items():
        shown = [id_ in {found.value for found in path.rows["tr-topics"]} for path in paths]
        assert any(shown)
        assert row.show_when is None or not all(shown)


def test_a_journey_answers_all_that_it_is_asked_and_nothing_else(questionnaire: Questionnaire) -> None:
    found = journeys(questionnaire)
    assert len(found) <= 4
    for journey in found:
        path = path_of(questionnaire, journey)
        assert path.active.by_question.keys() == path.visible.keys() == journey.by_question.keys()
        for id_, answer in journey.by_question.items():
            assert questionnaire.questions[id_].check(questionnaire, answer) == answer
        assert {row.value for row in path.rows["tr-topics"]} == set(journey.by_question["tr-topics"])
