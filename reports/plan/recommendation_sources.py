"""Which answers call for each resource of the guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from questions.conditions import Answer
from questions.kinds.base import ResourceSource
from questions.model import Questionnaire
from questions.path import Path


def resource_sources(questionnaire: Questionnaire) -> Iterator[ResourceSource]:
    """Yield everything that can call for resources, in the order of the questions."""
    for question in questionnaire.questions.values():
        yield from question.resource_sources(questionnaire)


@lru_cache(maxsize=8)
def sources_by_resource(questionnaire: Questionnaire) -> Mapping[str, tuple[ResourceSource, ...]]:
    """Return what calls for each resource of the guide, by its id; cached, because every plan asks."""
    every = tuple(resource_sources(questionnaire))
    return {id_: tuple(one for one in every if id_ in one.resource_ids) for id_ in questionnaire.resource}


def answer_given(answers: Mapping[str, Answer], source: ResourceSource) -> str | None:
    """Return what is answered to the question or row of a source; None for nothing."""
    answer = answers.get(source.question.id)
    if source.row and isinstance(answer, Mapping):
        return answer.get(source.row.value)
    return answer if isinstance(answer, str) else None


def is_asked(path: Path, source: ResourceSource) -> bool:
    """Return whether the question or row of a source is on the path."""
    if source.row is None:
        return source.question.id in path.visible
    return source.row in path.rows.get(source.question.id, ())
