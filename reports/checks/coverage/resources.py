"""Claims about resources, supplements and plan notes: each is shown to those it fits.

And about the rules for choosing between resources: without each rule, some plan would differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from questions.condition_solver import Conjunction, disjuncts, opposite, pick
from questions.guide import Resource, Supplement
from questions.model import Questionnaire
from questions.path import Path
from questions.rules import Fit, PlanNote, Rules
from questions.source_files.errors import Location
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import (
    answers_calling_for,
    answers_where_none_fits,
    gap_answers,
    help_shown,
)
from reports.plan.builder import ANY_HEADER, action_plan
from reports.plan.model import ActionPlan
from reports.plan.recommendations import resource_sources, sources_by_resource

_RECOMMEND = "name it in resource_ids where it is not outranked by others, or fix its show_when"


def resource_claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    """Yield the claims about resources, supplements and plan notes."""
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
        candidates=partial(_calls, questionnaire, resource),
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
        candidates=partial(_calls, questionnaire, resource),
        holds=lambda plan: known in _reasons(plan, resource),
        problem=f"no answers say that “{resource.id}” fits",
        fix=_RECOMMEND,
    )
    yield Claim(
        kind="resource that may fit",
        name=resource.id,
        location=location,
        candidates=partial(_unknown, questionnaire, resource),
        holds=lambda plan: unknown in _reasons(plan, resource),
        problem=f"“{resource.id}” is never offered to those who have not said whom they serve",
        fix="name it where it is not outranked by resources that fit any agency",
        needs_own_answers=True,
    )
    yield Claim(
        kind="resource left out",
        name=resource.id,
        location=location,
        candidates=partial(disjuncts, questionnaire, opposite(condition) if condition else None),
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
        candidates=partial(_gaps, questionnaire, supplement),
        holds=lambda plan: any(
            supplement is chosen.supplement for help_ in help_shown(plan) for chosen in help_.supplements
        ),
        problem=f"no answers bring the supplement “{supplement.id}” into a plan",
        fix="name it where the guide has a gap (guide_gap: true, or resources for some people only)",
    )


def _note(questionnaire: Questionnaire, note: PlanNote, location: Location) -> Iterator[Claim[ActionPlan]]:
    yield Claim(
        kind="note",
        name=note.id,
        location=location.at("show_when"),
        candidates=partial(disjuncts, questionnaire, note.show_when),
        holds=lambda plan: note.text in _notes(plan),
        problem=f"no answers make the plan print the note “{note.id}”",
        fix="take the contradiction out of its show_when, or take the note out",
    )
    yield Claim(
        kind="left out",
        name=note.id,
        location=location.at("show_when"),
        candidates=partial(disjuncts, questionnaire, opposite(note.show_when)),
        holds=lambda plan: note.text not in _notes(plan),
        problem=f"the note “{note.id}” is printed whatever is answered",
        fix="ask for less in its show_when, or put the sentence into texts.yaml",
    )


def _calls(questionnaire: Questionnaire, resource: Resource) -> Iterator[Conjunction]:
    for source in sources_by_resource(questionnaire)[resource.id]:
        yield from answers_calling_for(questionnaire, source, resource.show_when)


def _unknown(questionnaire: Questionnaire, resource: Resource) -> Iterator[Conjunction]:
    for source in sources_by_resource(questionnaire)[resource.id]:
        yield from gap_answers(source)


def _gaps(questionnaire: Questionnaire, supplement: Supplement) -> Iterator[Conjunction]:
    for source in resource_sources(questionnaire):
        if supplement.id in source.supplement_ids:
            yield from answers_calling_for(questionnaire, source)
            yield from answers_where_none_fits(questionnaire, source)


def _reasons(plan: ActionPlan, resource: Resource) -> set[str]:
    return {
        reason
        for help_ in help_shown(plan)
        for chosen in help_.resources
        if chosen.resource is resource
        for reason in chosen.because
    }


def _notes(plan: ActionPlan) -> tuple[str, ...]:
    return (*plan.who_notes, *plan.training_notes, *plan.barrier_notes)


# The rules for choosing between resources ------------------------------------------------------------

_LOCATION = Location("rules.yaml")


def choice_claims(questionnaire: Questionnaire) -> Iterator[Claim[Path]]:
    """Yield the claims about the rules that decide which resources an action shows."""
    rules = questionnaire.rules
    for steps, fit in rules.fit_by_steps.items():
        fewer = {other: suits for other, suits in rules.fit_by_steps.items() if other != steps}
        yield _claim(
            questionnaire,
            f"fit_by_steps {steps}",
            _LOCATION.at("fit_by_steps", str(steps)),
            replace(rules, fit_by_steps=fewer),
            _Choice(apart=partial(_suits, fit), steps=steps),
        )
    for name, choice in _POINTS.items():
        without = replace(rules, match=replace(rules.match, **{name: 0}))
        yield _claim(questionnaire, name, _LOCATION.at("match", name), without, choice)
    more = replace(rules, match=replace(rules.match, most_per_action=rules.match.most_per_action + 1))
    most = _Choice(apart=lambda resource: resource.id, least=rules.match.most_per_action + 1)
    yield _claim(questionnaire, "most_per_action", _LOCATION.at("match", "most_per_action"), more, most)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A choice that a rule may decide: between at least `least` resources that differ by `apart`.

    If `steps` is given, only for answers with that many steps; if `preferred_only`, for preferred formats.
    """

    apart: Callable[[Resource], object]
    steps: int | None = None
    preferred_only: bool = False
    least: int = 2


_POINTS = {
    "audience_fits": _Choice(apart=lambda resource: bool(resource.show_when)),
    "stage_fits": _Choice(apart=lambda resource: resource.best_for),
    "format_fits": _Choice(apart=lambda resource: resource.format, preferred_only=True),
    "caution": _Choice(apart=lambda resource: bool(resource.caution)),
}


def _claim(
    questionnaire: Questionnaire, name: str, location: Location, without: Rules, choice: _Choice
) -> Claim[Path]:
    other = replace(questionnaire, rules=without)
    return Claim(
        kind="choice",
        name=name,
        location=location,
        candidates=partial(_candidates, questionnaire, choice),
        holds=lambda path: _chosen(path) != _chosen(replace(path, questionnaire=other)),
        problem=f"“{name}” never decides which resources a plan shows",
        fix="change the number so that it can decide, or the resources that it is about",
        needs_own_answers=True,
    )


def _suits(fit: Fit, resource: Resource) -> bool:
    return fit in resource.best_for


def _candidates(questionnaire: Questionnaire, choice: _Choice) -> Iterator[Conjunction]:
    """Yield answers that require such a choice, without a preferred format and with each."""
    preferences = tuple(_preferred_formats(questionnaire))
    if choice.preferred_only:
        for conjunction in _choices(questionnaire, choice):
            yield from ((*conjunction, *preferred) for preferred in preferences)
        return
    for preferred in ((), *preferences):
        yield from ((*conjunction, *preferred) for conjunction in _choices(questionnaire, choice))


def _choices(questionnaire: Questionnaire, choice: _Choice) -> Iterator[Conjunction]:
    for source in resource_sources(questionnaire):
        resources = [questionnaire.resource[id_] for id_ in source.resource_ids]
        options = tuple(option for option in source.options if choice.steps in (None, option.steps))
        if not options or len(resources) < choice.least or len(set(map(choice.apart, resources))) < 2:
            continue
        for audience in dict.fromkeys((None, *(resource.show_when for resource in resources))):
            yield from answers_calling_for(questionnaire, source, audience, options=options)


def _preferred_formats(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    question = questionnaire.questions[questionnaire.rules.learning_style]
    options = question.options_in(questionnaire)
    yield from ((pick(question.id, option.value),) for option in options if option.formats)


def _chosen(path: Path) -> list[tuple[str, ...]]:
    """Return the resources that the plan of these answers shows for each of its needs, in order."""
    shown = help_shown(action_plan(path, ANY_HEADER))
    return [tuple(chosen.resource.id for chosen in help_.resources) for help_ in shown]
