"""Claims about the rules of scoring: each gap, importance, band, tie-break step and plan size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from questions.condition_solver import Conjunction, pick
from questions.model import Questionnaire
from questions.rules import Band, Importance
from questions.source_files.errors import Location
from questions.validation.locations import located_questions
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import all_gaps, answers_with, tied_findings
from reports.plan.model import ActionPlan, Finding
from reports.plan.priorities import band_of, importance_of, tie_break

_LOCATION = Location("rules.yaml")


def rule_claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    """Yield the claims about what a plan shows of rules.yaml."""
    rules = questionnaire.rules
    for stage, gap in rules.gap.items():
        yield _gap(questionnaire, stage, gap)
    for index, importance in enumerate(rules.importance):
        yield _importance(questionnaire, importance, _LOCATION.at("importance", index))
    for index, band in enumerate(rules.bands):
        yield _band(questionnaire, band, _LOCATION.at("bands", index))
    for index in range(len(rules.tie_breaks)):
        yield _tie_break(questionnaire, index)
    yield from _sizes(questionnaire)


def _gap(questionnaire: Questionnaire, stage: str, gap: int) -> Claim[ActionPlan]:
    return Claim(
        kind="gap",
        name=stage,
        location=_LOCATION.at("gap", stage),
        candidates=partial(_scored, questionnaire, stage=stage),
        holds=lambda plan: any(f.answer.value == stage and f.gap == gap for f in _findings(plan)),
        problem=f"no answers lead to the gap {gap} of “{stage}”",
        fix="remove it, or ask a question with this stage",
    )


def _importance(
    questionnaire: Questionnaire, importance: Importance, location: Location
) -> Claim[ActionPlan]:
    return Claim(
        kind="importance",
        name=importance.basis,
        location=location,
        candidates=partial(_scored, questionnaire, importance=importance),
        holds=lambda plan: any(action.finding.importance == importance for action in plan.actions),
        problem=f"no practice has the importance “{importance.basis}”",
        fix="give it to a practice, or remove it",
    )


def _band(questionnaire: Questionnaire, band: Band, location: Location) -> Claim[ActionPlan]:
    return Claim(
        kind="band",
        name=band.id,
        location=location,
        candidates=partial(_scored, questionnaire, band=band),
        holds=lambda plan: any(finding.band == band for finding in _findings(plan)),
        problem=f"no answers lead to the band “{band.id}”",
        fix="change its “min” to points that a gap times an importance can reach, or remove it",
    )


def _tie_break(questionnaire: Questionnaire, index: int) -> Claim[ActionPlan]:
    step = questionnaire.rules.tie_breaks[index]
    return Claim(
        kind="order",
        name=step.id,
        location=_LOCATION.at("tie_breaks", index),
        candidates=partial(tied_findings, questionnaire, index),
        holds=lambda plan: any(
            tie_break(questionnaire.rules, one.finding, other.finding) == step
            for one, other in zip(plan.actions, plan.actions[1:], strict=False)
        ),
        problem=f"no two actions are put in order by “{step.id}”",
        fix="remove the step, or move it up",
        needs_own_answers=True,
    )


def _sizes(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    size = questionnaire.rules.plan_size
    yield _size(questionnaire, "default", size.default, _LOCATION.at("plan_size", "default"), ())
    for question, location in located_questions(questionnaire):
        if question.id not in size.questions:
            continue
        for index, option in enumerate(question.options_in(questionnaire)):
            if option.plan_cap is not None:
                name, literal = f"{question.id} {option.value}", pick(question.id, option.value)
                here = question.option_location(questionnaire, location, index).at("plan_cap")
                yield _size(questionnaire, name, option.plan_cap, here, (literal,))


def _size(
    questionnaire: Questionnaire, name: str, size: int, location: Location, terms: Conjunction
) -> Claim[ActionPlan]:
    return Claim(
        kind="plan size",
        name=name,
        location=location,
        candidates=lambda: [(*terms, *all_gaps(questionnaire))],
        holds=lambda plan: plan.size == len(plan.planned) == size and bool(plan.further),
        problem=f"no answers lead to a plan of {size} actions, with others left for later",
        fix="lower the number: there are not so many practices",
        needs_own_answers=True,
    )


def _scored(
    questionnaire: Questionnaire,
    *,
    stage: str = "",
    importance: Importance | None = None,
    band: Band | None = None,
) -> Iterator[Conjunction]:
    """Yield answers with a finding that has this stage or importance, or is in this band."""
    rules = questionnaire.rules
    for question in questionnaire.practices:
        its = importance_of(rules, question)
        for value, gap in rules.gap.items():
            fits = (
                value == stage
                or (its == importance and gap > 0)
                or (band is not None and band_of(rules, its, gap * its.value) == band)
            )
            if fits:
                yield from answers_with(questionnaire, question, value)


def _findings(plan: ActionPlan) -> tuple[Finding, ...]:
    return (*plan.strengths, *(action.finding for action in plan.actions))
