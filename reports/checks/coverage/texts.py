"""Claims on the sentences of the plan: each text that is not always printed is, under some answers."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from questions.condition_solver import Conjunction
from questions.model import Questionnaire
from questions.source_files.errors import Location
from reports.checks.coverage import texts_search as to
from reports.checks.coverage.prover import Claim
from reports.checks.coverage.search import helps
from reports.plan.model import ActionPlan

ALWAYS = frozenset({"lead", "not_validated", "low_answers", "how_made", "review_intro"})

Ways = Callable[[Questionnaire], Iterable[Conjunction]]
Test = Callable[[ActionPlan], bool]
Where = Callable[[ActionPlan], Iterable[str]]


def text_claims(questionnaire: Questionnaire) -> Iterator[Claim[ActionPlan]]:
    """Yield a claim for each text of the plan that depends on the answers."""
    texts = questionnaire.texts.plan
    for name, (where, found) in _SAID.items():
        yield _claim(questionnaire, name, found, partial(_is_said, _form(getattr(texts, name)), where))
    for name, (test, found) in _SHOWN.items():
        yield _claim(questionnaire, name, found, test)


def _claim(questionnaire: Questionnaire, name: str, found: Ways, test: Test) -> Claim[ActionPlan]:
    return Claim(
        kind="text",
        name=name,
        location=Location("texts.yaml", ("plan", name)),
        ways=partial(found, questionnaire),
        holds=test,
        problem=f"no answers make a plan say “{name}”",
        fix="let a question, a resource or a rule lead there again, or take the text and its use out",
        alone=True,
    )


def _form(text: str) -> re.Pattern[str]:
    """Return a pattern of the text, whatever its names in braces stand for."""
    pieces = string.Formatter().parse(text)
    return re.compile(
        "".join(re.escape(words) + ("" if name is None else ".*") for words, name, _, _ in pieces), re.DOTALL
    )


def _is_said(form: re.Pattern[str], where: Where, plan: ActionPlan) -> bool:
    return any(form.search(text) for text in where(plan))


# Where a plan says a text, or what must be so that its page and PDF print one --------------------------


def _reasons(plan: ActionPlan) -> Iterator[str]:
    return (reason for help_ in helps(plan) for chosen in help_.resources for reason in chosen.because)


def _gaps(plan: ActionPlan) -> Iterator[str]:
    return (help_.guide_gap for help_ in helps(plan))


def _why_not(plan: ActionPlan) -> Iterator[str]:
    return (item.why for item in plan.not_recommended)


def _would_bring(plan: ActionPlan) -> Iterator[str]:
    return (item.would_bring for item in plan.not_recommended)


def _has_twins(plan: ActionPlan) -> bool:
    return any(chosen.also for help_ in helps(plan) for chosen in help_.resources)


def _has_supplements(plan: ActionPlan) -> bool:
    return any(help_.supplements for help_ in helps(plan))


def _has_no_link(plan: ActionPlan) -> bool:
    return any(not item.resource.link for item in plan.resources)


_SAID: dict[str, tuple[Where, Ways]] = {
    "explain": (lambda plan: (action.because for action in plan.actions), to.gap),
    "explain_next": (lambda plan: (action.if_next for action in plan.actions), to.gap),
    "equal_points": (lambda plan: (action.equal_points for action in plan.actions), to.equals),
    "cut_line": (lambda plan: (plan.cut_line,), to.cut),
    "guide_gap": (_gaps, partial(to.need, of=to.offers_nothing)),
    "guide_gap_for_audience": (_gaps, to.need_of_nobody),
    "guide_gap_in_part": (_gaps, partial(to.need, of=to.offers_a_part)),
    "because_answer": (_reasons, partial(to.need, of=to.offers_something)),
    "because_row": (_reasons, partial(to.need, of=to.is_row)),
    "because_audience": (_reasons, partial(to.need, of=to.offers_something, audience=True)),
    "because_audience_unknown": (_reasons, to.unknown_audience),
    "why_not_audience": (_why_not, to.wrong_audience),
    "why_not_same_as": (_why_not, partial(to.need, of=to.offers_one_twin)),
    "why_not_outranked": (_why_not, partial(to.need, of=to.offers_too_many)),
    "why_not_unanswered": (_why_not, to.blank),
    "why_not_no_need": (_why_not, to.settled),
    "would_bring_if": (_would_bring, to.blank),
    "would_bring_practice": (_would_bring, partial(to.one_open, of=to.is_practice)),
    "would_bring_row": (_would_bring, partial(to.one_open, of=to.is_row)),
    "would_bring_answer": (_would_bring, partial(to.one_open, of=to.is_answer)),
    "would_bring_choice": (_would_bring, to.need_of_nobody),
    "would_bring_other": (_would_bring, to.alone_chosen),
}
_SHOWN: dict[str, tuple[Test, Ways]] = {
    "strengths_none": (lambda plan: not plan.strengths, to.blank),
    "actions_none": (lambda plan: not plan.actions and not plan.nothing_answered, to.settled),
    "nothing_answered": (lambda plan: plan.nothing_answered, to.blank),
    "training_none": (lambda plan: not plan.training, to.blank),
    "find_out_intro": (lambda plan: bool(plan.find_out_first), to.unsure),
    "find_out_none": (lambda plan: not plan.find_out_first, to.blank),
    "same_recording": (_has_twins, partial(to.need, of=to.offers_twins)),
    "supplements_intro": (_has_supplements, partial(to.need, of=to.has_supplements)),
    "no_address": (_has_no_link, partial(to.need, of=to.offers_something)),
}
