"""Problems in the guide, its resources and the sources when read together with the rest.

Problems in addresses: what is not a web address, and tests of addresses that the content no longer has.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from questions.guide import Resource
from questions.links.inventory import LINK_CHECKS, address_uses
from questions.model import Questionnaire
from questions.source_files.errors import LocatedProblem, Location
from questions.validation.locations import located_questions


def guide_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in guide.yaml, resources.yaml and sources.yaml."""
    yield from _section_problems(questionnaire)
    asked = questionnaire.guide.audience_question
    question = questionnaire.questions.get(asked)
    if question is None or not question.conditions_may_read:
        yield Location("guide.yaml", ("audience_question",)).problem(
            f"“{asked}” is not a question with options", "use the question about whom the agency serves"
        )
    for index, resource in enumerate(questionnaire.resources):
        yield from _resource_problems(
            questionnaire, resource, Location("resources.yaml", ("resources", index))
        )
    sections = [resource.section for resource in questionnaire.resources]
    if sections != sorted(sections):
        yield Location("resources.yaml", ("resources",)).problem(
            "resources are not in the guide's order", "group them by section, section 1 first"
        )
    yield from _source_problems(questionnaire)


def _section_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    sections = questionnaire.guide.sections
    parts = {part.id: part for part in questionnaire.parts}
    for index, section in enumerate(sections):
        location = Location("guide.yaml", ("sections", index))
        if section.part not in parts or parts[section.part].guide_section != section.number:
            yield location.problem(
                f"the part “{section.part}” does not have guide_section {section.number}",
                "correct “part” here, or guide_section there",
            )
    named = {section.part for section in sections}
    for part in questionnaire.practice_parts:
        if part.id not in named:
            yield Location(f"{part.id}.yaml", ("guide_section",)).problem(
                "guide.yaml has no section for this part", "add the part to a section of guide.yaml"
            )


def _resource_problems(
    questionnaire: Questionnaire, resource: Resource, location: Location
) -> Iterator[LocatedProblem]:
    guide = questionnaire.guide
    if resource.section not in {section.number for section in guide.sections}:
        yield location.at("section").problem(
            f"the guide has no section {resource.section}", "write the number of a section in guide.yaml"
        )
    organisations = {organisation.id for organisation in guide.organisations}
    yield from location.at("organisation_ids").unknown_ids(resource.organisation_ids, organisations)
    yield from location.at("format").unknown_ids([resource.format], questionnaire.rules.formats)
    if resource.show_when and not resource.audience:
        yield location.problem(
            "a resource with show_when needs an audience", "add it: the words that follow “you serve”"
        )
    other = questionnaire.resource.get(resource.same_as)
    if resource.same_as and (other is None or other is resource or other.same_as != resource.id):
        yield location.at("same_as").problem(
            f"“{resource.same_as}” must be another resource, and to name this one in its own same_as",
            "let the two entries name each other, or remove same_as",
        )
    yield from _retired_problems(questionnaire, resource, location)


def _retired_problems(
    questionnaire: Questionnaire, resource: Resource, location: Location
) -> Iterator[LocatedProblem]:
    """Yield problems in a resource that is no longer offered: it must say what to use instead."""
    if resource.retired:
        yield from location.at("retired").invalid_date(resource.retired)
    if resource.retired and not (resource.successor or resource.substitute):
        yield location.at("retired").problem(
            "a retired resource needs a successor or a substitute", "say what to use instead"
        )
    if not resource.successor:
        return
    known = {*questionnaire.resource, *questionnaire.supplement}
    yield from location.at("successor").unknown_ids([resource.successor], known)
    after = questionnaire.resource.get(resource.successor)
    if not resource.retired:
        yield location.at("successor").problem(
            "only a retired resource has a successor", "add “retired” and the day, or remove “successor”"
        )
    if after and (after is resource or after.retired):
        yield location.at("successor").problem(
            f"“{after.id}” must be another resource, and not retired itself",
            "use one that is still offered",
        )


def _source_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in the sources: whether anything cites them, and when they were checked."""
    named: set[str] = set()
    for location, ids in _cited(questionnaire):
        yield from location.at("source_ids").unknown_ids(ids, questionnaire.source)
        named.update(ids)
    for index, source in enumerate(questionnaire.sources):
        location = Location("sources.yaml", ("sources", index))
        if source.id not in named:
            yield location.problem(
                f"nothing cites the source “{source.id}”", "cite it in source_ids, or remove it"
            )
        yield from location.at("checked").invalid_date(source.checked)


def _cited(questionnaire: Questionnaire) -> Iterator[tuple[Location, tuple[str, ...]]]:
    """Yield the location of everything that can cite sources, with the ids that it cites."""
    guide = questionnaire.guide
    yield Location("guide.yaml"), guide.source_ids
    yield (
        Location("texts.yaml", ("screen", "support_source_ids")),
        questionnaire.texts.screen.support_source_ids,
    )
    for index, organisation in enumerate(guide.organisations):
        yield Location("guide.yaml", ("organisations", index)), organisation.source_ids
    for index, supplement in enumerate(questionnaire.supplements):
        yield Location("supplements.yaml", ("supplements", index)), supplement.source_ids
    for question, location in located_questions(questionnaire):
        if question.id in questionnaire.practice:
            yield location, questionnaire.practice[question.id].source_ids


def link_problems(questionnaire: Questionnaire) -> Iterator[LocatedProblem]:
    """Yield problems in the addresses and in link_checks.yaml."""
    uses = tuple(address_uses(questionnaire))
    for use in uses:
        if not _is_web_address(use.url):
            yield use.location.problem(
                f"“{use.url}” is not a web address",
                "it must begin with https:// or http:// and have no spaces",
            )
    used = {use.url for use in uses}
    location = Location(LINK_CHECKS, ("links",))
    yield from location.repeated_ids(check.url for check in questionnaire.link_checks)
    for index, check in enumerate(questionnaire.link_checks):
        entry = location.at(index)
        if check.url not in used:
            yield entry.problem("the content no longer has this address", "remove the entry")
        yield from entry.at("checked").invalid_date(check.checked)
        if check.last_worked:
            yield from entry.at("last_worked").invalid_date(check.last_worked)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not url.split()[1:]
