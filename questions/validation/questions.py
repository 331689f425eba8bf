"""What a question names elsewhere: scale, resources, supplements, rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.model import (
    ManyQuestion,
    MatrixQuestion,
    Question,
    Questionnaire,
    Row,
    SingleQuestion,
    StageQuestion,
)
from questions.source_files.errors import ReferenceFault, Spot


def question_faults(questionnaire: Questionnaire, question: Question, spot: Spot) -> Iterator[ReferenceFault]:
    """Yield every fault between this question and the other files."""
    if "-" not in question.id:
        yield spot.at("id").fault(
            "a question id needs a hyphen", "name it like the others on its page: why-08"
        )
    if not re.fullmatch("[0-9]+[.][0-9]+", question.version):
        yield spot.at("version").fault(
            "a question's version is two numbers", "write it like 1.0, in double quotes"
        )
    match question:
        case StageQuestion():
            yield from _stage_faults(questionnaire, question, spot)
        case MatrixQuestion():
            yield from _matrix_faults(questionnaire, question, spot)
        case SingleQuestion() | ManyQuestion():
            yield from _option_faults(questionnaire, question, spot)


def _stage_faults(
    questionnaire: Questionnaire, question: StageQuestion, spot: Spot
) -> Iterator[ReferenceFault]:
    rules = questionnaire.rules
    yield from spot.at("scale").unknown([question.scale], questionnaire.scale)
    yield from _resource_faults(questionnaire, question, spot)
    yield from spot.at("samhsa_principles").unknown(question.samhsa_principles, rules.samhsa_principles)
    basis = {importance.basis: importance.value for importance in rules.importance}
    if basis.get(question.importance_basis) != question.importance:
        yield spot.at("importance").fault(
            "importance and importance_basis do not fit rules.yaml", "take a pair that stands in rules.yaml"
        )


def _matrix_faults(
    questionnaire: Questionnaire, question: MatrixQuestion, spot: Spot
) -> Iterator[ReferenceFault]:
    yield from spot.at("scale").unknown([question.scale], questionnaire.scale)
    yield from spot.at("resource_ids").unknown(question.resource_ids, questionnaire.resource)
    if bool(question.rows) == bool(question.rows_from):
        yield spot.fault("a matrix has either rows or rows_from", "take one out, or add one")
    origin = questionnaire.questions.get(question.rows_from)
    if origin and not isinstance(origin, ManyQuestion):
        yield spot.at("rows_from").fault(
            f"rows come from a question of kind “many”, not “{question.rows_from}”",
            "name another one, or write the rows here",
        )
    yield from spot.at("rows").repeated(row.value for row in question.rows)
    for r, row in enumerate(question.rows):
        yield from _resource_faults(questionnaire, row, spot.at("rows", r))


def _option_faults(
    questionnaire: Questionnaire, question: SingleQuestion | ManyQuestion, spot: Spot
) -> Iterator[ReferenceFault]:
    yield from spot.at("options").repeated(option.value for option in question.options)
    if len(question.options) < 2:
        yield spot.at("options").fault("a question needs two options or more", "add one")
    for o, option in enumerate(question.options):
        here = spot.at("options", o)
        yield from here.at("resource_ids").unknown(option.resource_ids, questionnaire.resource)
        yield from here.at("formats").unknown(option.formats, questionnaire.rules.formats)


def _resource_faults(
    questionnaire: Questionnaire, has: StageQuestion | Row, spot: Spot
) -> Iterator[ReferenceFault]:
    yield from spot.at("resource_ids").unknown(has.resource_ids, questionnaire.resource)
    yield from spot.at("supplement_ids").unknown(has.supplement_ids, questionnaire.supplement)
    if not has.resource_ids and not has.guide_gap:
        yield spot.fault(
            "without resources of the guide, guide_gap has to be true",
            "name a resource, or set guide_gap: true",
        )
