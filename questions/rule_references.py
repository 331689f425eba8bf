"""Faults of the rules, the guide and the resources when read together with the rest."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

from questions.model import Questionnaire, StageQuestion
from questions.spot import ReferenceFault, Spot
from questions.texts import PLACEHOLDERS


def rule_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of rules.yaml and of the placeholders in texts.yaml."""
    rules, spot = questionnaire.rules, Spot("rules.yaml")
    yield from spot.at("plan_size").unknown(rules.plan_size.questions, questionnaire.questions)
    yield from spot.at("learning_style").unknown([rules.learning_style], questionnaire.questions)
    yield from spot.at("tie_breaks").repeated(step.id for step in rules.tie_breaks)
    if [band.min for band in rules.bands] != sorted((band.min for band in rules.bands), reverse=True):
        yield spot.at("bands").fault("bands stand highest first")
    for scale in {q.scale for q in questionnaire.questions.values() if isinstance(q, StageQuestion)}:
        stages = {o.value for o in questionnaire.scale[scale].options if o.steps is not None}
        if stages != set(rules.gap):
            yield spot.at("gap").fault(f"gap needs one number for each stage of “{scale}”")
    yield from _placeholder_faults(questionnaire)


def guide_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    """Yield faults of guide.yaml and resources.yaml."""
    guide = questionnaire.guide
    parts = {part.id: part for part in questionnaire.parts}
    for index, section in enumerate(guide.sections):
        spot = Spot("guide.yaml", ("sections", index))
        if section.part not in parts or parts[section.part].guide_section != section.number:
            yield spot.fault(f"the part “{section.part}” does not name guide_section {section.number}")
    organisations = {organisation.id for organisation in guide.organisations}
    numbers = {section.number for section in guide.sections}
    for index, resource in enumerate(questionnaire.resources):
        spot = Spot("resources.yaml", ("resources", index))
        if resource.section not in numbers:
            yield spot.at("section").fault(f"the guide has no section {resource.section}")
        yield from spot.at("organisation_ids").unknown(resource.organisation_ids, organisations)
        yield from spot.at("format").unknown([resource.format], questionnaire.rules.formats)
        if resource.same_as:
            yield from spot.at("same_as").unknown([resource.same_as], questionnaire.resource)
        if resource.show_when and not resource.audience:
            yield spot.fault("a resource with show_when needs audience, the words for “you serve …”")
    sections = [resource.section for resource in questionnaire.resources]
    if sections != sorted(sections):
        yield Spot("resources.yaml", ("resources",)).fault("resources stand in the guide's order")


def _placeholder_faults(questionnaire: Questionnaire) -> Iterator[ReferenceFault]:
    texts: Mapping[str, object] = {
        name: getattr(group, name)
        for group in (questionnaire.texts.screen, questionnaire.texts.plan)
        for name in group.__dataclass_fields__
    }
    for name, text in texts.items():
        if isinstance(text, str):
            group = "screen" if name in questionnaire.texts.screen.__dataclass_fields__ else "plan"
            spot = Spot("texts.yaml", (group, name))
            yield from _wrong_placeholders(spot, text, PLACEHOLDERS.get(name, frozenset()))


def _wrong_placeholders(spot: Spot, text: str, allowed: frozenset[str]) -> Iterator[ReferenceFault]:
    try:
        used = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        yield spot.fault("a brace { or } stands alone")
        return
    for name in sorted(used - allowed):
        yield spot.fault(
            f"“{{{name}}}” is no placeholder of this text; it may use {sorted(allowed) or 'none'}"
        )
