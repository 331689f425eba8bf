"""Frozen types of the action plan, from which all pages, PDFs and other files are generated."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from questions.guide import Resource, Supplement
from questions.kinds.base import Question
from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Part, Questionnaire
from questions.rules import Band, Importance, PlaceRule

UNANSWERED = "unanswered"
# With less than one practice in this many answered, a plan is a list of what to find out.
THIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The answer that put something into the plan. `row` is the row of a matrix question, else ""."""

    question: str
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A practice question answered with a stage. For its priority, see `priorities.priority_of`."""

    question: StageQuestion
    answer: Option
    gap: int
    importance: Importance
    priority: int
    band: Band
    fits_profile: bool
    guide_order: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Something that a person can open today: a resource, what to use instead of one, or a supplement.

    `id` is that of the resource or supplement.
    `resource` is the guide's resource that it is, or takes the place of (then `instead` is true); None for a
    supplement.
    """

    id: str
    title: str
    url: str
    use: str
    caution: str
    resource: Resource | None = None
    instead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenResource:
    """A resource shown for one answer. `also` is the guide's other entry for the same recording, if any.

    `use` says what in it helps here; "" where the content does not say. `opening` is what to open: itself, or
    else what takes its place; None if there is neither.
    """

    resource: Resource
    because: tuple[str, ...]
    also: Resource | None
    use: str
    opening: Opening | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSupplement:
    """A supplement shown for one answer, and what in it helps here."""

    supplement: Supplement
    use: str

    @property
    def opening(self) -> Opening | None:
        """It, to be opened; None if no address is known."""
        item = self.supplement
        return (
            Opening(id=item.id, title=item.title, url=item.url, use=self.use, caution=item.caution)
            if item.url
            else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """The resources for one finding or training row.

    If the guide covers the topic only in part or not at all, `guide_gap` is a sentence that says so.
    `nothing_opens` says that nothing here can be opened, else it is "".
    """

    resources: tuple[ChosenResource, ...]
    supplements: tuple[ChosenSupplement, ...]
    guide_gap: str
    nothing_opens: str = ""

    @property
    def openings(self) -> tuple[Opening, ...]:
        """What can be opened, best first: what the guide names, or its substitute, then supplements."""
        named = (chosen.opening for chosen in self.resources)
        outside = (chosen.opening for chosen in self.supplements)
        return tuple(opening for opening in (*named, *outside) if opening)

    @property
    def not_online(self) -> tuple[ChosenResource, ...]:
        """The guide's resources that cannot be opened themselves."""
        return tuple(c for c in self.resources if c.opening is None or c.opening.instead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What to do about a finding with a gap. Rank 1 comes first by priority.

    `position` is its place in the plan, from 1, and None outside it; `place` is why it has that place (None
    in versions that do not compose plans). `equal_points` explains the order if the action before by rank has
    the same priority, else it is "". `sum` is how the priority came about. `lead` is who could lead.
    """

    finding: Finding
    rank: int
    position: int | None
    place: PlaceRule | None
    urgent: bool
    because: str
    sum: str
    if_next: str
    equal_points: str
    lead: str
    measure: str
    due: datetime.date
    reviews: tuple[datetime.date, ...]
    help: Help

    @property
    def in_plan(self) -> bool:
        """Whether it is planned."""
        return self.position is not None

    @property
    def title(self) -> str:
        """What to do; in versions without a title, what the practice is about."""
        return self.question.title or self.question.short

    @property
    def goal(self) -> str:
        """How it is when it is reached; in versions without a goal, the practice."""
        return self.question.goal or self.question.text

    @property
    def first_step(self) -> str:
        """What to do first: what the stage calls for, or else the practice."""
        of_stage = self.finding.answer.first_step
        return of_stage.replace("{evidence}", self.question.evidence_prompt) or self.question.first_step

    @property
    def question(self) -> StageQuestion:
        """The practice this action is about."""
        return self.finding.question


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed:
    """A training row below the top of its scale, or a single answer that calls for training (row "")."""

    cause: Cause
    label: str
    answer: Option
    because: str
    help: Help


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOut:
    """A practice or a training row answered "not sure".

    For a training row, `asked` is the text of its question and `importance` is 0. `ask` is who could know.
    """

    cause: Cause
    label: str
    asked: str
    importance: int
    evidence_prompt: str
    note: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A resource of the guide, with all reasons to recommend it and the answers behind them."""

    resource: Resource
    reasons: tuple[str, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """An answer changed to `value`. If several options can be chosen, `value` is added to those that are.

    `row` is the row of a matrix question, else "".
    """

    question: str
    row: str = ""
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRecommended:
    """A resource of the guide that is not in the plan, and why.

    `changes` are the answers that would put it there, and `would_bring` says so in a sentence. If no answers
    would, they are () and "".
    """

    resource: Resource
    why: str
    would_bring: str
    changes: tuple[AnswerChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCounts:
    """How many practices are at each stage, and what the stages are called, by code in the scale's order."""

    counts: Mapping[str, int]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSummary(StageCounts):
    """Counts by stage for one section: every code of the scale in order, then "unanswered"."""

    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A practice that does not count. `reason` is what the agency wrote for "doesn't apply", or "".

    `ask` is who could know.
    """

    question: StageQuestion
    reason: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How much the plan knows: the practices asked, of which each is answered, not sure or blank."""

    answered: int
    not_sure: int
    blank: int

    @property
    def asked(self) -> int:
        """How many practices were asked."""
        return self.answered + self.not_sure + self.blank

    @property
    def unknown(self) -> int:
        """How many are not known yet."""
        return self.not_sure + self.blank

    @property
    def is_thin(self) -> bool:
        """Whether so little is known that the plan is a list of what to find out."""
        return self.answered * THIN < self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Settles:
    """A question of the profile that is still open, and how many questions depend on it."""

    question: Question
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Practices that are part of how the agency works: who could keep them so, and when to look again."""

    lead: str
    look_again: datetime.date
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """The whole plan of one assessment. `date` is the day when the assessment was finished, and
    `number_of_day` tells it from others of the same agency and day.

    `protect` is what a plan without any gap is about; () if there is one.
    """

    questionnaire: Questionnaire
    agency: str
    date: datetime.date
    number_of_day: int
    profile: tuple[tuple[str, str], ...]
    who_notes: tuple[str, ...]
    sections: tuple[SectionSummary, ...]
    strengths: tuple[Finding, ...]
    actions: tuple[Action, ...]
    size: int
    cut_line: str
    then_foundation: str
    then_foundation_id: str
    basis: Basis
    settles: tuple[Settles, ...]
    protect: tuple[Protected, ...]
    training_answered: bool
    training: tuple[TrainingNeed, ...]
    training_notes: tuple[str, ...]
    barrier_notes: tuple[str, ...]
    find_out_first: tuple[FindOut, ...]
    resources: tuple[Recommendation, ...]
    not_recommended: tuple[NotRecommended, ...]
    not_applicable: tuple[LeftOut, ...]
    unanswered: tuple[LeftOut, ...]
    off_path: tuple[Question, ...]
    is_first_look: bool

    @property
    def has_not_yet(self) -> bool:
        """Whether a practice is at the lowest stage."""
        lowest = max(self.questionnaire.rules.gap.values())
        return any(action.finding.gap == lowest for action in self.actions)

    @property
    def has_no_answers(self) -> bool:
        """Whether no practice has an answer."""
        return not (self.strengths or self.actions or self.find_out_first or self.not_applicable)

    @property
    def planned(self) -> tuple[Action, ...]:
        """The actions in the plan, in their order."""
        inside = (action for action in self.actions if action.position is not None)
        return tuple(sorted(inside, key=lambda action: action.position or 0))

    @property
    def further(self) -> tuple[Action, ...]:
        """The actions that are not in the plan: the urgent ones first, then by rank."""
        outside = (action for action in self.actions if action.position is None)
        return tuple(sorted(outside, key=lambda action: not action.urgent))
