"""Parts of the content that nothing uses: ids that are never named, sections without a resource."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from questions.model import Questionnaire
from questions.source_files.errors import LocatedProblem, Location
from reports.plan.recommendations import resource_sources


def unused_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield a problem for each resource, supplement, scale and so on that nothing names."""
    yield from _unasked(questionnaire)
    yield from _unlisted(questionnaire)


def _unasked(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield what no question names."""
    asked = tuple(questionnaire.questions.values())
    sources = tuple(resource_sources(questionnaire))
    yield from _unnamed(
        Location("resources.yaml", ("resources",)),
        questionnaire.resource,
        {id_ for source in sources for id_ in source.resource_ids},
        "no question calls for the resource “{}”",
        "name it in resource_ids of a question, a row or an option",
    )
    yield from _unnamed(
        Location("supplements.yaml", ("supplements",)),
        questionnaire.supplement,
        {id_ for source in sources for id_ in source.supplement_ids},
        "no question names the supplement “{}”",
        "name it in supplement_ids of a question or a row with a gap, or remove it",
    )
    yield from _unnamed(
        Location("scales.yaml", ("scales",)),
        questionnaire.scale,
        {id_ for question in asked for id_ in question.scale_ids()},
        "no question uses the scale “{}”",
        "remove it",
    )
    principles = {p for practice in questionnaire.practices for p in practice.samhsa_principles}
    known = questionnaire.rules.samhsa_principles
    yield from _unused_names(Location("rules.yaml", ("samhsa_principles",)), known, principles)


def _unlisted(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield what no resource names."""
    guide, resources = questionnaire.guide, questionnaire.resources
    yield from _unnamed(
        Location("guide.yaml", ("organisations",)),
        [organisation.id for organisation in guide.organisations],
        {id_ for resource in resources for id_ in resource.organisation_ids},
        "no resource names the organisation “{}”",
        "name it in organisation_ids of its resources, or remove it",
    )
    yield from _unnamed(
        Location("guide.yaml", ("sections",)),
        [section.number for section in guide.sections],
        {resource.section for resource in resources},
        "section {} of the guide has no resource",
        "add its resources to resources.yaml, or remove the section",
    )
    formats = {resource.format for resource in resources}
    yield from _unused_names(Location("rules.yaml", ("formats",)), questionnaire.rules.formats, formats)


def _unnamed(
    location: Location, ids: Iterable[object], named: Container[object], problem: str, fix: str
) -> Iterator[LocatedProblem]:
    """Yield a problem for each entry of a list that is not named."""
    for index, id_ in enumerate(ids):
        if id_ not in named:
            yield location.at(index).problem(problem.format(id_), fix)


def _unused_names(location: Location, names: Iterable[str], used: set[str]) -> Iterator[LocatedProblem]:
    for name in names:
        if name not in used:
            yield location.at(name).problem(f"nothing has “{name}” in “{location.keys[-1]}”", "remove it")
