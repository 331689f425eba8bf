"""Claims on the choice of resources: each rule makes a difference, so that a plan without it is another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from questions.condition_solver import Conjunction, pick
from questions.guide import Resource
from questions.model import Questionnaire
from questions.path import Path
from questions.rules import Fit, Rules
from questions.source_files.errors import Location
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import HEADER, asks, helps
from reports.plan.builder import action_plan
from reports.plan.recommendations import resource_sources

_LOCATION = Location("rules.yaml")


def choice_claims(questionnaire: Questionnaire) -> Iterator[Claim[Path]]:
    """Yield the claims on what decides which resources an action shows."""
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
    """Where a rule may decide: between resources that are `apart`, of which there are `least`.

    Only for answers of so many `steps`, if that is not None; `liked` if only for a liked form of learning.
    """

    apart: Callable[[Resource], object]
    steps: int | None = None
    liked: bool = False
    least: int = 2


_POINTS = {
    "audience_fits": _Choice(apart=lambda resource: bool(resource.show_when)),
    "stage_fits": _Choice(apart=lambda resource: resource.best_for),
    "format_fits": _Choice(apart=lambda resource: resource.format, liked=True),
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
        ways=partial(_ways, questionnaire, choice),
        holds=lambda path: _chosen(path) != _chosen(replace(path, questionnaire=other)),
        problem=f"“{name}” never decides which resources a plan shows",
        fix="change the number so that it can decide, or the resources that it is about",
        alone=True,
    )


def _suits(fit: Fit, resource: Resource) -> bool:
    return fit in resource.best_for


def _ways(questionnaire: Questionnaire, choice: _Choice) -> Iterator[Conjunction]:
    """Yield ways to an answer with such a choice, without a liked form of learning and with each."""
    likes = tuple(_likes(questionnaire))
    if choice.liked:
        for product in _choices(questionnaire, choice):
            yield from ((*product, *like) for like in likes)
        return
    for like in ((), *likes):
        yield from ((*product, *like) for product in _choices(questionnaire, choice))


def _choices(questionnaire: Questionnaire, choice: _Choice) -> Iterator[Conjunction]:
    for source in resource_sources(questionnaire):
        resources = [questionnaire.resource[id_] for id_ in source.resource_ids]
        options = tuple(option for option in source.options if choice.steps in (None, option.steps))
        if not options or len(resources) < choice.least or len(set(map(choice.apart, resources))) < 2:
            continue
        for audience in dict.fromkeys((None, *(resource.show_when for resource in resources))):
            yield from asks(questionnaire, source, audience, options=options)


def _likes(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    question = questionnaire.questions[questionnaire.rules.learning_style]
    options = question.options_in(questionnaire)
    yield from ((pick(question.id, option.value),) for option in options if option.formats)


def _chosen(path: Path) -> list[tuple[str, ...]]:
    """Return the resources that the plan of these answers shows for each of its needs, in order."""
    shown = helps(action_plan(path, HEADER))
    return [tuple(chosen.resource.id for chosen in help_.resources) for help_ in shown]
