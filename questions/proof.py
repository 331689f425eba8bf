"""Proof that content is alive: answers that reach each question, row and option.

A condition is solved, not guessed: it is brought into a sum of products, and each product is met by
choosing values. The result is a witness, a set of answers under which the thing is really shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from questions.answers import Answers, InvalidAnswer, check_answer, options_of, rows_of
from questions.conditions import NOT_SURE, AllOf, Answer, AnyOf, Chosen, Condition, NoneOf, truth
from questions.model import ManyQuestion, MatrixQuestion, Question, Questionnaire, SingleQuestion
from questions.path import path_of

Literal = tuple[Chosen, bool]
Witness = dict[str, Answer]


def witnesses(questionnaire: Questionnaire, *conditions: Condition | None) -> Iterator[Witness]:
    """Yield answers under which all the conditions are true (not merely unknown)."""
    products = itertools.product(*(_products(c, True) for c in conditions if c is not None))
    for product in products:
        witness = _meet(questionnaire, tuple(itertools.chain.from_iterable(product)))
        if witness is not None:
            yield witness


def question_witness(questionnaire: Questionnaire, question: Question) -> Witness | None:
    """Return answers that put the question on a real path, or None when there are none."""
    for witness in witnesses(questionnaire, question.show_when):
        path = path_of(questionnaire, Answers(values=witness))
        if path.shown.get(question.id):
            return witness
    return None


def unreachable(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield (id, what is wrong) for each question, row, option and plan note that nothing reaches."""
    for question in questionnaire.questions.values():
        witness = question_witness(questionnaire, question)
        if witness is None:
            yield question.id, "no answers lead to this question"
            continue
        if isinstance(question, MatrixQuestion):
            yield from _dead_rows(questionnaire, question)
        yield from _dead_options(questionnaire, question)
    for note in questionnaire.plan_notes:
        if not any(
            _holds(questionnaire, note.show_when, w) for w in witnesses(questionnaire, note.show_when)
        ):
            yield note.id, "no answers make the plan print this note"


def _holds(questionnaire: Questionnaire, condition: Condition, witness: Witness) -> bool:
    """Return whether the condition holds on the path of these answers, not only for the answers."""
    return truth(condition, path_of(questionnaire, Answers(values=witness)).used.values) is True


def _dead_rows(questionnaire: Questionnaire, question: MatrixQuestion) -> Iterator[tuple[str, str]]:
    for row in rows_of(questionnaire, question):
        chosen = {question.rows_from: (row.value,)} if question.rows_from else {}
        found = (
            path_of(questionnaire, Answers(values=witness | chosen))
            for witness in witnesses(questionnaire, question.show_when, row.show_when)
        )
        if not any(row.value in {shown.value for shown in path.rows.get(question.id, ())} for path in found):
            yield question.id, f"no answers lead to the row “{row.value}”"


def _dead_options(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[str, str]]:
    for option in options_of(questionnaire, question):
        raw: object = option.value
        if isinstance(question, ManyQuestion):
            raw = [option.value]
        if isinstance(question, MatrixQuestion):
            raw = {rows_of(questionnaire, question)[0].value: option.value}
        try:
            chosen = check_answer(questionnaire, question, raw) is not None
        except InvalidAnswer:
            chosen = False
        if not chosen:
            yield question.id, f"the option “{option.value}” cannot be chosen"


def _products(condition: Condition, wanted: bool) -> list[tuple[Literal, ...]]:
    """Return the condition (or its opposite) as alternatives, each a set of literals to meet."""
    match condition:
        case Chosen():
            return [((condition, wanted),)]
        case AllOf(all=nodes):
            return _joined(nodes, wanted, every=wanted)
        case AnyOf(any=nodes):
            return _joined(nodes, wanted, every=not wanted)
        case NoneOf(none=nodes):
            return _joined(nodes, not wanted, every=wanted)


def _joined(nodes: tuple[Condition, ...], wanted: bool, *, every: bool) -> list[tuple[Literal, ...]]:
    parts = [_products(node, wanted) for node in nodes]
    if not every:
        return list(itertools.chain.from_iterable(parts))
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*parts)]


def _meet(questionnaire: Questionnaire, literals: tuple[Literal, ...]) -> Witness | None:
    """Return answers that meet every literal, or None when two of them contradict each other."""
    witness: Witness = {}
    for id_ in dict.fromkeys(leaf.q for leaf, _ in literals):
        wanted = [set(leaf.any_of) for leaf, holds in literals if holds and leaf.q == id_]
        banned = {v for leaf, holds in literals if not holds and leaf.q == id_ for v in leaf.any_of}
        answer = _choose(questionnaire.questions[id_], wanted, banned)
        if answer is None:
            return None
        witness[id_] = answer
    return witness


def _choose(question: Question, wanted: list[set[str]], banned: set[str]) -> Answer | None:
    """Return an answer that has a value of each wanted set and none of the banned ones."""
    options = question.options if isinstance(question, SingleQuestion | ManyQuestion) else ()
    free = [o for o in options if o.value not in banned and o.value != NOT_SURE]
    if isinstance(question, SingleQuestion):
        return next((o.value for o in free if all(o.value in values for values in wanted)), None)
    alone = [o for o in free if all(o.value in values for values in wanted)]
    if alone:
        return (min(alone, key=lambda o: o.exclusive).value,)
    picks = [next((o for o in free if o.value in values and not o.exclusive), None) for values in wanted]
    return None if None in picks else tuple(option.value for option in options if option in picks)
