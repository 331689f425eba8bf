"""Made-up answers for property tests: valid ones, by kind of question, and mutilated ones."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from questions.answers import Answers
from questions.conditions import Answer
from questions.kinds.base import Question
from questions.kinds.options import Option
from questions.model import Questionnaire
from questions.path import Path, path_of
from reports.plan.builder import Header, action_plan
from reports.plan.model import ActionPlan
from tests.support.sample import sample_questionnaire, small_questionnaire

# Every character, including those that no file can contain.
any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
texts = st.text(max_size=40)


def answer_to(questionnaire: Questionnaire, question: Question) -> st.SearchStrategy[Answer]:
    """Return valid answers to a question, as the core holds them."""
    rows = [row.value for row in question.rows_in(questionnaire)]
    values = [option.value for option in question.options_in(questionnaire)]
    if rows:
        some = st.dictionaries(st.sampled_from(rows), st.sampled_from(values), min_size=1)
        return some.map(lambda chosen: {row: chosen[row] for row in rows if row in chosen})
    if question.accepts_several:
        return _several(question.options_in(questionnaire))
    return st.sampled_from(values) if values else st.just(question.satisfy(questionnaire, ()))


def _several(options: tuple[Option, ...]) -> st.SearchStrategy[Answer]:
    """Return one or more options; an exclusive option is always alone."""
    combinable = [option.value for option in options if not option.exclusive]
    alone = [(option.value,) for option in options if option.exclusive]
    several = st.sets(st.sampled_from(combinable), min_size=1).map(
        lambda chosen: tuple(value for value in combinable if value in chosen)
    )
    return several | st.sampled_from(alone) if alone else several


def valid_values() -> st.SearchStrategy[dict[str, Answer]]:
    """Return sets of valid answers to the sample."""
    return values_of(sample_questionnaire())


@cache
def values_of(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    """Return sets of valid answers, in question order; some questions are left out."""
    each = {id_: answer_to(questionnaire, q) for id_, q in questionnaire.questions.items()}
    left_out = st.sets(st.sampled_from(sorted(each)), max_size=20)
    return st.tuples(st.fixed_dictionaries(each), left_out).map(
        lambda drawn: {id_: answer for id_, answer in drawn[0].items() if id_ not in drawn[1]}
    )


@cache
def valid_answers() -> st.SearchStrategy[Answers]:
    """Return valid answers with notes and reasons, cleaned as the core holds them."""
    practices = list(sample_questionnaire().practice)
    words = st.dictionaries(st.sampled_from(practices), texts.map(str.strip), max_size=3)
    return st.builds(Answers, by_question=valid_values(), notes=words, reasons=words)


def paths() -> st.SearchStrategy[Path]:
    """Return paths of valid answers."""
    return valid_answers().map(lambda answers: path_of(sample_questionnaire(), answers))


def small_paths() -> st.SearchStrategy[Path]:
    """Return paths of valid answers to the small questionnaire, for what depends on no question."""
    small = small_questionnaire()
    return values_of(small).map(lambda values: path_of(small, Answers(by_question=values)))


def small_plans() -> st.SearchStrategy[ActionPlan]:
    """Return plans of valid answers to the small questionnaire."""
    return small_paths().map(plan_from)


def plans() -> st.SearchStrategy[ActionPlan]:
    """Return plans of valid answers."""
    return paths().map(plan_from)


def plan_from(path: Path) -> ActionPlan:
    """Return the plan of a path, on a fixed date."""
    return action_plan(path, Header(agency="Harbor House", date=datetime.date(2026, 3, 1)))


def json_like() -> st.SearchStrategy[Any]:
    """Return any JSON value."""
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | any_text
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3)
    )


@cache
def mutilated_values() -> st.SearchStrategy[dict[str, Any]]:
    """Return answers in which some values or ids are wrong."""
    questionnaire = sample_questionnaire()
    ids = st.sampled_from(sorted(questionnaire.questions)) | any_text
    words = {o.value for q in questionnaire.questions.values() for o in q.options_in(questionnaire)}
    word = st.sampled_from(sorted(words))
    wrong = word | st.lists(word, max_size=4) | st.dictionaries(word, word, max_size=3) | json_like()
    return st.dictionaries(ids, wrong, max_size=8)
