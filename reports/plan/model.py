"""Frozen types of the action plan, from which all pages, PDFs and other files are generated."""

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
class ChosenResource:
    """A resource shown for one answer. `also` is the guide's other entry for the same recording, if any."""

    resource: Resource
    because: tuple[str, ...]
    also: Resource | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """The resources for one finding or training row.

    If the guide covers the topic only in part or not at all, `guide_gap` is a sentence that says so, and
    there may be supplements.
    """

    resources: tuple[ChosenResource, ...]
    supplements: tuple[Supplement, ...]
    guide_gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What to do about a finding with a gap. Rank 1 comes first; `in_plan` is true within the plan's size.

    `equal_points` explains the order if the previous action has the same priority, else it is "".
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
    """A training row below the top of its scale, or a single answer that calls for training (row "")."""

    cause: Cause
    group: str
    label: str
    answer: Option
    because: str
    help: Help


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOut:
    """A practice or a training row answered "not sure".

    For a training row, `asked` is the text of its question and `importance` is 0.
    """

    cause: Cause
    label: str
    asked: str
    importance: int
    evidence_prompt: str
    note: str


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
class SectionSummary:
    """Counts by stage for one section: every code of the scale in order, then "unanswered"."""

    part: Part
    counts: Mapping[str, int]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A practice that does not count. `reason` is what the agency wrote for "doesn't apply", or ""."""

    question: StageQuestion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """The whole plan of one assessment. `date` is the day when the assessment was finished."""

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
    def has_no_answers(self) -> bool:
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
