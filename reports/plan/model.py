"""Frozen types of the action plan: what every page, PDF and file is made from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from questions.guide import Resource, Supplement
from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Part, Questionnaire
from questions.rules import Band, Importance

UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """An answer that brought something into the plan. `row` is "" unless it is a matrix row."""

    question: str
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A practice question answered with a stage. `priorities.priority_of` says what the priority is."""

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
class ChosenResource:
    """A resource shown for one answer. `also` is the guide's second entry for the same recording."""

    resource: Resource
    because: tuple[str, ...]
    also: Resource | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What there is to read, watch or ask for on one finding or training row.

    `guide_gap` is a sentence when the guide has nothing, or only a part; then supplements may follow.
    """

    resources: tuple[ChosenResource, ...]
    supplements: tuple[Supplement, ...]
    guide_gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A finding with a gap, in rank order (1 is first). `in_plan` is within the plan's size.

    `equal_points` is a sentence when the action before it has the same priority, else "".
    """

    finding: Finding
    rank: int
    in_plan: bool
    because: str
    if_next: str
    equal_points: str
    due: datetime.date
    reviews: tuple[datetime.date, ...]
    help: Help

    @property
    def question(self) -> StageQuestion:
        """The practice this action is about."""
        return self.finding.question


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed:
    """A row of a training question that is short, or a single training answer (row "")."""

    cause: Cause
    group: str
    label: str
    answer: Option
    because: str
    help: Help


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOut:
    """A practice answered "not sure", or a training row (then `asked` is its question, and importance 0)."""

    cause: Cause
    label: str
    asked: str
    importance: int
    evidence_prompt: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A resource of the guide, with every reason and every answer that brought it in."""

    resource: Resource
    reasons: tuple[str, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """An answer changed to `value`; of a question with many options, `value` is added to what is chosen.

    `row` is "" unless it is a matrix row.
    """

    question: str
    row: str = ""
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRecommended:
    """A resource of the guide that is not in the plan, and why.

    `changes` would bring it in, told in `would_bring`; they are () and "" when no answer can.
    """

    resource: Resource
    why: str
    would_bring: str
    changes: tuple[AnswerChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSummary:
    """Counts by stage for one section: every code of the scale in order, then "unanswered"."""

    part: Part
    counts: Mapping[str, int]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A practice that counts nowhere: `reason` is the agency's own, for "doesn't apply"."""

    question: StageQuestion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """The whole plan of one assessment. `date` is the day it was finished."""

    questionnaire: Questionnaire
    agency: str
    date: datetime.date
    profile: tuple[tuple[str, str], ...]
    who_notes: tuple[str, ...]
    sections: tuple[SectionSummary, ...]
    strengths: tuple[Finding, ...]
    actions: tuple[Action, ...]
    size: int
    cut_line: str
    training: tuple[TrainingNeed, ...]
    training_notes: tuple[str, ...]
    barrier_notes: tuple[str, ...]
    find_out_first: tuple[FindOut, ...]
    resources: tuple[Recommendation, ...]
    not_recommended: tuple[NotRecommended, ...]
    not_applicable: tuple[LeftOut, ...]
    unanswered: tuple[LeftOut, ...]
    off_path_count: int

    @property
    def nothing_answered(self) -> bool:
        """Whether no practice has an answer."""
        return not (self.strengths or self.actions or self.find_out_first or self.not_applicable)

    @property
    def planned(self) -> tuple[Action, ...]:
        """The actions within the plan's size."""
        return tuple(action for action in self.actions if action.in_plan)

    @property
    def further(self) -> tuple[Action, ...]:
        """The findings with a gap beyond the plan's size, in rank order."""
        return tuple(action for action in self.actions if not action.in_plan)
