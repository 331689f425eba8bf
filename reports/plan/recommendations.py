"""Which resources of the guide help with a finding or a training row.

The rule is the question bank's `resource_matching`: drop those whose audience is known not to fit;
prefer those that fit audience, stage and learning style; at most three for an action; the guide's
own order on ties; where the guide has nothing, say so and offer supplements apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questions.conditions import truth
from questions.guide import Resource
from questions.kinds.options import Option
from questions.path import Path
from questions.texts import PlanTexts
from reports.plan.explanations import audience_reason
from reports.plan.model import Cause, ChosenResource, Help, Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """An answer that asks for help, with what the content offers for it."""

    cause: Cause
    because: str
    answer: Option
    resource_ids: tuple[str, ...]
    supplement_ids: tuple[str, ...] = ()
    guide_gap: bool = False


def help_for(path: Path, need: Need) -> Help:
    """Return the resources to show for a need, best first, and the supplements if they may show."""
    questionnaire = path.questionnaire
    chosen = _chosen(path, need)
    gap = _guide_gap(questionnaire.texts.plan, need, shown=bool(chosen))
    return Help(
        resources=chosen,
        supplements=tuple(questionnaire.supplement[id_] for id_ in need.supplement_ids) if gap else (),
        guide_gap=gap,
    )


def _guide_gap(texts: PlanTexts, need: Need, *, shown: bool) -> str:
    """Return the sentence on what the guide lacks for a need; "" when it lacks nothing."""
    if shown:
        return texts.guide_gap_in_part if need.guide_gap else ""
    return texts.guide_gap_for_audience if need.resource_ids else texts.guide_gap


def recommendations_of(path: Path, shown: Sequence[tuple[Need, Help]]) -> tuple[Recommendation, ...]:
    """Return each resource shown for some need once, in guide order, with all its reasons."""
    reasons: dict[str, list[str]] = {}
    causes: dict[str, list[Cause]] = {}
    for need, help_ in shown:
        for chosen in help_.resources:
            for resource in filter(None, (chosen.resource, chosen.also)):
                reasons.setdefault(resource.id, []).append(" ".join(chosen.because))
                causes.setdefault(resource.id, []).append(need.cause)
    return tuple(
        Recommendation(resource=resource, reasons=tuple(reasons[id_]), causes=tuple(causes[id_]))
        for id_, resource in path.questionnaire.resource.items()
        if id_ in reasons
    )


def _chosen(path: Path, need: Need) -> tuple[ChosenResource, ...]:
    questionnaire = path.questionnaire
    fitting = [
        resource
        for id_, resource in questionnaire.resource.items()
        if id_ in need.resource_ids and truth(resource.show_when, path.active.by_question) is not False
    ]
    fitting.sort(key=lambda resource: -_points(path, need, resource))
    once = [r for i, r in enumerate(fitting) if r.same_as not in {other.id for other in fitting[:i]}]
    return tuple(
        ChosenResource(
            resource=resource,
            because=(need.because, *_audience(path, resource)),
            also=next((other for other in fitting if other.id == resource.same_as), None),
        )
        for resource in once[: questionnaire.rules.match.most_per_action]
    )


def _points(path: Path, need: Need, resource: Resource) -> int:
    """Return how well a resource fits: audience, stage and learning style, less for a caution."""
    rules = path.questionnaire.rules
    match = rules.match
    audience = resource.show_when is not None and truth(resource.show_when, path.active.by_question) is True
    stage = need.answer.steps is not None and rules.fit_by_steps.get(need.answer.steps) in resource.best_for
    return (
        match.audience_fits * audience
        + match.stage_fits * stage
        + match.format_fits * (resource.format in _liked_formats(path))
        + match.caution * bool(resource.caution)
    )


def _liked_formats(path: Path) -> frozenset[str]:
    style = path.questionnaire.rules.learning_style
    question, chosen = path.questionnaire.questions[style], path.active.by_question.get(style, ())
    options = question.options_in(path.questionnaire)
    return frozenset(format_ for option in options if option.value in chosen for format_ in option.formats)


def _audience(path: Path, resource: Resource) -> tuple[str, ...]:
    return audience_reason(path.questionnaire, resource, truth(resource.show_when, path.active.by_question))
