"""A small content for tests of composition: practices with roles, laid over the sample questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from questions.model import Questionnaire
from questions.rules import Composition, Importance, PlaceId, PlaceRule, Rules, TieBreak
from questions.texts import ComposedTexts
from reports.plan.composition import Composed, compose
from reports.plan.model import Finding
from reports.plan.priorities import finding_of, ranked
from tests.support.sample import sample_questionnaire

COMPOSITION = Composition(
    urgent_basis="direct_harm",
    not_yet_gap=3,
    in_place_gap=1,
    survivors_from_size=3,
    narrow_questions=("pf-populations",),
    places=tuple(PlaceRule(id=id_, label=id_, why=id_) for id_ in get_args(PlaceId)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A practice of the small content: its section, the basis of its importance, and its roles."""

    id: str
    section: str
    basis: str = "depended_on"
    roles: tuple[str, ...] = ()
    effort: str = "medium"


def small_rules() -> Rules:
    """Return the sample's rules with those of composition."""
    importance = tuple(
        Importance(value=value, basis=basis, label=basis)
        for value, basis in ((3, "direct_harm"), (3, "foundation"), (2, "depended_on"), (1, "helps_last"))
    )
    steps = tuple(TieBreak(id=id_, label=id_) for id_ in ("narrow", "effort_low_first", "guide_order"))
    return replace(
        sample_questionnaire().rules, composition=COMPOSITION, importance=importance, tie_breaks=steps
    )


def composed_questionnaire() -> Questionnaire:
    """Return the sample questionnaire with plans that are composed, and the texts for that."""
    sample = sample_questionnaire()
    composed = ComposedTexts(
        answered="You answered “{answer}.”",
        answered_noted="You answered “{answer},” and noted: “{note}”",
        sum="{answer} ({gap}) × {importance_label} ({importance}) = {priority}: {band}.",
        tie="Tied: {order}.",
        then_foundation="Next: {title}.",
        not_online="Not online: {title}.",
        nothing_opens="Nothing opens.",
    )
    comparison = replace(
        sample.texts.comparison,
        one_step_intro="One step can be chance.",
        clear_by_evidence="{steps}, and evidence: {evidence}",
        caution_essentials="One was a first look.",
    )
    return replace(
        sample, rules=small_rules(), texts=replace(sample.texts, composed=composed, comparison=comparison)
    )


def order_of(practices: Sequence[Practice], stages: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the findings of these answers by rank; a practice without an answer has none."""
    known = replace(sample_questionnaire(), rules=small_rules())
    model = known.practices[0]
    scale = known.scale[model.scale]
    values = {"direct_harm": 3, "foundation": 3, "depended_on": 2}
    findings = [
        finding_of(
            known,
            replace(
                model,
                id=practice.id,
                importance=values[practice.basis],
                importance_basis=practice.basis,
                roles=practice.roles,
                effort=practice.effort,
            ),
            scale.option(stages[practice.id]),
            guide_order=number,
            fits_profile=False,
        )
        for number, practice in enumerate(practices)
        if practice.id in stages
    ]
    return ranked(known.rules, findings)


def plan_of_stages(
    practices: Sequence[Practice],
    stages: Mapping[str, str],
    size: int,
    under_way: frozenset[str] = frozenset(),
) -> Composed:
    """Return the plan of these answers."""
    sections = {practice.id: practice.section for practice in practices}
    return compose(COMPOSITION, order_of(practices, stages), size, sections, under_way)
