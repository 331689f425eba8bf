from collections.abc import Mapping

import pytest

from questions.answers import Answers, check_answer
from questions.conditions import AllOf, AnyOf, Chosen, Condition, NoneOf, truth
from questions.load import load
from questions.model import Questionnaire
from questions.path import path_of
from questions.proof import question_witness, unreachable, witnesses
from tests.broken_content import broken

Content = Mapping[str, str]
RHY = Chosen(q="pf-populations", any_of=("rhy",))
MEN = Chosen(q="pf-populations", any_of=("men",))
UNSURE = Chosen(q="pf-populations", any_of=("not_sure",))
SMALL = Chosen(q="pf-size", any_of=("s1_5",))
LARGE = Chosen(q="pf-size", any_of=("s151",))


@pytest.mark.parametrize(
    "condition",
    [
        RHY,
        AllOf(all=(RHY, MEN)),
        AllOf(all=(RHY, NoneOf(none=(MEN,)))),
        AnyOf(any=(AllOf(all=(SMALL, LARGE)), RHY)),
        NoneOf(none=(SMALL, AllOf(all=(RHY, MEN)))),
        NoneOf(none=(AnyOf(any=(RHY, MEN)), NoneOf(none=(SMALL,)))),
    ],
)
def test_a_witness_makes_the_condition_true_with_allowed_answers(
    questionnaire: Questionnaire, condition: Condition
) -> None:
    witness = next(witnesses(questionnaire, condition))
    assert truth(condition, witness) is True
    for id_, answer in witness.items():
        assert check_answer(questionnaire, questionnaire.questions[id_], answer) == answer


@pytest.mark.parametrize(
    "condition", [AllOf(all=(SMALL, LARGE)), AllOf(all=(RHY, NoneOf(none=(RHY,)))), UNSURE, AnyOf(any=())]
)
def test_a_condition_that_cannot_be_true_has_no_witness(
    questionnaire: Questionnaire, condition: Condition
) -> None:
    assert list(witnesses(questionnaire, condition)) == []


def test_a_witness_that_hides_what_it_needs_proves_nothing(content: Content) -> None:
    files = broken(
        content,
        "profile.yaml",
        "id: pf-trafficking",
        "id: pf-trafficking\n        show_when: {q: pf-scope, any_of: [whole]}",
    )
    old = "show_when: {q: pf-trafficking, any_of: [labor]}"
    new = "show_when: {all: [{q: pf-trafficking, any_of: [labor]}, {q: pf-scope, any_of: [one_program]}]}"
    assert list(unreachable(load(broken(files, "why.yaml", old, new)))) == [
        ("why-05", "no answers lead to this question")
    ]


def test_every_shipped_question_has_a_witness_that_puts_it_on_the_path(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions.values():
        witness = question_witness(questionnaire, question)
        assert witness is not None
        assert path_of(questionnaire, Answers(values=witness)).shown[question.id] is True


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (
            "why.yaml",
            "show_when: {q: pf-trafficking, any_of: [labor]}",
            "show_when: {q: pf-trafficking, any_of: []}",
            ("why-05", "no answers lead to this question"),
        ),
        (
            "why.yaml",
            "show_when: {q: pf-trafficking, any_of: [labor]}",
            "show_when: {all: [{q: pf-size, any_of: [s1_5]}, {q: pf-size, any_of: [s151]}]}",
            ("why-05", "no answers lead to this question"),
        ),
        (
            "why.yaml",
            "show_when: {q: pf-trafficking, any_of: [labor]}",
            "show_when: {q: pf-trafficking, any_of: [not_sure]}",
            ("why-05", "no answers lead to this question"),
        ),
        (
            "training.yaml",
            "show_when: {q: pf-populations, any_of: [rhy]}",
            "show_when: {all: [{q: pf-size, any_of: [s151]}, {none: [{q: pf-size, any_of: [s151]}]}]}",
            ("tr-topics", "no answers lead to the row “rhy”"),
        ),
        ("profile.yaml", "value: one_program", 'value: ""', ("pf-scope", "the option “” cannot be chosen")),
        ("scales.yaml", "value: no_such_role", 'value: ""', ("tr-roles", "the option “” cannot be chosen")),
        (
            "plan_notes.yaml",
            "show_when: {q: pf-who, any_of: [one_person]}",
            "show_when: {all: [{q: pf-who, any_of: [one_person]}, {q: pf-who, any_of: [team]}]}",
            ("one-person", "no answers make the plan print this note"),
        ),
    ],
)
def test_what_no_answers_reach_is_found(
    content: Content, name: str, old: str, new: str, fault: tuple[str, str]
) -> None:
    assert list(unreachable(load(broken(content, name, old, new)))) == [fault]
