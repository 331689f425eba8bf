"""Answers that make conditions true, found by solving the conditions, not by trying answers out.

A condition is brought into disjunctive normal form: alternatives (conjunctions), each a set of literals that
have to be true together. A conjunction is solved by choosing, for each question, an answer that makes all its
literals true.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from questions.conditions import (
    AllOf,
    Answer,
    AnyOf,
    Chosen,
    Condition,
    ConditionLiteral,
    NoneOf,
    leaves,
)
from questions.model import Questionnaire

Conjunction = tuple[ConditionLiteral, ...]
Witness = dict[str, Answer]


def pick(question: str, value: str, row: str = "") -> ConditionLiteral:
    """Return the literal that this option is chosen, in this row of a matrix."""
    return ConditionLiteral(question, (value,), known=False, row=row)


def disjuncts(questionnaire: Questionnaire, *conditions: Condition | None) -> Iterator[Conjunction]:
    """Yield the conjunctions that each make all the conditions true, the simplest first.

    A question that a condition reads may have a condition itself. That one may be unknown, so it is left out
    at first; then come the conjunctions under which it is true as well.
    """
    wanted = tuple(condition for condition in conditions if condition is not None)
    yield from _all_true(wanted)
    inherited = tuple(_conditions_of_questions_read(questionnaire, wanted))
    if inherited:
        yield from _all_true((*wanted, *inherited))


def witnesses(questionnaire: Questionnaire, *conditions: Condition | None) -> Iterator[Witness]:
    """Yield answers under which all the conditions are true (not merely unknown)."""
    for conjunction in disjuncts(questionnaire, *conditions):
        witness = solve(questionnaire, conjunction)
        if witness is not None:
            yield witness


def solve(questionnaire: Questionnaire, conjunction: Iterable[ConditionLiteral]) -> Witness | None:
    """Return answers that make every literal true, or None when two of them contradict each other."""
    assignment = PartialAssignment(questionnaire)
    return assignment.answers if assignment.extend(conjunction) else None


def opposite(condition: Condition) -> Condition:
    """Return the condition that is true where this one is false."""
    return NoneOf(none=(condition,))


def same(questionnaire: Questionnaire, one: Condition, other: Condition) -> bool:
    """Return whether no answers make one of the two true and the other false."""
    differences = itertools.chain(_all_true((one, opposite(other))), _all_true((opposite(one), other)))
    return all(solve(questionnaire, conjunction) is None for conjunction in differences)


class PartialAssignment:
    """Answers to some questions, extended by one conjunction after another."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.answers: Witness = {}
        self._questionnaire = questionnaire
        self._literals: dict[str, Conjunction] = {}

    def extend(self, conjunction: Iterable[ConditionLiteral]) -> bool:
        """Make these literals true as well; return False, and change nothing, if that is impossible."""
        literals: dict[str, Conjunction] = {}
        for literal in conjunction:
            before = literals.get(literal.q) or self._literals.get(literal.q, ())
            literals[literal.q] = before if literal in before else (*before, literal)
        answers: Witness = {}
        for id_, wanted in literals.items():
            unchanged = wanted == self._literals.get(id_)
            answer = self.answers.get(id_) if unchanged else self._satisfy(id_, wanted)
            if answer is None:
                return False
            answers[id_] = answer
        self._literals |= literals
        self.answers |= answers
        return True

    def _satisfy(self, id_: str, literals: Conjunction) -> Answer | None:
        return self._questionnaire.questions[id_].satisfy(self._questionnaire, literals)


def _all_true(conditions: tuple[Condition, ...]) -> Iterator[Conjunction]:
    for choice in itertools.product(*(_normal_form(condition, True) for condition in conditions)):
        yield tuple(itertools.chain.from_iterable(choice))


def _conditions_of_questions_read(
    questionnaire: Questionnaire, conditions: tuple[Condition, ...]
) -> Iterator[Condition]:
    for id_ in dict.fromkeys(leaf.q for condition in conditions for leaf in leaves(condition)):
        condition = questionnaire.questions[id_].show_when
        if condition is not None:
            yield condition
            yield from _conditions_of_questions_read(questionnaire, (condition,))


def _normal_form(condition: Condition, wanted: bool) -> list[Conjunction]:
    """Return the condition, or its opposite if it is not `wanted`, in disjunctive normal form."""
    match condition:
        case Chosen(q=question, any_of=values):
            return [(ConditionLiteral(question, values, wanted),)]
        case AllOf(all=nodes):
            return _joined(nodes, wanted, every=wanted)
        case AnyOf(any=nodes):
            return _joined(nodes, wanted, every=not wanted)
        case NoneOf(none=nodes):
            return _joined(nodes, not wanted, every=wanted)


def _joined(nodes: tuple[Condition, ...], wanted: bool, *, every: bool) -> list[Conjunction]:
    parts = [_normal_form(node, wanted) for node in nodes]
    if not every:
        return list(itertools.chain.from_iterable(parts))
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*parts)]
