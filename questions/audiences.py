"""The groups of people that resources are made for, as one can choose them: options of one question."""

from __future__ import annotations

from collections.abc import Iterator

from questions.answers import options_of
from questions.conditions import AllOf, AnyOf, Chosen, Condition
from questions.guide import Resource
from questions.model import Option, Questionnaire


def groups_of(questionnaire: Questionnaire, resource: Resource) -> tuple[str, ...]:
    """Return the values of the groups that the resource is made for; none when it is for any agency."""
    named = set(_asked_for(resource.show_when, questionnaire.guide.audience_question))
    return tuple(option.value for option in _options(questionnaire) if option.value in named)


def groups(questionnaire: Questionnaire) -> tuple[Option, ...]:
    """Return each group that a resource is made for, in the order of the question."""
    used = {group for resource in questionnaire.resources for group in groups_of(questionnaire, resource)}
    return tuple(option for option in _options(questionnaire) if option.value in used)


def _options(questionnaire: Questionnaire) -> tuple[Option, ...]:
    question = questionnaire.questions[questionnaire.guide.audience_question]
    return options_of(questionnaire, question)


def _asked_for(condition: Condition | None, question: str) -> Iterator[str]:
    """Yield the values of the question that the condition asks for; those under `none` it rules out."""
    match condition:
        case Chosen(q=asked, any_of=values) if asked == question:
            yield from values
        case AllOf(all=nodes) | AnyOf(any=nodes):
            for node in nodes:
                yield from _asked_for(node, question)
