"""Frozen types of a comparison: what every page, PDF and file about two assessments is made from.

"Before" and "then" speak of the earlier assessment, "after" and "now" of the later one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Part
from questions.path import Path
from questions.texts import ComparisonTexts
from reports.plan.builder import Occasion
from reports.plan.model import SectionSummary
from reports.team.fields import Status
from reports.team.model import TeamPlan

Outcome = Literal["moved_up", "same", "moved_down", "now_known", "now_unsure"]
Reason = Literal[
    "new_question",
    "split",
    "merged",
    "dropped",
    "wording_changed",
    "no_longer_applies",
    "not_asked_before",
    "not_answered",
    "not_applicable",
    "unsure_both",
]
# What became of a planned action, in the order in which it is told.
FateKind = Literal["done", "still_due", "newly_due", "gone_answer_changed", "gone_rule_changed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
REASONS: tuple[Reason, ...] = get_args(Reason)
FATE_KINDS: tuple[FateKind, ...] = get_args(FateKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One finished assessment, by the questionnaire of its day. `team` is the work on its plan, if known."""

    path: Path
    occasion: Occasion
    team: TeamPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A practice with its two answers, each in the words of its day. None: off the path, or no answer.

    The question is the later one if the later questionnaire has it.
    """

    question: StageQuestion
    part: Part
    before: Option | None
    after: Option | None
    note_before: str
    note_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched(Pair):
    """A matched question whose two answers can be told apart.

    `steps` are the stages moved, below 0 for down. `clear` is true of a move of two steps, or of one with
    a new note; `clearly` says so in words, and `doubt` is a sentence on a move that is not clear; both are
    "" when nothing moved. `look_back` is the stage that is given today for back then: it stands beside the
    first answer, never in its place.
    """

    before: Option
    after: Option
    outcome: Outcome
    steps: int = 0
    clear: bool = False
    clearly: str = ""
    doubt: str = ""
    look_back: Option | None = None

    @property
    def compared(self) -> bool:
        """Whether a stage stands beside a stage: all else is told, and not compared."""
        return self.outcome in ("moved_up", "same", "moved_down")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCompared(Pair):
    """A practice that stands in no comparison: the reason, and a sentence that tells it."""

    reason: Reason
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionProgress:
    """The stages of one section, then and now, over its compared questions only.

    `left_out` counts its other questions: they are on the path in one of the two, and not compared.
    `note` tells it in words; "" when none is left out.
    """

    part: Part
    before: SectionSummary
    after: SectionSummary
    compared: int
    left_out: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedAction:
    """An action of the earlier plan with how far the team came. `own` is one that the team added."""

    id: str
    title: str
    own: bool
    status: Status
    dropped_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a planned action, or brought one in, with a sentence that tells why.

    `by_rule` is true when our rules or questions did it, not an answer. `rank_then` and `rank_now` are its
    places by today's rules, with the answers of then and of now; None for what is not still due.
    """

    question: StageQuestion
    why: str
    by_rule: bool = False
    rank_then: int | None = None
    rank_now: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two assessments side by side. `completion` is None when nothing is known of the team's work.

    `fates` holds each action of the earlier plan in one list, and those that only the later plan holds.
    """

    earlier: Sitting
    later: Sitting
    cautions: tuple[str, ...]
    completion: tuple[WorkedAction, ...] | None
    fates: Mapping[FateKind, tuple[Fate, ...]]
    sections: tuple[SectionProgress, ...]
    matched: tuple[Matched, ...]
    not_compared: tuple[NotCompared, ...]

    @property
    def texts(self) -> ComparisonTexts:
        """The texts of the later questionnaire."""
        return self.later.path.questionnaire.texts.comparison

    @property
    def compared(self) -> int:
        """How many questions are compared."""
        return sum(pair.compared for pair in self.matched)

    @property
    def of(self) -> int:
        """How many practice questions are on the path in one of the two, or in both."""
        return len(self.matched) + len(self.not_compared)

    @property
    def headline(self) -> str:
        """How many questions are compared of how many, in words."""
        return self.texts.compared_of.format(compared=self.compared, of=self.of)

    @property
    def by_outcome(self) -> Mapping[Outcome, tuple[Matched, ...]]:
        """The practices whose two answers can be told apart, by outcome; () for an outcome without any.

        `now_known` went from "not sure" to a stage, which is no progress; `now_unsure` is the reverse.
        """
        return {
            outcome: tuple(pair for pair in self.matched if pair.outcome == outcome) for outcome in OUTCOMES
        }

    @property
    def not_compared_by_reason(self) -> tuple[tuple[str, tuple[NotCompared, ...]], ...]:
        """The headings of the reasons there are, each with its practices."""
        groups = (
            (self.texts.reasons[reason], tuple(pair for pair in self.not_compared if pair.reason == reason))
            for reason in REASONS
        )
        return tuple((title, found) for title, found in groups if found)

    @property
    def fates_by_kind(self) -> tuple[tuple[str, tuple[Fate, ...]], ...]:
        """The headings of the fates there are, each with its actions."""
        return tuple((self.texts.fates[kind], found) for kind, found in self.fates.items() if found)

    @property
    def completion_by_status(self) -> tuple[tuple[str, tuple[WorkedAction, ...]], ...]:
        """The labels of the statuses there are, done first, each with its actions."""
        labels = self.later.path.questionnaire.texts.work.statuses
        order: tuple[Status, ...] = ("done", "under_way", "not_started", "dropped")
        groups = (
            (labels[status], tuple(a for a in self.completion or () if a.status == status))
            for status in order
        )
        return tuple((label, found) for label, found in groups if found)
