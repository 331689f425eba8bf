"""Faults of the guide, its resources and the sources when read together with the rest.

Faults of addresses: what is no web address, and tests of addresses that the content no longer has.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from questions.guide import Resource
from questions.links.inventory import LINK_CHECKS, address_uses
from questions.model import Questionnaire
from questions.source_files.errors import ReferenceFault, Spot


def guide_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of guide.yaml, resources.yaml and sources.yaml."""
    yield from _section_faults(questionnaire)
    asked = questionnaire.guide.audience_question
    question = questionnaire.questions.get(asked)
    if question is None or not question.conditions_may_read:
        yield Spot("guide.yaml", ("audience_question",)).fault(
            f"“{asked}” is no question with options", "name the question that asks whom the agency serves"
        )
    for index, resource in enumerate(questionnaire.resources):
        yield from _resource_faults(questionnaire, resource, Spot("resources.yaml", ("resources", index)))
    sections = [resource.section for resource in questionnaire.resources]
    if sections != sorted(sections):
        yield Spot("resources.yaml", ("resources",)).fault(
            "resources do not stand in the guide's order", "put those of a section together, section 1 first"
        )
    yield from _source_faults(questionnaire)


def _section_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    sections = questionnaire.guide.sections
    parts = {part.id: part for part in questionnaire.parts}
    for index, section in enumerate(sections):
        spot = Spot("guide.yaml", ("sections", index))
        if section.part not in parts or parts[section.part].guide_section != section.number:
            yield spot.fault(
                f"the part “{section.part}” does not name guide_section {section.number}",
                "mend “part” here, or guide_section there",
            )
    named = {section.part for section in sections}
    for part in questionnaire.practice_parts:
        if part.id not in named:
            yield Spot(f"{part.id}.yaml", ("guide_section",)).fault(
                "guide.yaml has no section for this part", "name the part in a section of guide.yaml"
            )


def _resource_faults(
    questionnaire: Questionnaire, resource: Resource, spot: Spot
) -> Iterator[ReferenceFault]:
    guide = questionnaire.guide
    if resource.section not in {section.number for section in guide.sections}:
        yield spot.at("section").fault(
            f"the guide has no section {resource.section}", "write the number of a section in guide.yaml"
        )
    organisations = {organisation.id for organisation in guide.organisations}
    yield from spot.at("organisation_ids").unknown(resource.organisation_ids, organisations)
    yield from spot.at("format").unknown([resource.format], questionnaire.rules.formats)
    if resource.show_when and not resource.audience:
        yield spot.fault("a resource with show_when needs audience", "add it: the words after “you serve”")
    other = questionnaire.resource.get(resource.same_as)
    if resource.same_as and (other is None or other is resource or other.same_as != resource.id):
        yield spot.at("same_as").fault(
            f"“{resource.same_as}” has to be another resource, and to name this one in its own same_as",
            "let the two entries name each other, or take same_as out",
        )
    yield from _retired_faults(questionnaire, resource, spot)


def _retired_faults(questionnaire: Questionnaire, resource: Resource, spot: Spot) -> Iterator[ReferenceFault]:
    """Yield faults of a resource that is no longer offered: it names what to use in its place."""
    if resource.retired:
        yield from spot.at("retired").no_date(resource.retired)
    if resource.retired and not (resource.successor or resource.substitute):
        yield spot.at("retired").fault(
            "a retired resource needs a successor or a substitute", "say what to use in its place"
        )
    if not resource.successor:
        return
    known = {*questionnaire.resource, *questionnaire.supplement}
    yield from spot.at("successor").unknown([resource.successor], known)
    after = questionnaire.resource.get(resource.successor)
    if not resource.retired:
        yield spot.at("successor").fault(
            "only a retired resource has a successor", "add “retired” and the day, or take “successor” out"
        )
    if after and (after is resource or after.retired):
        yield spot.at("successor").fault(
            f"“{after.id}” has to be another resource, and not retired itself",
            "name one that is still offered",
        )


def _source_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the sources: who names them, and when they were checked."""
    named: set[str] = set()
    for spot, ids in _cited(questionnaire):
        yield from spot.at("source_ids").unknown(ids, questionnaire.source)
        named.update(ids)
    for index, source in enumerate(questionnaire.sources):
        spot = Spot("sources.yaml", ("sources", index))
        if source.id not in named:
            yield spot.fault(
                f"nothing names the source “{source.id}”", "name it in source_ids, or take it out"
            )
        yield from spot.at("checked").no_date(source.checked)


def _cited(questionnaire: Questionnaire) -> Iterator[tuple[Spot, tuple[str, ...]]]:
    """Yield everything that can name sources, with the sources it names."""
    guide = questionnaire.guide
    yield Spot("guide.yaml"), guide.source_ids
    yield Spot("texts.yaml", ("screen", "support_source_ids")), questionnaire.texts.screen.support_source_ids
    for index, organisation in enumerate(guide.organisations):
        yield Spot("guide.yaml", ("organisations", index)), organisation.source_ids
    for index, supplement in enumerate(questionnaire.supplements):
        yield Spot("supplements.yaml", ("supplements", index)), supplement.source_ids
    for part in questionnaire.practice_parts:
        for p, page in enumerate(part.pages):
            for q, question in enumerate(page.questions):
                practice = questionnaire.practice.get(question.id)
                if practice:
                    yield Spot(f"{part.id}.yaml", ("pages", p, "questions", q)), practice.source_ids


def link_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of the addresses and of link_checks.yaml."""
    uses = tuple(address_uses(questionnaire))
    for use in uses:
        if not _is_web_address(use.url):
            yield use.spot.fault(
                f"“{use.url}” is no web address", "let it begin with https:// or http://, without spaces"
            )
    used = {use.url for use in uses}
    spot = Spot(LINK_CHECKS, ("links",))
    yield from spot.repeated(check.url for check in questionnaire.link_checks)
    for index, check in enumerate(questionnaire.link_checks):
        entry = spot.at(index)
        if check.url not in used:
            yield entry.fault("the content no longer has this address", "take the entry out")
        yield from entry.at("checked").no_date(check.checked)
        if check.last_worked:
            yield from entry.at("last_worked").no_date(check.last_worked)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not url.split()[1:]
