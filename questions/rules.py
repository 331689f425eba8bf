"""Types of the published rules: every constant of scoring, matching, the plan, and readability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from questions.conditions import Condition
from questions.model_base import Content

Effort = Literal["low", "medium", "high"]
Fit = Literal["learn", "do", "spread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance(Content):
    """One value of the public rule of importance."""

    value: int
    basis: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Content):
    """The name of a range of priorities: `min` and above."""

    id: str
    min: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak(Content):
    """One step of the printed order for equal points."""

    id: Literal["importance_high_first", "branch_match", "effort_low_first", "guide_order"]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchScore(Content):
    """Points for choosing between resources, and how many an action shows at most."""

    audience_fits: int
    stage_fits: int
    format_fits: int
    caution: int
    most_per_action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSize(Content):
    """The questions that cap the number of actions in the plan, and the size if none is answered."""

    questions: tuple[str, ...]
    default: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates(Content):
    """Days from the assessment to a suggested due date, by effort, and to the reviews."""

    due_after: dict[Effort, int]
    review_after: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLimit(Content):
    """The longest texts of the team's work, in characters: single-line and multi-line."""

    line: int
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRules(Content):
    """When a comparison needs a caution.

    A different answer to one of `caution_questions` needs one, and so do fewer than `fewest_days` between the
    assessments. A move of `clear_steps` is clear without a note.
    """

    caution_questions: tuple[str, ...]
    fewest_days: int
    clear_steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Content):
    """How many minutes a question takes: the ends of an estimated range."""

    fewest: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(Content):
    """Every constant of scoring and matching. `fit_by_steps` maps an answer's steps to what fits it."""

    gap: dict[str, int]
    importance: tuple[Importance, ...]
    bands: tuple[Band, ...]
    tie_breaks: tuple[TieBreak, ...]
    plan_size: PlanSize
    fit_by_steps: dict[int, Fit]
    learning_style: str
    match: MatchScore
    dates: Dates
    comparison: ComparisonRules
    minutes_per_question: Minutes
    effort: dict[Effort, str]
    formats: dict[str, str]
    samhsa_principles: dict[str, str]
    note_limit: int
    reason_limit: int
    agency_limit: int
    work_limit: WorkLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNote(Content):
    """A sentence that the plan prints if its condition is true (not if it is unknown)."""

    id: str
    place: Literal["who_answered", "training", "barriers"]
    show_when: Condition
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTerm(Content):
    """A name or term without a plainer word, and why. Each of its words counts as one syllable."""

    term: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules(Content):
    """The highest grade allowed, and the fewest words that are measured."""

    limit: int = 8
    fewest_words: int = 25
    terms: tuple[PlainTerm, ...] = ()
