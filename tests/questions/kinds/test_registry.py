from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from questions.kinds import KINDS, by_name
from questions.kinds.base import Question
from questions.kinds.own_options import OwnOptionsQuestion
from questions.kinds.scale import ScaleQuestion
from questions.model import Questionnaire
from reports.documents.html.document import environment, require_macros


@dataclass(frozen=True)
class Chooser:
    """An agency that chooses the first and as much as it may, or the last and as little."""

    first: bool

    def one_of(self, question: Question, values: Sequence[str], row: str = "") -> str:
        return values[0] if self.first else values[-1]

    def some_of(self, question: Question, values: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(values[:most] if self.first else values[-1:])


@pytest.mark.parametrize("unfinished", [Question, OwnOptionsQuestion, ScaleQuestion])
def test_an_incomplete_kind_is_rejected_by_name(unfinished: type[Question]) -> None:
    with pytest.raises(TypeError, match=f"{unfinished.__name__} does not define: check, "):
        by_name(unfinished)


def test_a_kind_without_a_macro_is_rejected_by_name() -> None:
    with pytest.raises(LookupError, match="has no macro for: unfinished"):
        require_macros(environment("en-US"), "report/worksheet_questions.html", [*KINDS, "unfinished"])


def test_an_answer_that_need_not_satisfy_anything_is_valid(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        answer = question.satisfy(questionnaire, ())
        assert (question.check(questionnaire, answer) or {}) == answer, question.id


@pytest.mark.parametrize("first", [True, False])
def test_a_made_up_answer_is_valid(questionnaire: Questionnaire, first: bool) -> None:
    for question in questionnaire.questions.values():
        answer = question.made_up_answer(questionnaire, Chooser(first=first))
        assert answer, question.id
        assert question.check(questionnaire, answer) == answer, question.id


def test_the_fields_together_show_the_whole_answer(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        answer = question.made_up_answer(questionnaire, Chooser(first=True))
        fields = [field for field in questionnaire.fields[question.id] if field.holds == "answer"]
        shown = {field.row: question.field_value(field, answer) for field in fields}
        assert question.merge_fields(None, shown) == answer, question.id


def test_what_was_chosen_are_options(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        options = {option.value for option in question.options_in(questionnaire)}
        answer = question.made_up_answer(questionnaire, Chooser(first=True))
        rows = [row.value for row in question.rows_in(questionnaire)] or [""]
        by_row = [value for row in rows for value in question.values_in(answer, row)]
        assert question.values_in(answer) == tuple(by_row), question.id
        assert set() < set(by_row) <= options, question.id


def test_a_field_belongs_to_one_question(questionnaire: Questionnaire) -> None:
    names = [name for q in questionnaire.questions.values() for name in q.field_names(questionnaire)]
    assert len(names) == len(set(names))
    assert {"why-01", "why-01-note", "why-01-reason", "tr-roles-case_managers"} <= set(names)
