import itertools

import pytest

from questions.conditions import AllOf, AnyOf, Chosen, NoneOf, leaves, truth

YES = Chosen(q="pf-a", any_of=("yes",))
NO = Chosen(q="pf-a", any_of=("other",))
UNKNOWN = Chosen(q="pf-b", any_of=("yes",))
ANSWERS = {"pf-a": "yes"}
NODES = {True: YES, False: NO, None: UNKNOWN}


def kleene_and(values: tuple[bool | None, ...]) -> bool | None:
    order = {False: 0, None: 1, True: 2}
    return min(values, key=order.__getitem__)


def kleene_or(values: tuple[bool | None, ...]) -> bool | None:
    order = {False: 0, None: 1, True: 2}
    return max(values, key=order.__getitem__)


def test_a_missing_condition_is_true() -> None:
    assert truth(None, {}) is True


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", True),
        ("other", False),
        ("not_sure", None),
        (None, None),
        ("", None),
        ((), None),
        (("other", "yes"), True),
        (("other",), False),
        (("not_sure",), None),
    ],
)
def test_a_leaf_is_unknown_without_an_answer_or_when_unsure(answer: object, expected: bool | None) -> None:
    answers = {} if answer is None else {"pf-a": answer}
    assert truth(YES, answers) is expected


@pytest.mark.parametrize("values", list(itertools.product([True, False, None], repeat=2)))
def test_the_nodes_follow_the_three_valued_truth_table(values: tuple[bool | None, bool | None]) -> None:
    nodes = tuple(NODES[value] for value in values)
    either = kleene_or(values)
    assert truth(AllOf(all=nodes), ANSWERS) is kleene_and(values)
    assert truth(AnyOf(any=nodes), ANSWERS) is either
    assert truth(NoneOf(none=nodes), ANSWERS) is (None if either is None else not either)


def test_empty_nodes_are_vacuously_true_or_false() -> None:
    assert truth(AllOf(all=()), {}) is True
    assert truth(AnyOf(any=()), {}) is False
    assert truth(NoneOf(none=()), {}) is True


def test_conditions_can_be_nested() -> None:
    assert truth(AllOf(all=(YES, NoneOf(none=(NO,)))), ANSWERS) is True
    assert truth(AllOf(all=(YES, NoneOf(none=(UNKNOWN,)))), ANSWERS) is None


def test_leaves_come_in_order_from_any_depth() -> None:
    condition = AllOf(all=(YES, AnyOf(any=(UNKNOWN, NoneOf(none=(NO,))))))
    assert list(leaves(condition)) == [YES, UNKNOWN, NO]
    assert list(leaves(None)) == []
