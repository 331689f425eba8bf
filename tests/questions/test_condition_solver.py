import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.condition_solver import PartialAssignment, opposite, pick, same, solve, witnesses
from questions.conditions import AllOf, Answer, AnyOf, Chosen, Condition, NoneOf, truth
from questions.loading.loader import load
from questions.model import Questionnaire
from tests.support.broken_content import broken
from tests.support.sample import sample_questionnaire

RHY = Chosen(q="pf-populations", any_of=("rhy",))
MEN = Chosen(q="pf-populations", any_of=("men",))
UNSURE = Chosen(q="pf-populations", any_of=("not_sure",))
SMALL = Chosen(q="pf-size", any_of=("s1_5",))
LARGE = Chosen(q="pf-size", any_of=("s151",))
NO_PARTNERS = Chosen(q="pf-partners", any_of=("none",))
COURTS = Chosen(q="pf-partners", any_of=("courts",))


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
    assert truth(opposite(condition), witness) is False
    for id_, answer in witness.items():
        assert questionnaire.questions[id_].check(questionnaire, answer) == answer


@pytest.mark.parametrize(
    "condition",
    [
        AllOf(all=(SMALL, LARGE)),
        AllOf(all=(RHY, NoneOf(none=(RHY,)))),
        AllOf(all=(NO_PARTNERS, COURTS)),
        UNSURE,
        AnyOf(any=()),
    ],
)
def test_a_condition_that_cannot_be_true_has_no_witness(
    questionnaire: Questionnaire, condition: Condition
) -> None:
    assert list(witnesses(questionnaire, condition)) == []


def test_questions_that_a_condition_reads_are_put_on_the_path(content: dict[str, str]) -> None:
    old = "id: pf-trafficking"
    asked = load(
        broken(content, "profile.yaml", old, f"{old}\n        show_when: {{q: pf-scope, any_of: [whole]}}")
    )
    labor = Chosen(q="pf-trafficking", any_of=("labor",))
    either = Chosen(q="pf-scope", any_of=("one_program", "whole"))
    found = list(witnesses(asked, labor, either))
    assert found[0] == {"pf-trafficking": ("labor",), "pf-scope": "whole"}
    assert {"pf-trafficking": ("labor",), "pf-scope": "whole"} in found


def test_conditions_are_equivalent_when_no_answers_distinguish_them(questionnaire: Questionnaire) -> None:
    assert same(questionnaire, RHY, AnyOf(any=(RHY, AllOf(all=(RHY, MEN)))))
    assert same(questionnaire, COURTS, AllOf(all=(COURTS, NoneOf(none=(NO_PARTNERS,)))))
    assert not same(questionnaire, RHY, AllOf(all=(RHY, MEN)))
    assert not same(questionnaire, RHY, MEN)


def test_an_assignment_accepts_a_literal_that_fits_the_earlier_ones(questionnaire: Questionnaire) -> None:
    assignment = PartialAssignment(questionnaire)
    assert assignment.extend((pick("pf-populations", "rhy"), pick("why-01", "not_yet")))
    assert assignment.extend((pick("pf-populations", "men"),))
    assert assignment.answers == {"pf-populations": ("men", "rhy"), "why-01": "not_yet"}
    before = dict(assignment.answers)
    assert not assignment.extend((pick("pf-size", "s1_5"), pick("why-01", "started")))
    assert not assignment.extend((pick("pf-populations", "not_sure"),))
    assert assignment.answers == before


def test_an_assignment_fills_a_matrix_row_by_row(questionnaire: Questionnaire) -> None:
    assignment = PartialAssignment(questionnaire)
    assert assignment.extend((pick("tr-topics", "few", "rhy"), pick("tr-topics", "not_sure", "effects")))
    assert assignment.answers == {"tr-topics": {"rhy": "few", "effects": "not_sure"}}
    assert not assignment.extend((pick("tr-topics", "some", "rhy"),))


def test_not_sure_is_chosen_only_where_no_condition_asks(questionnaire: Questionnaire) -> None:
    assert solve(questionnaire, (pick("pf-languages", "not_sure"),)) == {"pf-languages": "not_sure"}
    known = next(iter(witnesses(questionnaire, NoneOf(none=(RHY,)))))
    assert known == {"pf-populations": ("women",)}
    assert solve(questionnaire, (pick("pf-populations", "not_sure"),)) == {"pf-populations": ("not_sure",)}


# Every answer to three questions, to try out what the solver says.
ANSWERS = {
    "pf-languages": ("often", "sometimes", "no", "not_sure"),
    "pf-who": ("one_person", "small_group", "team"),
    "pf-trafficking": (("sex",), ("labor",), ("sex", "labor"), ("not_sure",)),
}
VALUES = {
    "pf-languages": ANSWERS["pf-languages"],
    "pf-who": ANSWERS["pf-who"],
    "pf-trafficking": ("sex", "labor", "not_sure"),
}


def every_answer() -> Iterator[Mapping[str, Answer]]:
    """Yield each set of answers; a question may be left open."""
    for chosen in itertools.product(*((None, *answers) for answers in ANSWERS.values())):
        yield {id_: answer for id_, answer in zip(ANSWERS, chosen, strict=True) if answer}


def leaf(id_: str) -> st.SearchStrategy[Condition]:
    values = st.lists(st.sampled_from(VALUES[id_]), min_size=1, max_size=3, unique=True)
    return values.map(lambda chosen: Chosen(q=id_, any_of=tuple(chosen)))


def inner(nodes: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    lists = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    return (
        lists.map(lambda found: AllOf(all=found))
        | lists.map(lambda found: AnyOf(any=found))
        | lists.map(lambda found: NoneOf(none=found))
    )


conditions = st.recursive(st.sampled_from(sorted(ANSWERS)).flatmap(leaf), inner, max_leaves=6)


@given(conditions)
def test_the_solver_finds_a_witness_if_and_only_if_one_exists(condition: Condition) -> None:
    possible = any(truth(condition, answers) is True for answers in every_answer())
    found = list(witnesses(sample_questionnaire(), condition))
    assert bool(found) is possible
    assert all(truth(condition, witness) is True for witness in found)


@given(conditions, conditions)
def test_conditions_are_called_equivalent_if_and_only_if_they_are(one: Condition, other: Condition) -> None:
    apart = any({truth(one, answers), truth(other, answers)} == {True, False} for answers in every_answer())
    assert same(sample_questionnaire(), one, other) is not apart
