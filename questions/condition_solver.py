"""Conditions solved: answers under which they hold, found by reasoning and not by trying.

A condition is brought into a sum of products. A product is a set of terms; it is met by choosing, for
each question, an answer that fits all its terms.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from questions.answers import options_of
from questions.conditions import (
    NOT_SURE,
    AllOf,
    Answer,
    AnyOf,
    Chosen,
    Condition,
    NoneOf,
    leaves,
)
from questions.model import ManyQuestion, MatrixQuestion, Option, Questionnaire


class Term(NamedTuple):
    """What is asked of the answer to question `q`: it has one of the values, or (`holds` false) none.

    In a condition, “not sure” counts as no answer; where `known` is false, it may be chosen too.
    """

    q: str
    values: tuple[str, ...]
    holds: bool = True
    known: bool = True
    row: str = ""


Product = tuple[Term, ...]
Witness = dict[str, Answer]


def pick(question: str, value: str, row: str = "") -> Term:
    """Return the term that this option is chosen, in this row of a matrix."""
    return Term(question, (value,), known=False, row=row)


def ways(questionnaire: Questionnaire, *conditions: Condition | None) -> Iterator[Product]:
    """Yield the products of which each makes all the conditions true, the plainest first.

    What a condition reads may have a condition itself: that may be unknown, or else has to hold too.
    """
    plain = tuple(condition for condition in conditions if condition is not None)
    yield from _all_true(plain)
    asked = tuple(_conditions_of_what_is_read(questionnaire, plain))
    if asked:
        yield from _all_true((*plain, *asked))


def witnesses(questionnaire: Questionnaire, *conditions: Condition | None) -> Iterator[Witness]:
    """Yield answers under which all the conditions are true (not merely unknown)."""
    for product in ways(questionnaire, *conditions):
        witness = met(questionnaire, product)
        if witness is not None:
            yield witness


def met(questionnaire: Questionnaire, product: Iterable[Term]) -> Witness | None:
    """Return answers that fit every term, or None when two of them contradict each other."""
    draft = Draft(questionnaire)
    return draft.values if draft.take(product) else None


def opposite(condition: Condition) -> Condition:
    """Return the condition that is true where this one is false."""
    return NoneOf(none=(condition,))


def same(questionnaire: Questionnaire, one: Condition, other: Condition) -> bool:
    """Return whether no answers make one of the two true and the other false."""
    apart = itertools.chain(_all_true((one, opposite(other))), _all_true((opposite(one), other)))
    return all(met(questionnaire, product) is None for product in apart)


class Draft:
    """Answers in the making: each product that it takes is fulfilled beside those taken before."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.values: Witness = {}
        self._questionnaire = questionnaire
        self._terms: dict[str, tuple[Term, ...]] = {}

    def take(self, product: Iterable[Term]) -> bool:
        """Fulfil these terms too; return False, and change nothing, when that cannot be."""
        terms: dict[str, tuple[Term, ...]] = {}
        for term in product:
            before = terms.get(term.q) or self._terms.get(term.q, ())
            terms[term.q] = before if term in before else (*before, term)
        values: Witness = {}
        for id_, asked in terms.items():
            answer = self.values.get(id_) if asked == self._terms.get(id_) else self._answer(id_, asked)
            if answer is None:
                return False
            values[id_] = answer
        self._terms |= terms
        self.values |= values
        return True

    def _answer(self, id_: str, terms: tuple[Term, ...]) -> Answer | None:
        """Return an answer that fits all the terms, or None."""
        question = self._questionnaire.questions[id_]
        if isinstance(question, MatrixQuestion):
            return _rows(terms)
        wanted = [set(term.values) for term in terms if term.holds]
        banned = {value for term in terms if not term.holds for value in term.values}
        if any(term.known for term in terms):
            banned.add(NOT_SURE)
        free = [o for o in options_of(self._questionnaire, question) if o.value not in banned]
        if isinstance(question, ManyQuestion):
            return _several(free, wanted)
        return next((o.value for o in free if all(o.value in values for values in wanted)), None)


def _rows(terms: tuple[Term, ...]) -> Answer | None:
    rows: dict[str, str] = {}
    for term in terms:
        (value,) = term.values
        if rows.setdefault(term.row, value) != value:
            return None
    return rows


def _several(free: list[Option], wanted: list[set[str]]) -> Answer | None:
    """Return options that have a value of each wanted set; what stands alone is combined with nothing."""
    alone = [option for option in free if all(option.value in values for values in wanted)]
    if alone:
        return (min(alone, key=lambda option: option.exclusive).value,)
    picks = [next((o for o in free if o.value in values and not o.exclusive), None) for values in wanted]
    if not picks or None in picks:
        return None
    return tuple(option.value for option in free if option in picks)


def _all_true(conditions: tuple[Condition, ...]) -> Iterator[Product]:
    for product in itertools.product(*(_products(condition, True) for condition in conditions)):
        yield tuple(itertools.chain.from_iterable(product))


def _conditions_of_what_is_read(
    questionnaire: Questionnaire, conditions: tuple[Condition, ...]
) -> Iterator[Condition]:
    for id_ in dict.fromkeys(leaf.q for condition in conditions for leaf in leaves(condition)):
        condition = questionnaire.questions[id_].show_when
        if condition is not None:
            yield condition
            yield from _conditions_of_what_is_read(questionnaire, (condition,))


def _products(condition: Condition, wanted: bool) -> list[Product]:
    """Return the condition (or its opposite) as alternatives, each a set of terms to meet."""
    match condition:
        case Chosen(q=question, any_of=values):
            return [(Term(question, values, wanted),)]
        case AllOf(all=nodes):
            return _joined(nodes, wanted, every=wanted)
        case AnyOf(any=nodes):
            return _joined(nodes, wanted, every=not wanted)
        case NoneOf(none=nodes):
            return _joined(nodes, not wanted, every=wanted)


def _joined(nodes: tuple[Condition, ...], wanted: bool, *, every: bool) -> list[Product]:
    parts = [_products(node, wanted) for node in nodes]
    if not every:
        return list(itertools.chain.from_iterable(parts))
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*parts)]
