"""Conditions in words: what they say, and that they say it of every condition of the content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from questions.conditions import AllOf, AnyOf, Chosen, Condition, NoneOf, leaves
from questions.kinds.base import Question
from questions.kinds.matrix import MatrixQuestion
from questions.model import Questionnaire
from reports.documents.condition_labels import in_words

LABOR = Chosen(q="pf-trafficking", any_of=("labor",))
YOUTH = Chosen(q="pf-populations", any_of=("minors", "rhy"))
WOMEN_TOO = Chosen(q="pf-populations", any_of=("minors", "rhy", "women"))
ALONE = Chosen(q="pf-partners", any_of=("none",))

UNDER_18, RHY = "“Children or teens under 18", "“Runaway or homeless youth"
A_LABOR = "chose “Labor trafficking” in [pf-trafficking]"
NO_LABOR = "did not choose “Labor trafficking” in [pf-trafficking]"
A_YOUTH = f"chose {UNDER_18}” or {RHY}” in [pf-populations]"
NO_YOUTH = f"did not choose {UNDER_18}” or {RHY}” in [pf-populations]"
IS_ALONE = "chose “None right now” in [pf-partners]"
NOT_ALONE = "did not choose “None right now” in [pf-partners]"


def by_id(question: Question) -> str:
    return f"[{question.id}]"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (LABOR, A_LABOR),
        (YOUTH, A_YOUTH),
        (WOMEN_TOO, f"chose “Women,” {UNDER_18},” or {RHY}” in [pf-populations]"),
        (NoneOf(none=(ALONE,)), NOT_ALONE),
        (AllOf(all=(LABOR, YOUTH)), f"{A_LABOR}, and {A_YOUTH}"),
        (AnyOf(any=(LABOR, YOUTH)), f"{A_LABOR}, or {A_YOUTH}"),
        (NoneOf(none=(LABOR, YOUTH)), f"{NO_LABOR}, and {NO_YOUTH}"),
        (AllOf(all=(LABOR, NoneOf(none=(ALONE,)))), f"{A_LABOR}, and {NOT_ALONE}"),
        (AllOf(all=(YOUTH, AnyOf(any=(LABOR, ALONE)))), f"{A_YOUTH}, and either {A_LABOR}, or {IS_ALONE}"),
        (AnyOf(any=(YOUTH, AllOf(all=(LABOR, ALONE)))), f"{A_YOUTH}, or both {A_LABOR}, and {IS_ALONE}"),
        (NoneOf(none=(AllOf(all=(LABOR, YOUTH)),)), f"{NO_LABOR}, or {NO_YOUTH}"),
        (
            NoneOf(none=(LABOR, AllOf(all=(YOUTH, ALONE)))),
            f"{NO_LABOR}, and either {NO_YOUTH}, or {NOT_ALONE}",
        ),
        (NoneOf(none=(NoneOf(none=(LABOR,)),)), A_LABOR),
    ],
)
def test_a_condition_reads_as_a_sentence(
    questionnaire: Questionnaire, condition: Condition, words: str
) -> None:
    assert in_words(questionnaire, condition, by_id) == words


def conditions(questionnaire: Questionnaire) -> Iterator[Condition]:
    """Yield every condition that the content states."""
    for question in questionnaire.questions.values():
        yield question.show_when
        if isinstance(question, MatrixQuestion):
            yield from (row.show_when for row in question.rows)
    yield from (resource.show_when for resource in questionnaire.resources)
    yield from (note.show_when for note in questionnaire.plan_notes)


def test_every_condition_of_the_content_names_its_questions_and_answers(questionnaire: Questionnaire) -> None:
    stated = [condition for condition in conditions(questionnaire) if condition]
    assert len(stated) > 40
    for condition in stated:
        words = in_words(questionnaire, condition, lambda question: question.text)
        for leaf in leaves(condition):
            question = questionnaire.questions[leaf.q]
            assert f"in {question.text}" in words
            chosen = [o.label for o in question.options_in(questionnaire) if o.value in leaf.any_of]
            assert len(chosen) == len(leaf.any_of)
            assert all(f"“{label}" in words for label in chosen)
