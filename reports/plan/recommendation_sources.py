"""Which answers ask for help, and which resources of the guide they call for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from questions.answers import options_of, rows_of
from questions.conditions import Chosen, Condition
from questions.model import (
    ManyQuestion,
    MatrixQuestion,
    Option,
    Question,
    Questionnaire,
    Row,
    SingleQuestion,
    StageQuestion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Answers to a question, or to one row of it, that ask for help with the same resources.

    When one of `conditions` is false, it is not asked. `place` holds where each option of the question
    stands, by its value.
    """

    question: Question
    row: Row | None
    options: tuple[Option, ...]
    resource_ids: tuple[str, ...]
    conditions: tuple[Condition, ...]
    place: Mapping[str, int]


def asking(questionnaire: Questionnaire, question: Question) -> tuple[Option, ...]:
    """Return the options of a question that ask for help: a gap, less than the top, or a resource named."""
    match question:
        case StageQuestion():
            return tuple(o for o in _scale(questionnaire, question) if questionnaire.rules.gap.get(o.value))
        case MatrixQuestion():
            options = _scale(questionnaire, question)
            top = max(option.steps or 0 for option in options)
            return tuple(o for o in options if o.steps is not None and o.steps < top)
        case SingleQuestion():
            return tuple(option for option in question.options if option.resource_ids)
        case ManyQuestion():
            return ()


def offers(questionnaire: Questionnaire) -> Iterator[Offer]:
    """Yield everything that can ask for help, in the order of the questions."""
    for question in questionnaire.questions.values():
        options = asking(questionnaire, question)
        offer = partial(_offer, questionnaire, question)
        match question:
            case StageQuestion():
                yield offer(options, question.resource_ids)
            case MatrixQuestion():
                for row in rows_of(questionnaire, question):
                    yield offer(options, row.resource_ids or question.resource_ids, row)
            case _:
                yield from (offer((option,), option.resource_ids) for option in options)


@lru_cache(maxsize=8)
def offers_of(questionnaire: Questionnaire) -> Mapping[str, tuple[Offer, ...]]:
    """Return for each resource of the guide, by its id, what calls for it; kept, because every plan asks."""
    every = tuple(offers(questionnaire))
    return {id_: tuple(o for o in every if id_ in o.resource_ids) for id_ in questionnaire.resource}


def _scale(questionnaire: Questionnaire, question: StageQuestion | MatrixQuestion) -> tuple[Option, ...]:
    return questionnaire.scale[question.scale].options


def _offer(
    questionnaire: Questionnaire,
    question: Question,
    options: tuple[Option, ...],
    resource_ids: tuple[str, ...],
    row: Row | None = None,
) -> Offer:
    conditions = [question.show_when]
    if row and isinstance(question, MatrixQuestion):
        chosen = Chosen(q=question.rows_from, any_of=(row.value,)) if question.rows_from else None
        conditions += [row.show_when, chosen]
    return Offer(
        question=question,
        row=row,
        options=options,
        resource_ids=resource_ids,
        conditions=tuple(condition for condition in conditions if condition),
        place={option.value: place for place, option in enumerate(options_of(questionnaire, question))},
    )
