"""Proof that each resource and supplement of the content is recommended under some answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from questions.answers import Answers, options_of, rows_of
from questions.conditions import Answer, Condition, NoneOf
from questions.model import MatrixQuestion, Question, Questionnaire, SingleQuestion, StageQuestion
from questions.path import path_of
from questions.proof import witnesses
from reports.model import ActionPlan
from reports.plan import Occasion, action_plan

_OCCASION = Occasion(agency="", date=datetime.date(2000, 1, 1))  # dates play no part here


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """An answer with what it may bring into a plan. `show_when` is the condition of its row."""

    values: dict[str, Answer]
    resource_ids: tuple[str, ...]
    show_when: Condition | None = None


def unused_resources(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield (id, what is wrong) for each resource and supplement that no plan recommends."""
    missing = dict.fromkeys([*questionnaire.resource, *questionnaire.supplement])
    for plan in _plans(questionnaire):
        for id_ in _shown(plan):
            missing.pop(id_, None)
        if not missing:
            return
    for id_ in missing:
        yield id_, "no answers bring this into a plan"


def _plans(questionnaire: Questionnaire) -> Iterator[ActionPlan]:
    """Yield a plan for each answer that names something, with each audience it can be for."""
    for question in questionnaire.questions.values():
        for offer in _offers(questionnaire, question):
            for audience in _audiences(questionnaire, offer):
                for witness in witnesses(questionnaire, question.show_when, offer.show_when, audience):
                    path = path_of(questionnaire, Answers(values=witness | offer.values))
                    yield action_plan(path, _OCCASION)


def _audiences(questionnaire: Questionnaire, offer: _Offer) -> Iterator[Condition | None]:
    """Yield the audience of each resource, and none of them: then supplements come in."""
    conditions = [questionnaire.resource[id_].show_when for id_ in offer.resource_ids]
    yield from conditions or [None]
    if conditions and None not in conditions:
        yield NoneOf(none=tuple(condition for condition in conditions if condition))


def _offers(questionnaire: Questionnaire, question: Question) -> Iterator[_Offer]:
    match question:
        case StageQuestion():
            for option in questionnaire.scale[question.scale].options:
                yield _Offer(values={question.id: option.value}, resource_ids=question.resource_ids)
        case MatrixQuestion():
            yield from _row_offers(questionnaire, question)
        case SingleQuestion():
            for option in question.options:
                yield _Offer(values={question.id: option.value}, resource_ids=option.resource_ids)


def _row_offers(questionnaire: Questionnaire, matrix: MatrixQuestion) -> Iterator[_Offer]:
    for row in rows_of(questionnaire, matrix):
        for option in options_of(questionnaire, matrix):
            yield _Offer(
                values={matrix.id: {row.value: option.value}},
                resource_ids=row.resource_ids or matrix.resource_ids,
                show_when=row.show_when,
            )


def _shown(plan: ActionPlan) -> Iterator[str]:
    helps = [*(action.help for action in plan.actions), *(need.help for need in plan.training)]
    for help_ in helps:
        yield from (supplement.id for supplement in help_.supplements)
    yield from (recommendation.resource.id for recommendation in plan.resources)
