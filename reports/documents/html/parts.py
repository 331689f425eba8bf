"""The three parts of a printed plan: a summary for the board, the actions, and an appendix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.comparison.model import Comparison
from reports.documents.html.chapters import comparison_title
from reports.documents.html.excerpts import continued_actions
from reports.documents.html.references import references
from reports.plan.model import ActionPlan
from reports.plan.translations import translations
from reports.team.model import TeamPlan

# What can be printed: the whole plan, or one part of it.
PlanPart = Literal["full", "summary", "actions", "appendix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChapter:
    """A chapter: its id, used as anchor and template name, and its title; "" if its content has headings."""

    id: str
    title: str

    @property
    def template(self) -> str:
        """The template's name."""
        return f"report/{self.id}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPart:
    """A part of the document with its chapters; the summary has none."""

    id: PlanPart
    title: str
    chapters: tuple[DocumentChapter, ...] = ()


def parts(team: TeamPlan, comparison: Comparison | None, wanted: PlanPart) -> tuple[DocumentPart, ...]:
    """Return the parts to print. The whole plan leaves out a part that would be empty."""
    _ = translations(team.plan.questionnaire.language).gettext
    every = (
        DocumentPart(id="summary", title=_("Summary")),
        DocumentPart(id="actions", title=_("Your actions"), chapters=tuple(_of_the_actions(team))),
        DocumentPart(id="appendix", title=_("Appendix"), chapters=tuple(_of_the_appendix(team, comparison))),
    )
    if wanted != "full":
        return tuple(part for part in every if part.id == wanted)
    return tuple(part for part in every if part.id == "summary" or part.chapters)


def several_on_a_page(plan: ActionPlan) -> bool:
    """Return whether actions share a page: in a first look, and where little is known."""
    return plan.is_first_look or plan.basis.is_thin


def explains_rules(plan: ActionPlan) -> bool:
    """Return whether the rules of the plan are printed: not where they chose little or nothing."""
    return bool(plan.actions) and not several_on_a_page(plan)


def _answers_are_printed(plan: ActionPlan) -> bool:
    """Return whether there are answers to list: without a gap, those beside what is to be protected."""
    if plan.protect:
        return bool(plan.not_applicable or plan.unanswered or plan.find_out_first)
    return not plan.has_no_answers


def _of_the_actions(team: TeamPlan) -> Iterator[DocumentChapter]:
    plan = team.plan
    _ = translations(plan.questionnaire.language).gettext
    # Where little is known, what to find out is what the plan is about.
    if plan.basis.is_thin and (plan.find_out_first or plan.unanswered) and not plan.has_no_answers:
        yield DocumentChapter(id="find-out", title=_("Find out first"))
    if plan.protect:
        yield DocumentChapter(id="protect", title=_("Protect these"))
    if team.planned:
        yield DocumentChapter(id="actions", title="")
        yield DocumentChapter(id="tracker", title=_("Tracker"))
    if continued_actions(team):
        yield DocumentChapter(id="continued", title=_("Continued"))


def _of_the_appendix(team: TeamPlan, comparison: Comparison | None) -> Iterator[DocumentChapter]:
    plan = team.plan
    _ = translations(plan.questionnaire.language).gettext
    titles = {
        "changed": comparison_title(comparison) if comparison else "",
        "answers": _("Your answers"),
        "further": _("Next in line"),
        "find-out": _("Find out first"),
        "training": _("Training needs"),
        "resources": _("Resources in this plan"),
        "not-recommended": _("Not in this plan, and why"),
        "profile": _("What you said about your agency"),
        "how-made": _("How this plan was made"),
    }
    is_there = {
        "changed": comparison is not None,
        "answers": _answers_are_printed(plan),
        "further": bool(team.outside),
        "find-out": bool(plan.find_out_first) and not plan.basis.is_thin,
        "training": bool(plan.training or plan.barrier_notes) or plan.training_answered,
        "resources": bool(references(team).helps) and not several_on_a_page(plan),
        "not-recommended": bool(plan.not_recommended and plan.actions) and not several_on_a_page(plan),
        "profile": bool(plan.profile),
        "how-made": True,
    }
    if plan.has_no_answers and not plan.training:
        return
    for id_, there in is_there.items():
        if there:
            yield DocumentChapter(id=id_, title=titles[id_])
