"""Claims about questions: each question, option and row is reached, and no condition is always true."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from questions.condition_solver import Conjunction, disjuncts, opposite, pick
from questions.kinds.base import Question
from questions.kinds.options import Option, Row
from questions.model import Questionnaire
from questions.path import Path
from questions.source_files.errors import LocatedProblem, Location
from questions.validation.locations import located_conditions, located_questions
from reports.checks.coverage.prover import Claim, Proof, prove, unproved_problems
from reports.checks.coverage.search import answers_with
from reports.checks.redundant_conditions import redundant_parts
from reports.checks.unused import unused_problems

_FIX_UNREACHED = "resolve the contradiction in its show_when, or remove the {thing}"
_FIX_ALWAYS = "remove show_when, or make it narrower"


def content_proofs(questionnaire: Questionnaire) -> tuple[Proof[Path], ...]:
    """Return proofs that each question, option and row is shown, and can be hidden if conditional."""
    return prove(questionnaire, question_claims(questionnaire), lambda path: path)


def content_problems(
    questionnaire: Questionnaire, proofs: tuple[Proof[Path], ...]
) -> Iterator[LocatedProblem]:
    """Yield what can never happen, what always happens, redundant parts of conditions, and unused ids.

    For a question that no answers lead to, only that is reported, and not each of its options.
    """
    unreached = {p.claim.name for p in proofs if p.claim.kind == "question" and p.answers is None}
    yield from unproved_problems(proof for proof in proofs if proof.claim.owner not in unreached)
    for condition, location, _ in located_conditions(questionnaire):
        yield from redundant_parts(questionnaire, condition, location)
    yield from unused_problems(questionnaire)


def question_claims(questionnaire: Questionnaire) -> Iterator[Claim[Path]]:
    """Yield the claims about the questionnaire, question by question."""
    for question, location in located_questions(questionnaire):
        yield from _shown_and_hidden(questionnaire, question, location)
        for index, row in enumerate(question.rows_in(questionnaire)):
            yield from _row(questionnaire, question, row, question.row_location(location, index))
        for index, option in enumerate(question.options_in(questionnaire)):
            here = question.option_location(questionnaire, location, index)
            yield _option(questionnaire, question, option, here)


def _shown_and_hidden(
    questionnaire: Questionnaire, question: Question, location: Location
) -> Iterator[Claim[Path]]:
    """Yield the claims that a question is asked and, if it has a condition, that it can be left out."""
    own = questionnaire.rules.own_condition(question.show_when)
    here = location.at("show_when") if own else location
    yield Claim(
        kind="question",
        name=question.id,
        location=here,
        candidates=partial(disjuncts, questionnaire, question.show_when),
        holds=lambda path: path.visible.get(question.id) is True,
        problem=f"no answers lead to the question “{question.id}”",
        fix=_FIX_UNREACHED.format(thing="question"),
    )
    if own:
        yield Claim(
            kind="left out",
            name=question.id,
            location=here,
            candidates=partial(disjuncts, questionnaire, opposite(own)),
            holds=lambda path: question.id not in path.visible,
            problem=f"“{question.id}” is asked whatever is answered",
            fix=_FIX_ALWAYS,
        )


def row_ways(questionnaire: Questionnaire, question: Question, row: Row) -> Iterator[Conjunction]:
    """Yield the ways to a row of a matrix."""
    return disjuncts(questionnaire, question.show_when, *question.row_conditions(row))


def _row(
    questionnaire: Questionnaire, question: Question, row: Row, location: Location
) -> Iterator[Claim[Path]]:
    name = f"{question.id} {row.value}"
    here = location.at("show_when") if row.show_when else location
    yield Claim(
        kind="row",
        name=name,
        location=here,
        candidates=partial(row_ways, questionnaire, question, row),
        holds=lambda path: row.value in _rows_shown(path, question),
        owner=question.id,
        problem=f"no answers lead to the row “{row.value}” of “{question.id}”",
        fix=_FIX_UNREACHED.format(thing="row"),
    )
    if row.show_when:
        yield Claim(
            kind="left out",
            name=name,
            location=here,
            candidates=partial(disjuncts, questionnaire, question.show_when, opposite(row.show_when)),
            holds=lambda path: question.id in path.visible and row.value not in _rows_shown(path, question),
            owner=question.id,
            problem=f"the row “{row.value}” of “{question.id}” is shown whatever is answered",
            fix=_FIX_ALWAYS,
        )


def _option(
    questionnaire: Questionnaire, question: Question, option: Option, location: Location
) -> Claim[Path]:
    return Claim(
        kind="option",
        name=f"{question.id} {option.value}",
        location=location,
        candidates=partial(_option_ways, questionnaire, question, option),
        holds=lambda path: option.value in question.values_in(path.active.by_question.get(question.id)),
        owner=question.id,
        problem=f"the option “{option.value}” of “{question.id}” cannot be chosen",
        fix="give it a value of its own that is not empty, and fix the question if that cannot be reached",
    )


def _option_ways(questionnaire: Questionnaire, question: Question, option: Option) -> Iterator[Conjunction]:
    rows = question.rows_in(questionnaire)
    if not rows:
        yield from answers_with(questionnaire, question, option.value)
    for row in rows:
        for conjunction in row_ways(questionnaire, question, row):
            yield (*conjunction, pick(question.id, option.value, row.value))


def _rows_shown(path: Path, question: Question) -> frozenset[str]:
    return frozenset(row.value for row in path.rows.get(question.id, ()))
