"""Turns answers into findings: gap, importance, priority, band, and the published order for ties.

The numbers are content (rules.yaml): the gap of each stage, the importance of each basis, and the bands.
Scores are never added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from questions.conditions import leaves, truth
from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Questionnaire
from questions.path import Path
from questions.rules import Band, Importance, Rules, TieBreak
from reports.plan.model import Finding

_EFFORT_ORDER = {"low": 0, "medium": 1, "high": 2}

_TIE_KEYS: Mapping[str, Callable[[Finding], int]] = {
    "importance_high_first": lambda finding: -finding.importance.value,
    "branch_match": lambda finding: not finding.fits_profile,
    "narrow": lambda finding: not finding.fits_profile,
    "effort_low_first": lambda finding: _EFFORT_ORDER[finding.question.effort],
    "guide_order": lambda finding: finding.guide_order,
}


def findings_of(path: Path) -> tuple[Finding, ...]:
    """Return a finding for each practice on the path that is answered with a stage, in guide order."""
    found = []
    for order, question in enumerate(path.questionnaire.practices):
        answer = answer_to(path, question)
        if answer is not None and answer.steps is not None:
            found.append(
                finding_of(
                    path.questionnaire,
                    question,
                    answer,
                    guide_order=order,
                    fits_profile=_fits_profile(path, question),
                    note=path.active.notes.get(question.id, ""),
                )
            )
    return tuple(found)


def finding_of(
    questionnaire: Questionnaire,
    question: StageQuestion,
    answer: Option,
    *,
    guide_order: int,
    fits_profile: bool,
    note: str = "",
) -> Finding:
    """Return the finding of a practice that is answered with a stage."""
    rules = questionnaire.rules
    importance = importance_of(rules, question)
    priority = priority_of(rules, importance, answer)
    return Finding(
        question=question,
        answer=answer,
        gap=rules.gap[answer.value],
        importance=importance,
        priority=priority,
        band=band_of(rules, importance, priority),
        fits_profile=fits_profile,
        guide_order=guide_order,
        note=note,
    )


def depends_on_profile(rules: Rules, question: StageQuestion) -> bool:
    """Return whether it depends on the profile if it is asked; in a composed plan, on a narrow part of it."""
    if rules.composition is None:
        return question.show_when is not None
    return any(leaf.q in rules.composition.narrow_questions for leaf in leaves(question.show_when))


def _fits_profile(path: Path, question: StageQuestion) -> bool:
    rules = path.questionnaire.rules
    own = rules.own_condition(question.show_when)
    return depends_on_profile(rules, question) and truth(own, path.active.by_question) is True


def ranked(rules: Rules, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that have a gap, highest priority first, with ties in the published order."""
    with_gap = (finding for finding in findings if finding.gap)
    return tuple(sorted(with_gap, key=lambda finding: (-finding.priority, *tie_keys(rules, finding))))


def tie_keys(rules: Rules, finding: Finding) -> tuple[int, ...]:
    """Return the sort key of each step of the published order; the lower one comes first."""
    return tuple(_TIE_KEYS[step.id](finding) for step in rules.tie_breaks)


def tie_break(rules: Rules, first: Finding, second: Finding) -> TieBreak | None:
    """Return the step that decides the order of two findings; None if their priorities differ."""
    if first.priority != second.priority:
        return None
    steps = (step for step in rules.tie_breaks if _TIE_KEYS[step.id](first) != _TIE_KEYS[step.id](second))
    return next(steps, None)


def answer_to(path: Path, question: StageQuestion) -> Option | None:
    """Return the option chosen for a practice on the path, or None."""
    value = path.active.by_question.get(question.id)
    return path.questionnaire.scale[question.scale].option(value) if isinstance(value, str) else None


def importance_of(rules: Rules, question: StageQuestion) -> Importance:
    """Return the importance of a practice with its published reason."""
    return next(i for i in rules.importance if i.basis == question.importance_basis)


def priority_of(rules: Rules, importance: Importance, answer: Option) -> int:
    """Return the priority of a practice answered with this stage: its gap times its importance."""
    return rules.gap[answer.value] * importance.value


def band_of(rules: Rules, importance: Importance, priority: int) -> Band:
    """Return the band of a priority of a practice with this importance."""
    own = (band for band in rules.bands if band.basis in ("", importance.basis))
    return next(band for band in own if priority >= band.min)
