"""Sentences of the plan, built from the texts of the content."""

from __future__ import annotations

from questions.conditions import truth
from questions.guide import Resource
from questions.model import Questionnaire
from questions.path import Path
from questions.text import one_line
from reports.plan.model import Finding
from reports.plan.priorities import band_of, priority_of
from reports.plan.translations import translations


def explanation(questionnaire: Questionnaire, finding: Finding) -> str:
    """Return why this is an action: what it does to people, and the agency's own answer and note.

    In a version without texts for that, it is the sum of its priority, and why the practice matters.
    """
    texts = questionnaire.texts.composed
    if texts:
        form = texts.answered_noted if finding.note else texts.answered
        answered = form.format(answer=finding.answer.label, note=one_line(finding.note))
        return f"{finding.question.why} {answered}"
    scale = questionnaire.scale[finding.question.scale]
    top = max((o for o in scale.options if o.steps is not None), key=lambda o: o.steps or 0)
    return questionnaire.texts.plan.explain.format(
        answer=finding.answer.label,
        steps=steps(finding.gap, questionnaire.language),
        full=top.label,
        importance=finding.importance.value,
        importance_label=finding.importance.label,
        gap=finding.gap,
        priority=finding.priority,
        band=finding.band.label,
        why=finding.question.why,
    )


def priority_sum(questionnaire: Questionnaire, finding: Finding) -> str:
    """Return the sum behind the priority; "" in a version that has it in the explanation."""
    texts = questionnaire.texts.composed
    if texts is None:
        return ""
    return texts.sum.format(
        answer=finding.answer.label,
        gap=finding.gap,
        importance=finding.importance.value,
        importance_label=finding.importance.label,
        priority=finding.priority,
        band=finding.band.label,
    )


def next_stage_explanation(questionnaire: Questionnaire, finding: Finding) -> str:
    """Return the sentence about the priority that the action would have one stage later; "" for none."""
    if questionnaire.texts.composed:
        return ""
    options = questionnaire.scale[finding.question.scale].options
    further = next(o for o in options if o.steps == (finding.answer.steps or 0) + 1)
    priority = priority_of(questionnaire.rules, finding.importance, further)
    return questionnaire.texts.plan.explain_next.format(
        next_answer=further.label,
        next_priority=priority,
        next_band=band_of(questionnaire.rules, finding.importance, priority).label,
    )


def steps(count: int, language: str) -> str:
    """Return a number of steps in words, in a language such as "en-US"."""
    return translations(language).ngettext("%(num)s step", "%(num)s steps", count) % {"num": count}


def unanswered_label(language: str) -> str:
    """Return what practices without an answer are called, in a language such as "en-US"."""
    return translations(language).gettext("Not answered")


def strengths_heading(language: str) -> str:
    """Return the heading of the practices that are in place, in a language such as "en-US"."""
    return translations(language).gettext("What you already do well")


def audience_reason(path: Path, resource: Resource) -> tuple[str, ...]:
    """Return the sentence about whom the resource is for; () when it is for any agency."""
    if resource.show_when is None:
        return ()
    texts = path.questionnaire.texts.plan
    fits = truth(resource.show_when, path.active.by_question)
    form = texts.because_audience if fits else texts.because_audience_unknown
    return (form.format(audience=resource.audience),)
