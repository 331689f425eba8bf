"""What to find out, by whom to ask, for screen and paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.plan.model import ActionPlan
from reports.plan.translations import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A practice, or the row of a training question; what would show it, and what the agency noted."""

    name: str
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """What to find out, under whom to ask, or under the training question that is open."""

    heading: str
    about: tuple[Unknown, ...]

    @property
    def lead_in(self) -> str:
        """The heading at the beginning of a line."""
        return self.heading if self.heading.endswith("?") else f"{self.heading}:"

    @property
    def evidence(self) -> bool:
        """Whether it is known what would show it."""
        return any(item.evidence for item in self.about)


def to_ask(plan: ActionPlan, most_evidence: int | None = None) -> tuple[ToAsk, ...]:
    """Return what the plan does not know, by who could; of a thin plan also what was left blank.

    `most_evidence` is for how many practices, those that count most, it is said what would show them.
    """
    return (*_practices(plan, most_evidence), *_blank_practices(plan), *_training(plan))


def _practices(plan: ActionPlan, most_evidence: int | None) -> Iterator[ToAsk]:
    practice = plan.questionnaire.practice
    items = [item for item in plan.find_out_first if item.cause.question in practice]
    counted = items[:most_evidence]
    _ = translations(plan.questionnaire.language).gettext
    for whom in dict.fromkeys(item.ask for item in items):
        about = tuple(
            Unknown(
                name=practice[item.cause.question].short,
                evidence=item.evidence_prompt if item in counted else "",
                note=item.note,
            )
            for item in items
            if item.ask == whom
        )
        alone = _is_alone(plan, whom)
        yield ToAsk(heading=_("Find out") if alone else _("Ask: %(whom)s") % {"whom": whom}, about=about)


def _blank_practices(plan: ActionPlan) -> Iterator[ToAsk]:
    """Yield the blank practices of a thin plan; the appendix of any other names them among the answers."""
    blank = plan.unanswered if plan.basis.is_thin else ()
    _ = translations(plan.questionnaire.language).gettext
    for whom in dict.fromkeys(item.ask for item in blank):
        about = tuple(Unknown(name=item.question.short) for item in blank if item.ask == whom)
        asking = _("Not answered yet. Ask: %(whom)s") % {"whom": whom}
        yield ToAsk(heading=_("Not answered yet") if _is_alone(plan, whom) else asking, about=about)


def _is_alone(plan: ActionPlan, whom: str) -> bool:
    """Return whether there is nobody else to ask, because one person does everything."""
    leads = plan.questionnaire.rules.leads
    return leads is not None and whom == leads.alone_label


def _training(plan: ActionPlan) -> Iterator[ToAsk]:
    rows = [item for item in plan.find_out_first if item.cause.question not in plan.questionnaire.practice]
    for asked, items in groupby(rows, key=lambda item: item.asked):
        yield ToAsk(heading=asked, about=tuple(Unknown(name=item.label) for item in items))
