"""Ways that lead to a sentence of the plan, and the kinds of needs that it can be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from questions.condition_solver import Conjunction, disjuncts, opposite, pick
from questions.conditions import NOT_SURE, Condition, leaves
from questions.kinds.base import ResourceSource
from questions.model import Questionnaire
from reports.checks.coverage.search import (
    answers_to,
    asks,
    asks_for_nobody,
    everything_due,
    nothing_due,
    ties,
    with_gap,
)
from reports.plan.recommendations import resource_sources

Fits = Callable[[Questionnaire, ResourceSource], bool]


def blank(_questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the way on which nothing is answered."""
    yield ()


def settled(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the way on which every answer is given and none asks for anything."""
    yield nothing_due(questionnaire)


def gap(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to each gap."""
    for question, option in with_gap(questionnaire):
        for product in disjuncts(questionnaire, question.show_when):
            yield (*product, pick(question.id, option.value))


def unsure(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to each practice answered “not sure”."""
    for question in questionnaire.practices:
        for product in disjuncts(questionnaire, question.show_when):
            yield (*product, pick(question.id, NOT_SURE))


def equals(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to two actions of equal priority."""
    for step in range(len(questionnaire.rules.tie_breaks)):
        yield from ties(questionnaire, step)


def cut(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to a plan of each size that leaves something out."""
    due = everything_due(questionnaire)
    yield due
    for id_ in questionnaire.rules.plan_size.questions:
        options = questionnaire.questions[id_].options_in(questionnaire)
        yield from ((*due, pick(id_, option.value)) for option in options)


def need(questionnaire: Questionnaire, *, of: Fits, audience: bool = False) -> Iterator[Conjunction]:
    """Yield the ways to each need of this kind; `audience` when it is for some people, who are served."""
    for source in resource_sources(questionnaire):
        if of(questionnaire, source):
            for condition in _audiences(questionnaire, source) if audience else (None,):
                yield from asks(questionnaire, source, condition)


def unknown_audience(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to a need for resources that are made for some people, with nobody said to be served."""
    for source in resource_sources(questionnaire):
        if any(_audiences(questionnaire, source)):
            yield from answers_to(source)


def need_of_nobody(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways to a need for resources of which none fits."""
    for source in resource_sources(questionnaire):
        yield from asks_for_nobody(questionnaire, source)


def wrong_audience(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways on which a resource does not fit."""
    for resource in questionnaire.resources:
        if resource.show_when:
            yield from disjuncts(questionnaire, opposite(resource.show_when))


def one_open(questionnaire: Questionnaire, *, of: Fits) -> Iterator[Conjunction]:
    """Yield the ways on which one question or row of this kind is open, and nothing else is due."""
    for source in resource_sources(questionnaire):
        if of(questionnaire, source):
            yield nothing_due(questionnaire, leave=source)


def alone_chosen(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the ways on which an option that stands alone decides whom a resource is for."""
    for condition in dict.fromkeys(resource.show_when for resource in questionnaire.resources):
        for leaf in leaves(condition):
            for option in questionnaire.questions[leaf.q].options_in(questionnaire):
                if option.exclusive:
                    yield (pick(leaf.q, option.value),)


def _audiences(questionnaire: Questionnaire, source: ResourceSource) -> Iterator[Condition]:
    conditions = (questionnaire.resource[id_].show_when for id_ in source.resource_ids)
    return filter(None, conditions)


def offers_something(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide offers something."""
    return bool(source.resource_ids)


def offers_nothing(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide offers nothing."""
    return not source.resource_ids


def offers_a_part(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide offers something, but not enough."""
    return bool(source.resource_ids) and source.guide_gap


def has_supplements(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether there are supplements."""
    return bool(source.supplement_ids)


def is_practice(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is about a practice."""
    return source.question.is_practice


def is_row(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is about a row of a matrix."""
    return source.row is not None


def is_answer(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is about one answer of several."""
    return source.row is None and not source.question.is_practice


def offers_too_many(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether there are more resources than an action shows."""
    return len(source.resource_ids) > questionnaire.rules.match.most_per_action


def offers_twins(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether two of the resources are one recording."""
    return any(questionnaire.resource[id_].same_as in source.resource_ids for id_ in source.resource_ids)


def offers_one_twin(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether one of the resources is a recording whose second entry in the guide is not offered."""
    others = (questionnaire.resource[id_].same_as for id_ in source.resource_ids)
    return any(other and other not in source.resource_ids for other in others)
