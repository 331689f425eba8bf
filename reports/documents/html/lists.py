"""The lists of a printed plan: what is next in line, what to find out and from whom, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.plan.model import ActionPlan, Protected
from reports.plan.translations import translations
from reports.team.model import TeamAction, TeamPlan

# What counts most comes first, with what would show it; the rest are names, so that the list is a page.
MOST_ROWS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What someone could find out: a practice, or the row of a training question, and what would show it."""

    name: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """Who to ask, or the training question that is open, and about what."""

    whom: str
    about: tuple[Unknown, ...]

    @property
    def evidence(self) -> bool:
        """Whether it is known what would show it."""
        return any(item.evidence for item in self.about)


def next_in_line(team: TeamPlan) -> tuple[tuple[str, tuple[TeamAction, ...]], ...]:
    """Return the actions outside the plan by how urgent they are, and then the team's own."""
    own = team.plan.questionnaire.texts.work.own_why
    groups = groupby(team.outside, key=lambda item: item.tool.finding.band.label if item.tool else own)
    return tuple((label, tuple(items)) for label, items in groups)


def to_find_out(plan: ActionPlan) -> tuple[ToAsk, ...]:
    """Return what the plan does not know, by who could; of a thin plan also what was left blank."""
    return (*_practices_to_ask(plan), *_blank_to_ask(plan), *_training_to_ask(plan))


def _practices_to_ask(plan: ActionPlan) -> Iterator[ToAsk]:
    practice = plan.questionnaire.practice
    found = [(i.ask, practice[i.cause.question]) for i in plan.find_out_first if i.cause.question in practice]
    items = [
        (whom, Unknown(name=question.short, evidence=question.evidence_prompt if place < MOST_ROWS else ""))
        for place, (whom, question) in enumerate(found)
    ]
    for whom in dict.fromkeys(whom for whom, _ in items):
        yield ToAsk(whom=whom, about=tuple(item for asked, item in items if asked == whom))


def _blank_to_ask(plan: ActionPlan) -> Iterator[ToAsk]:
    """Yield the blank practices of a thin plan; the appendix of any other names them among the answers."""
    blank = plan.unanswered if plan.basis.is_thin else ()
    form = translations(plan.questionnaire.language).gettext("Not answered yet. Ask: %(whom)s")
    for whom in dict.fromkeys(item.ask for item in blank):
        about = tuple(Unknown(name=item.question.short, evidence="") for item in blank if item.ask == whom)
        yield ToAsk(whom=form % {"whom": whom}, about=about)


def _training_to_ask(plan: ActionPlan) -> Iterator[ToAsk]:
    practice = plan.questionnaire.practice
    rows = [item for item in plan.find_out_first if item.cause.question not in practice]
    for asked, items in groupby(rows, key=lambda item: item.asked):
        yield ToAsk(whom=asked, about=tuple(Unknown(name=item.label, evidence="") for item in items))


def protected(plan: ActionPlan) -> tuple[tuple[Protected, str], ...]:
    """Return what a plan without a gap asks to protect, each with the agency's note."""
    notes = {finding.question.id: finding.note for finding in plan.strengths}
    return tuple((item, notes[item.question.id]) for item in plan.protect)


def settles_first(plan: ActionPlan) -> tuple[str, ...]:
    """Return the open questions of the profile that would settle most for a thin plan; () for any other."""
    if not plan.basis.is_thin:
        return ()
    return tuple(item.question.text for item in plan.settles[:3])


def left_out_of_the_guide(plan: ActionPlan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the guide's resources that are not in the plan, by the reason."""
    titles: dict[str, list[str]] = {}
    for item in plan.not_recommended:
        titles.setdefault(item.why, []).append(item.resource.title)
    return tuple((why, tuple(found)) for why, found in titles.items())


def not_counted(plan: ActionPlan) -> str:
    """Return how many answers count nowhere; "" for none."""
    form = translations(plan.questionnaire.language).ngettext(
        "%(num)s answer is not counted, because your profile no longer asks the question.",
        "%(num)s answers are not counted, because your profile no longer asks the questions.",
        plan.off_path_count,
    )
    return form % {"num": plan.off_path_count} if plan.off_path_count else ""
