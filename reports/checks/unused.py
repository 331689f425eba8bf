"""What nothing of the content uses: ids that are never named, sections of the guide without a resource."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from questions.answers import options_of
from questions.model import MatrixQuestion, Question, Questionnaire, StageQuestion
from questions.source_files.errors import ReferenceFault, Spot


def unused_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield a fault for each resource, supplement, scale and so on that nothing names."""
    yield from _unasked(questionnaire)
    yield from _unlisted(questionnaire)


def _unasked(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of what no question names."""
    asked = tuple(questionnaire.questions.values())
    yield from _unnamed(
        Spot("resources.yaml", ("resources",)),
        questionnaire.resource,
        {id_ for question in asked for id_ in _resources_named(questionnaire, question)},
        "no question calls for the resource “{}”",
        "name it in resource_ids of a question, a row or an option",
    )
    yield from _unnamed(
        Spot("supplements.yaml", ("supplements",)),
        questionnaire.supplement,
        {id_ for question in asked for id_ in _supplements_named(question)},
        "no question names the supplement “{}”",
        "name it in supplement_ids of a question or a row with a gap, or take it out",
    )
    yield from _unnamed(
        Spot("scales.yaml", ("scales",)),
        questionnaire.scale,
        {question.scale for question in asked if isinstance(question, StageQuestion | MatrixQuestion)},
        "no question uses the scale “{}”",
        "take it out",
    )
    principles = {p for q in asked if isinstance(q, StageQuestion) for p in q.samhsa_principles}
    known = questionnaire.rules.samhsa_principles
    yield from _unused_names(Spot("rules.yaml", ("samhsa_principles",)), known, principles)


def _unlisted(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of what no resource names."""
    guide, resources = questionnaire.guide, questionnaire.resources
    yield from _unnamed(
        Spot("guide.yaml", ("organisations",)),
        [organisation.id for organisation in guide.organisations],
        {id_ for resource in resources for id_ in resource.organisation_ids},
        "no resource names the organisation “{}”",
        "name it in organisation_ids of its resources, or take it out",
    )
    yield from _unnamed(
        Spot("guide.yaml", ("sections",)),
        [section.number for section in guide.sections],
        {resource.section for resource in resources},
        "section {} of the guide has no resource",
        "add its resources to resources.yaml, or take the section out",
    )
    formats = {resource.format for resource in resources}
    yield from _unused_names(Spot("rules.yaml", ("formats",)), questionnaire.rules.formats, formats)


def _unnamed(
    spot: Spot, ids: Iterable[object], named: Container[object], fault: str, mend: str
) -> Iterator[ReferenceFault]:
    """Yield a fault for each entry of a list that is not named."""
    for index, id_ in enumerate(ids):
        if id_ not in named:
            yield spot.at(index).fault(fault.format(id_), mend)


def _unused_names(spot: Spot, names: Iterable[str], used: set[str]) -> Iterator[ReferenceFault]:
    for name in names:
        if name not in used:
            yield spot.at(name).fault(f"nothing has “{name}” in “{spot.location[-1]}”", "take it out")


def _resources_named(questionnaire: Questionnaire, question: Question) -> Iterator[str]:
    if isinstance(question, StageQuestion | MatrixQuestion):
        yield from question.resource_ids
    for row in question.rows if isinstance(question, MatrixQuestion) else ():
        yield from row.resource_ids
    for option in options_of(questionnaire, question):
        yield from option.resource_ids


def _supplements_named(question: Question) -> Iterator[str]:
    if isinstance(question, StageQuestion):
        yield from question.supplement_ids
    for row in question.rows if isinstance(question, MatrixQuestion) else ():
        yield from row.supplement_ids
