"""Ways to a plan, for the claims on it: terms of answers that bring an offer, a finding or an order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from questions.answers import options_of, rows_of
from questions.condition_solver import Product, Term, opposite, pick, ways
from questions.conditions import Condition
from questions.model import MatrixQuestion, Option, Questionnaire, Row, SingleQuestion, StageQuestion
from reports.plan.builder import Occasion
from reports.plan.model import ActionPlan, Finding, Help
from reports.plan.priorities import finding_of, practices, tie_keys
from reports.plan.recommendation_sources import Offer, asking

# Dates and names play no part in what is reached.
OCCASION = Occasion(agency="", date=datetime.date(2000, 1, 1))


def helps(plan: ActionPlan) -> Iterator[Help]:
    """Yield what the plan offers for each action and each training need."""
    yield from (action.help for action in plan.actions)
    yield from (need.help for need in plan.training)


def asks(
    questionnaire: Questionnaire, offer: Offer, *conditions: Condition | None, options: Iterable[Option] = ()
) -> Iterator[Product]:
    """Yield ways to an answer that asks for what is offered, under these conditions too."""
    for product in ways(questionnaire, *offer.conditions, *conditions):
        yield from ((*product, *answer) for answer in answers_to(offer, options))


def answers_to(offer: Offer, options: Iterable[Option] = ()) -> Iterator[Product]:
    """Yield each answer that asks for what is offered, by itself: whether it is on the path is left open."""
    row = offer.row.value if offer.row else ""
    return ((pick(offer.question.id, option.value, row),) for option in options or offer.options)


def asks_for_nobody(questionnaire: Questionnaire, offer: Offer) -> Iterator[Product]:
    """Yield ways to an answer that asks for resources of which none fits; none if one fits any agency."""
    audiences = [questionnaire.resource[id_].show_when for id_ in offer.resource_ids]
    against = [opposite(audience) for audience in audiences if audience]
    if against and len(against) == len(audiences):
        yield from asks(questionnaire, offer, *against)


def supplements_of(offer: Offer) -> tuple[str, ...]:
    """Return the supplements that stand beside what is offered."""
    has = offer.row or offer.question
    return has.supplement_ids if isinstance(has, StageQuestion | Row) else ()


def with_gap(questionnaire: Questionnaire) -> Iterator[tuple[StageQuestion, Option]]:
    """Yield each practice with each answer that is a gap."""
    for question in practices(questionnaire):
        for option in asking(questionnaire, question):
            yield question, option


def everything_due(questionnaire: Questionnaire) -> Product:
    """Return the terms that each practice without a condition has the largest gap."""
    return tuple(
        pick(question.id, asking(questionnaire, question)[0].value)
        for question in practices(questionnaire)
        if question.show_when is None
    )


def nothing_due(questionnaire: Questionnaire, leave: Offer | None = None) -> Product:
    """Return the terms that every answer asks for nothing; the question or row of `leave` is left out."""
    terms: list[Term] = []
    for question in questionnaire.questions.values():
        if isinstance(question, StageQuestion):
            terms.append(pick(question.id, _top(questionnaire, question)))
        elif isinstance(question, MatrixQuestion):
            top = _top(questionnaire, question)
            terms += [pick(question.id, top, row.value) for row in rows_of(questionnaire, question)]
        elif isinstance(question, SingleQuestion) and asking(questionnaire, question):
            quiet = (option for option in question.options if not option.resource_ids)
            terms += [pick(question.id, option.value) for option in quiet][:1]
    if leave is None:
        return tuple(terms)
    left = (leave.question.id, leave.row.value if leave.row else "")
    return tuple(term for term in terms if (term.q, term.row) != left)


def ties(questionnaire: Questionnaire, step: int) -> Iterator[Product]:
    """Yield ways to two findings of equal priority whose order this step of the printed order sets."""
    rules = questionnaire.rules
    first: dict[tuple[int, tuple[int, ...]], dict[int, Finding]] = {}
    for order, question in enumerate(practices(questionnaire)):
        for option in asking(questionnaire, question):
            finding = finding_of(
                questionnaire,
                question,
                option,
                guide_order=order,
                fits_profile=question.show_when is not None,
            )
            keys = tie_keys(rules, finding)
            alike = first.setdefault((finding.priority, keys[:step]), {})
            for other in alike.values():
                if tie_keys(rules, other)[step] != keys[step] and other.question != question:
                    yield from _both(questionnaire, other, finding)
            alike.setdefault(keys[step], finding)


def _both(questionnaire: Questionnaire, one: Finding, other: Finding) -> Iterator[Product]:
    picks = tuple(pick(finding.question.id, finding.answer.value) for finding in (one, other))
    for product in ways(questionnaire, one.question.show_when, other.question.show_when):
        yield (*product, *picks)


def _top(questionnaire: Questionnaire, question: StageQuestion | MatrixQuestion) -> str:
    options = options_of(questionnaire, question)
    return max(options, key=lambda option: -1 if option.steps is None else option.steps).value
