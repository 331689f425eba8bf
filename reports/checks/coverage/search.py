"""Candidate answers for claims about plans: conjunctions that lead to a resource, a finding or a tie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.condition_solver import Conjunction, disjuncts, opposite, pick
from questions.conditions import Condition
from questions.kinds.base import Question, ResourceSource
from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Questionnaire
from reports.plan.model import ActionPlan, Finding, Help
from reports.plan.priorities import depends_on_profile, finding_of, tie_keys


def help_shown(plan: ActionPlan) -> Iterator[Help]:
    """Yield the help that the plan shows for each action and each training need."""
    yield from (action.help for action in plan.actions)
    yield from (need.help for need in plan.training)


def answers_calling_for(
    questionnaire: Questionnaire,
    source: ResourceSource,
    *conditions: Condition | None,
    options: Iterable[Option] = (),
) -> Iterator[Conjunction]:
    """Yield answers that call for the source's resources while these conditions are true too."""
    for conjunction in disjuncts(questionnaire, *source.conditions, *conditions):
        yield from ((*conjunction, *answer) for answer in gap_answers(source, options))


def gap_answers(source: ResourceSource, options: Iterable[Option] = ()) -> Iterator[Conjunction]:
    """Yield each answer that calls for the source's resources, whether or not it is on the path."""
    row = source.row.value if source.row else ""
    return ((pick(source.question.id, option.value, row),) for option in options or source.options)


def answers_where_none_fits(questionnaire: Questionnaire, source: ResourceSource) -> Iterator[Conjunction]:
    """Yield answers that call for resources of which none fits; nothing if one fits any agency."""
    audiences = [questionnaire.resource[id_].show_when for id_ in source.resource_ids]
    against = [opposite(audience) for audience in audiences if audience]
    if against and len(against) == len(audiences):
        yield from answers_calling_for(questionnaire, source, *against)


def answers_with(questionnaire: Questionnaire, question: Question, value: str) -> Iterator[Conjunction]:
    """Yield answers that put a question on the path, with this answer to it."""
    for conjunction in disjuncts(questionnaire, question.show_when):
        yield (*conjunction, pick(question.id, value))


def practice_gaps(questionnaire: Questionnaire) -> Iterator[tuple[StageQuestion, Option]]:
    """Yield each practice with each answer that is a gap."""
    for question in questionnaire.practices:
        for option in question.gap_options(questionnaire):
            yield question, option


def all_gaps(questionnaire: Questionnaire) -> Conjunction:
    """Return the conjunction in which each practice without a condition has the largest gap."""
    return tuple(
        pick(question.id, question.gap_options(questionnaire)[0].value)
        for question in questionnaire.practices
        if questionnaire.rules.own_condition(question.show_when) is None
    )


def no_gaps(questionnaire: Questionnaire, except_for: ResourceSource | None = None) -> Conjunction:
    """Return the conjunction in which no answer calls for anything, without the source `except_for`."""
    terms = tuple(
        term
        for question in questionnaire.questions.values()
        for term in _satisfied_answer(questionnaire, question)
    )
    if except_for is None:
        return terms
    left = (except_for.question.id, except_for.row.value if except_for.row else "")
    return tuple(term for term in terms if (term.q, term.row) != left)


def tied_findings(questionnaire: Questionnaire, step: int) -> Iterator[Conjunction]:
    """Yield answers with two findings of equal priority whose order this tie-break step decides."""
    rules = questionnaire.rules
    first: dict[tuple[int, tuple[int, ...]], dict[int, Finding]] = {}
    for order, question in enumerate(questionnaire.practices):
        for option in question.gap_options(questionnaire):
            finding = finding_of(
                questionnaire,
                question,
                option,
                guide_order=order,
                fits_profile=depends_on_profile(rules, question),
            )
            keys = tie_keys(rules, finding)
            alike = first.setdefault((finding.priority, keys[:step]), {})
            for other in alike.values():
                if tie_keys(rules, other)[step] != keys[step] and other.question != question:
                    yield from _both(questionnaire, other, finding)
            alike.setdefault(keys[step], finding)


def _both(questionnaire: Questionnaire, one: Finding, other: Finding) -> Iterator[Conjunction]:
    picks = tuple(pick(finding.question.id, finding.answer.value) for finding in (one, other))
    for conjunction in disjuncts(questionnaire, one.question.show_when, other.question.show_when):
        yield (*conjunction, *picks)


def _satisfied_answer(questionnaire: Questionnaire, question: Question) -> Conjunction:
    """Return the literals of an answer to the question, in each row, that calls for nothing."""
    gap_options = question.gap_options(questionnaire)
    others = [option for option in question.options_in(questionnaire) if option not in gap_options]
    # Where nothing calls for help there is nothing to avoid; where everything does, it is left blank.
    if not gap_options or not others:
        return ()
    # The top of a scale; of a question without a scale, the first option that calls for nothing.
    value = max(others, key=lambda option: -1 if option.steps is None else option.steps).value
    rows = question.rows_in(questionnaire)
    return tuple(pick(question.id, value, row.value) for row in rows) or (pick(question.id, value),)
