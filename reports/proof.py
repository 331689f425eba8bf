"""Proof that each resource and supplement of the content is recommended under some answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from questions.answers import Answers
from questions.conditions import Answer, Condition
from questions.model import MatrixQuestion, Question, Questionnaire, SingleQuestion, StageQuestion
from questions.path import path_of
from questions.proof import witnesses
from reports.model import ActionPlan
from reports.plan import Occasion, action_plan

_OCCASION = Occasion(agency="", date=datetime.date(2000, 1, 1))  # dates play no part here


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
        for condition, values, ids in _offers(questionnaire, question):
            resources = [questionnaire.resource[id_] for id_ in ids]
            for audience in {r.id: r.show_when for r in resources}.values() or (None,):
                for witness in witnesses(questionnaire, question.show_when, condition, audience):
                    path = path_of(questionnaire, Answers(values=witness | values))
                    yield action_plan(path, _OCCASION)


def _offers(
    questionnaire: Questionnaire, question: Question
) -> Iterator[tuple[Condition | None, dict[str, Answer], tuple[str, ...]]]:
    """Yield (condition of the row, answer to give, resources named) for each answer with help."""
    if isinstance(question, StageQuestion):
        for option in questionnaire.scale[question.scale].options:
            if option.steps is not None:
                yield None, {question.id: option.value}, question.resource_ids
    if isinstance(question, MatrixQuestion):
        for row in question.rows:
            for option in questionnaire.scale[question.scale].options:
                yield row.show_when, {question.id: {row.value: option.value}}, row.resource_ids
    if isinstance(question, SingleQuestion):
        for option in question.options:
            if option.resource_ids:
                yield None, {question.id: option.value}, option.resource_ids


def _shown(plan: ActionPlan) -> Iterator[str]:
    helps = [*(action.help for action in plan.actions), *(need.help for need in plan.training)]
    for help_ in helps:
        yield from (supplement.id for supplement in help_.supplements)
    yield from (recommendation.resource.id for recommendation in plan.resources)
