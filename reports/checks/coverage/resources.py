"""Claims on what a plan can source: each resource for those it fits, each supplement, each note."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from questions.condition_solver import Conjunction, disjuncts, opposite
from questions.guide import Resource, Supplement
from questions.model import Questionnaire
from questions.rules import PlanNote
from questions.source_files.errors import Location
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import answers_to, asks, asks_for_nobody, helps
from reports.plan.model import ActionPlan
from reports.plan.recommendations import resource_sources, sources_by_resource

_RECOMMEND = "name it in resource_ids where it is not outranked by others, or fix its show_when"


def resource_claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    """Yield the claims on resources, supplements and plan notes."""
    for index, resource in enumerate(questionnaire.resources):
        location = Location("resources.yaml", ("resources", index))
        yield _recommended(questionnaire, resource, location)
        if resource.show_when:
            yield from _audience(questionnaire, resource, location.at("show_when"))
    for index, supplement in enumerate(questionnaire.supplements):
        yield _supplement(questionnaire, supplement, Location("supplements.yaml", ("supplements", index)))
    for index, note in enumerate(questionnaire.plan_notes):
        yield from _note(questionnaire, note, Location("plan_notes.yaml", ("plan_notes", index)))


def _recommended(questionnaire: Questionnaire, resource: Resource, location: Location) -> Claim[ActionPlan]:
    return Claim(
        kind="resource",
        name=resource.id,
        location=location,
        ways=partial(_calls, questionnaire, resource),
        holds=lambda plan: any(item.resource is resource for item in plan.resources),
        problem=f"no answers bring the resource “{resource.id}” into a plan",
        fix=_RECOMMEND,
    )


def _audience(
    questionnaire: Questionnaire, resource: Resource, location: Location
) -> Iterator[Claim[ActionPlan]]:
    texts = questionnaire.texts.plan
    condition = resource.show_when
    known = texts.because_audience.format(audience=resource.audience)
    unknown = texts.because_audience_unknown.format(audience=resource.audience)
    closed = texts.why_not_audience.format(audience=resource.audience)
    yield Claim(
        kind="resource that fits",
        name=resource.id,
        location=location,
        ways=partial(_calls, questionnaire, resource),
        holds=lambda plan: known in _reasons(plan, resource),
        problem=f"no answers say that “{resource.id}” fits",
        fix=_RECOMMEND,
    )
    yield Claim(
        kind="resource that may fit",
        name=resource.id,
        location=location,
        ways=partial(_unknown, questionnaire, resource),
        holds=lambda plan: unknown in _reasons(plan, resource),
        problem=f"“{resource.id}” is never offered to those who have not said whom they serve",
        fix="name it where it is not outranked by resources that fit any agency",
        alone=True,
    )
    yield Claim(
        kind="resource left out",
        name=resource.id,
        location=location,
        ways=partial(disjuncts, questionnaire, opposite(condition) if condition else None),
        holds=lambda plan: any(
            item.resource is resource and item.why == closed for item in plan.not_recommended
        ),
        problem=f"“{resource.id}” fits whatever is answered",
        fix="take show_when and audience out, or ask in it for less",
    )


def _supplement(
    questionnaire: Questionnaire, supplement: Supplement, location: Location
) -> Claim[ActionPlan]:
    return Claim(
        kind="supplement",
        name=supplement.id,
        location=location,
        ways=partial(_gaps, questionnaire, supplement),
        holds=lambda plan: any(supplement in help_.supplements for help_ in helps(plan)),
        problem=f"no answers bring the supplement “{supplement.id}” into a plan",
        fix="name it where the guide has a gap (guide_gap: true, or resources for some people only)",
    )


def _note(questionnaire: Questionnaire, note: PlanNote, location: Location) -> Iterator[Claim[ActionPlan]]:
    yield Claim(
        kind="note",
        name=note.id,
        location=location.at("show_when"),
        ways=partial(disjuncts, questionnaire, note.show_when),
        holds=lambda plan: note.text in _notes(plan),
        problem=f"no answers make the plan print the note “{note.id}”",
        fix="take the contradiction out of its show_when, or take the note out",
    )
    yield Claim(
        kind="left out",
        name=note.id,
        location=location.at("show_when"),
        ways=partial(disjuncts, questionnaire, opposite(note.show_when)),
        holds=lambda plan: note.text not in _notes(plan),
        problem=f"the note “{note.id}” is printed whatever is answered",
        fix="ask for less in its show_when, or put the sentence into texts.yaml",
    )


def _calls(questionnaire: Questionnaire, resource: Resource) -> Iterator[Conjunction]:
    for source in sources_by_resource(questionnaire)[resource.id]:
        yield from asks(questionnaire, source, resource.show_when)


def _unknown(questionnaire: Questionnaire, resource: Resource) -> Iterator[Conjunction]:
    for source in sources_by_resource(questionnaire)[resource.id]:
        yield from answers_to(source)


def _gaps(questionnaire: Questionnaire, supplement: Supplement) -> Iterator[Conjunction]:
    for source in resource_sources(questionnaire):
        if supplement.id in source.supplement_ids:
            yield from asks(questionnaire, source)
            yield from asks_for_nobody(questionnaire, source)


def _reasons(plan: ActionPlan, resource: Resource) -> set[str]:
    return {
        reason
        for help_ in helps(plan)
        for chosen in help_.resources
        if chosen.resource is resource
        for reason in chosen.because
    }


def _notes(plan: ActionPlan) -> tuple[str, ...]:
    return (*plan.who_notes, *plan.training_notes, *plan.barrier_notes)
