"""Ways that lead to a sentence of the plan, and the kinds of needs that it can be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from questions.answers import options_of
from questions.condition_solver import Product, opposite, pick, ways
from questions.conditions import NOT_SURE, Condition, leaves
from questions.model import Questionnaire, Row, SingleQuestion, StageQuestion
from reports.checks.coverage.search import (
    answers_to,
    asks,
    asks_for_nobody,
    everything_due,
    nothing_due,
    supplements_of,
    ties,
    with_gap,
)
from reports.plan.priorities import practices
from reports.plan.recommendation_sources import Offer, offers

Fits = Callable[[Questionnaire, Offer], bool]


def blank(_questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the way on which nothing is answered."""
    yield ()


def settled(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the way on which every answer is given and none asks for anything."""
    yield nothing_due(questionnaire)


def gap(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to each gap."""
    for question, option in with_gap(questionnaire):
        for product in ways(questionnaire, question.show_when):
            yield (*product, pick(question.id, option.value))


def unsure(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to each practice answered “not sure”."""
    for question in practices(questionnaire):
        for product in ways(questionnaire, question.show_when):
            yield (*product, pick(question.id, NOT_SURE))


def equals(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to two actions of equal priority."""
    for step in range(len(questionnaire.rules.tie_breaks)):
        yield from ties(questionnaire, step)


def cut(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to a plan of each size that leaves something out."""
    due = everything_due(questionnaire)
    yield due
    for id_ in questionnaire.rules.plan_size.questions:
        options = options_of(questionnaire, questionnaire.questions[id_])
        yield from ((*due, pick(id_, option.value)) for option in options)


def need(questionnaire: Questionnaire, *, of: Fits, audience: bool = False) -> Iterator[Product]:
    """Yield the ways to each need of this kind; `audience` when it is for some people, who are served."""
    for offer in offers(questionnaire):
        if of(questionnaire, offer):
            for condition in _audiences(questionnaire, offer) if audience else (None,):
                yield from asks(questionnaire, offer, condition)


def unknown_audience(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to a need for resources that are made for some people, with nobody said to be served."""
    for offer in offers(questionnaire):
        if any(_audiences(questionnaire, offer)):
            yield from answers_to(offer)


def need_of_nobody(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways to a need for resources of which none fits."""
    for offer in offers(questionnaire):
        yield from asks_for_nobody(questionnaire, offer)


def wrong_audience(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways on which a resource does not fit."""
    for resource in questionnaire.resources:
        if resource.show_when:
            yield from ways(questionnaire, opposite(resource.show_when))


def one_open(questionnaire: Questionnaire, *, of: Fits) -> Iterator[Product]:
    """Yield the ways on which one question or row of this kind is open, and nothing else is due."""
    for offer in offers(questionnaire):
        if of(questionnaire, offer):
            yield nothing_due(questionnaire, leave=offer)


def alone_chosen(questionnaire: Questionnaire) -> Iterator[Product]:
    """Yield the ways on which an option that stands alone decides whom a resource is for."""
    for condition in dict.fromkeys(resource.show_when for resource in questionnaire.resources):
        for leaf in leaves(condition):
            for option in options_of(questionnaire, questionnaire.questions[leaf.q]):
                if option.exclusive:
                    yield (pick(leaf.q, option.value),)


def _audiences(questionnaire: Questionnaire, offer: Offer) -> Iterator[Condition]:
    conditions = (questionnaire.resource[id_].show_when for id_ in offer.resource_ids)
    return filter(None, conditions)


def offers_something(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether the guide offers something."""
    return bool(offer.resource_ids)


def offers_nothing(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether the guide offers nothing."""
    return not offer.resource_ids


def offers_a_part(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether the guide offers something, but not enough."""
    has = offer.row or offer.question
    return bool(offer.resource_ids) and isinstance(has, StageQuestion | Row) and has.guide_gap


def has_supplements(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether there are supplements."""
    return bool(supplements_of(offer))


def is_practice(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether it is about a practice."""
    return isinstance(offer.question, StageQuestion)


def is_row(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether it is about a row of a matrix."""
    return offer.row is not None


def is_answer(_questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether it is about one answer of several."""
    return isinstance(offer.question, SingleQuestion)


def offers_too_many(questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether there are more resources than an action shows."""
    return len(offer.resource_ids) > questionnaire.rules.match.most_per_action


def offers_twins(questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether two of the resources are one recording."""
    return any(questionnaire.resource[id_].same_as in offer.resource_ids for id_ in offer.resource_ids)


def offers_one_twin(questionnaire: Questionnaire, offer: Offer) -> bool:
    """Return whether one of the resources is a recording whose second entry in the guide is not offered."""
    others = (questionnaire.resource[id_].same_as for id_ in offer.resource_ids)
    return any(other and other not in offer.resource_ids for other in others)
