"""Claims about the sentences of the plan: each that is not in every plan is printed for some answers.

`_PRINTED` and `_CONDITIONAL` at the end of this module give, for each text, the search for candidate answers
and how to tell that the plan has it. A new text of the plan needs a line in one of them; a test counts them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from questions.condition_solver import Conjunction, disjuncts, opposite, pick
from questions.conditions import NOT_SURE, Condition, leaves
from questions.kinds.base import ResourceSource
from questions.model import Questionnaire
from questions.source_files.errors import Location
from questions.texts import ComposedTexts
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import (
    all_gaps,
    answers_calling_for,
    answers_where_none_fits,
    answers_with,
    gap_answers,
    help_shown,
    no_gaps,
    practice_gaps,
    tied_findings,
)
from reports.plan.model import ActionPlan
from reports.plan.recommendations import resource_sources

SourceFilter = Callable[[Questionnaire, ResourceSource], bool]


def no_answers(_questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the candidate in which nothing is answered."""
    yield ()


def fully_answered(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield the candidate in which everything is answered and no answer calls for anything."""
    yield no_gaps(questionnaire)


def with_gap(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates with each gap."""
    for question, option in practice_gaps(questionnaire):
        yield from answers_with(questionnaire, question, option.value)


def with_not_sure(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates in which each practice is answered “not sure”."""
    for question in questionnaire.practices:
        yield from answers_with(questionnaire, question, NOT_SURE)


def with_tied_actions(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates with two actions of equal priority."""
    for step in range(len(questionnaire.rules.tie_breaks)):
        yield from tied_findings(questionnaire, step)


def with_actions_beyond_size(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates with more actions than the plan's size, for each size."""
    due = all_gaps(questionnaire)
    yield due
    for id_ in questionnaire.rules.plan_size.questions:
        options = questionnaire.questions[id_].options_in(questionnaire)
        yield from ((*due, pick(id_, option.value)) for option in options)


def with_need(
    questionnaire: Questionnaire, *, matching: SourceFilter, audience: bool = False
) -> Iterator[Conjunction]:
    """Yield candidates with each matching need; with `audience`, for resources whose audience is served."""
    for source in resource_sources(questionnaire):
        if matching(questionnaire, source):
            for condition in _audiences(questionnaire, source) if audience else (None,):
                yield from answers_calling_for(questionnaire, source, condition)


def with_unknown_audience(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates that call for a resource with an audience, without saying whom the agency serves."""
    for source in resource_sources(questionnaire):
        if any(_audiences(questionnaire, source)):
            yield from gap_answers(source)


def with_no_fitting_resource(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates that call for resources of which none fits."""
    for source in resource_sources(questionnaire):
        yield from answers_where_none_fits(questionnaire, source)


def with_wrong_audience(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates in which a resource does not fit."""
    for resource in questionnaire.resources:
        if resource.show_when:
            yield from disjuncts(questionnaire, opposite(resource.show_when))


def with_one_open(questionnaire: Questionnaire, *, matching: SourceFilter) -> Iterator[Conjunction]:
    """Yield candidates in which one matching question or row is unanswered and nothing else is due."""
    for source in resource_sources(questionnaire):
        if matching(questionnaire, source):
            yield no_gaps(questionnaire, except_for=source)


def with_exclusive_option(questionnaire: Questionnaire) -> Iterator[Conjunction]:
    """Yield candidates in which an exclusive option decides for whom a resource is."""
    for condition in dict.fromkeys(resource.show_when for resource in questionnaire.resources):
        for leaf in leaves(condition):
            for option in questionnaire.questions[leaf.q].options_in(questionnaire):
                if option.exclusive:
                    yield (pick(leaf.q, option.value),)


def _audiences(questionnaire: Questionnaire, source: ResourceSource) -> Iterator[Condition]:
    conditions = (questionnaire.resource[id_].show_when for id_ in source.resource_ids)
    return filter(None, conditions)


def has_resources(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide has resources for it."""
    return bool(source.resource_ids)


def has_no_resources(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide has no resources for it."""
    return not source.resource_ids


def has_guide_gap(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether the guide has resources for it, but not enough."""
    return bool(source.resource_ids) and source.guide_gap


def has_supplements(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it has supplements."""
    return bool(source.supplement_ids)


def is_practice(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is a practice."""
    return source.question.is_practice


def is_row(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is a row of a matrix."""
    return source.row is not None


def is_answer(_questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it is a question with one answer."""
    return source.row is None and not source.question.is_practice


def has_more_than_shown(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether it has more resources than an action shows."""
    return len(source.resource_ids) > questionnaire.rules.match.most_per_action


def has_both_twins(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether two of its resources are the same recording."""
    return any(questionnaire.resource[id_].same_as in source.resource_ids for id_ in source.resource_ids)


def has_one_twin(questionnaire: Questionnaire, source: ResourceSource) -> bool:
    """Return whether one of its resources has a second entry in the guide that it does not have."""
    others = (questionnaire.resource[id_].same_as for id_ in source.resource_ids)
    return any(other and other not in source.resource_ids for other in others)


# In a composed plan, other texts replace these.
REPLACED = frozenset({"explain", "explain_next", "equal_points", "cut_line"})

Ways = Callable[[Questionnaire], Iterable[Conjunction]]
Test = Callable[[ActionPlan], bool]
Where = Callable[[ActionPlan], Iterable[str]]


def text_claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    """Yield a claim for each text of the plan that depends on the answers."""
    texts, composed = questionnaire.texts.plan, questionnaire.texts.composed
    for name, (where, found) in _PRINTED.items():
        if composed is None or name not in REPLACED:
            printed = partial(_is_printed, _form(getattr(texts, name)), where)
            yield _claim(questionnaire, ("plan", name), found, printed)
    for name, (test, found) in _CONDITIONAL.items():
        yield _claim(questionnaire, ("plan", name), found, test)
    if composed is None:
        return
    for text, (where, found) in _composed(composed).items():
        printed = partial(_is_printed, _form(text), where)
        yield _claim(questionnaire, ("composed", text), found, printed)


def _composed(texts: ComposedTexts) -> Mapping[str, tuple[Where, Ways]]:
    return {
        texts.answered: (_because, with_gap),
        texts.sum: (lambda plan: (action.sum for action in plan.actions), with_gap),
        texts.tie: (_equal_points, with_tied_actions),
        texts.then_foundation: (lambda plan: (plan.then_foundation,), with_actions_beyond_size),
    }


def _claim(
    questionnaire: Questionnaire, place: tuple[str, str], found: Ways, test: Test
) -> Claim[ActionPlan]:
    group, name = place
    return Claim(
        kind="text",
        name=name,
        location=Location("texts.yaml", (group, name) if group == "plan" else (group,)),
        candidates=partial(found, questionnaire),
        holds=test,
        problem=f"no answers make a plan say “{name}”",
        fix="let a question, a resource or a rule lead there again, or take the text and its use out",
        needs_own_answers=True,
    )


def _form(text: str) -> re.Pattern[str]:
    """Return a pattern that matches the text with any values for its placeholders."""
    pieces = string.Formatter().parse(text)
    return re.compile(
        "".join(re.escape(words) + ("" if name is None else ".*") for words, name, _, _ in pieces), re.DOTALL
    )


def _is_printed(form: re.Pattern[str], where: Where, plan: ActionPlan) -> bool:
    return any(form.search(text) for text in where(plan))


# Where a plan has a text, or when its page and PDF print one --------------------------


def _because(plan: ActionPlan) -> Iterator[str]:
    return (action.because for action in plan.actions)


def _equal_points(plan: ActionPlan) -> Iterator[str]:
    return (action.equal_points for action in plan.actions)


def _reasons(plan: ActionPlan) -> Iterator[str]:
    return (reason for help_ in help_shown(plan) for chosen in help_.resources for reason in chosen.because)


def _gaps(plan: ActionPlan) -> Iterator[str]:
    return (help_.guide_gap for help_ in help_shown(plan))


def _why_not(plan: ActionPlan) -> Iterator[str]:
    return (item.why for item in plan.not_recommended)


def _would_bring(plan: ActionPlan) -> Iterator[str]:
    return (item.would_bring for item in plan.not_recommended)


def _has_twins(plan: ActionPlan) -> bool:
    return any(chosen.also for help_ in help_shown(plan) for chosen in help_.resources)


def _has_supplements(plan: ActionPlan) -> bool:
    return any(help_.supplements for help_ in help_shown(plan))


def _has_no_link(plan: ActionPlan) -> bool:
    return any(not item.resource.link for item in plan.resources)


_PRINTED: dict[str, tuple[Where, Ways]] = {
    "explain": (_because, with_gap),
    "explain_next": (lambda plan: (action.if_next for action in plan.actions), with_gap),
    "equal_points": (_equal_points, with_tied_actions),
    "cut_line": (lambda plan: (plan.cut_line,), with_actions_beyond_size),
    "guide_gap": (_gaps, partial(with_need, matching=has_no_resources)),
    "guide_gap_for_audience": (_gaps, with_no_fitting_resource),
    "guide_gap_in_part": (_gaps, partial(with_need, matching=has_guide_gap)),
    "because_answer": (_reasons, partial(with_need, matching=has_resources)),
    "because_row": (_reasons, partial(with_need, matching=is_row)),
    "because_audience": (_reasons, partial(with_need, matching=has_resources, audience=True)),
    "because_audience_unknown": (_reasons, with_unknown_audience),
    "why_not_audience": (_why_not, with_wrong_audience),
    "why_not_same_as": (_why_not, partial(with_need, matching=has_one_twin)),
    "why_not_outranked": (_why_not, partial(with_need, matching=has_more_than_shown)),
    "why_not_unanswered": (_why_not, no_answers),
    "why_not_no_need": (_why_not, fully_answered),
    "would_bring_if": (_would_bring, no_answers),
    "would_bring_practice": (_would_bring, partial(with_one_open, matching=is_practice)),
    "would_bring_row": (_would_bring, partial(with_one_open, matching=is_row)),
    "would_bring_answer": (_would_bring, partial(with_one_open, matching=is_answer)),
    "would_bring_choice": (_would_bring, with_no_fitting_resource),
    "would_bring_other": (_would_bring, with_exclusive_option),
}
_CONDITIONAL: dict[str, tuple[Test, Ways]] = {
    "strengths_none": (lambda plan: not plan.strengths, no_answers),
    "actions_none": (lambda plan: not plan.actions and not plan.has_no_answers, fully_answered),
    "nothing_answered": (lambda plan: plan.has_no_answers, no_answers),
    "training_none": (lambda plan: not plan.training and plan.training_answered, fully_answered),
    "find_out_intro": (lambda plan: bool(plan.find_out_first), with_not_sure),
    "find_out_none": (lambda plan: not plan.find_out_first, no_answers),
    "same_recording": (_has_twins, partial(with_need, matching=has_both_twins)),
    "supplements_intro": (_has_supplements, partial(with_need, matching=has_supplements)),
    "no_address": (_has_no_link, partial(with_need, matching=has_resources)),
}
