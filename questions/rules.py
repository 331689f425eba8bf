"""Types of the published rules: every constant of scoring, matching, the plan, and readability."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from questions.conditions import AllOf, Chosen, Condition, NoneOf
from questions.model_base import Content

Effort = Literal["low", "medium", "high"]
Fit = Literal["learn", "do", "spread"]
PlaceId = Literal["under_way", "urgent", "foundation", "survivors", "spread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance(Content):
    """One value of the public rule of importance."""

    value: int
    basis: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Content):
    """The name of a range of priorities: `min` and above; with `basis`, only for that importance."""

    id: str
    min: int
    label: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak(Content):
    """One step of the printed order for equal points."""

    id: Literal["importance_high_first", "branch_match", "narrow", "effort_low_first", "guide_order"]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchScore(Content):
    """Points for choosing between resources, and how many an action shows at most."""

    audience_fits: int
    stage_fits: int
    format_fits: int
    caution: int
    most_per_action: int
    opens_nothing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSize(Content):
    """The questions that cap the number of actions in the plan, and the size if none is answered."""

    questions: tuple[str, ...]
    default: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule(Content):
    """Why an action has its place in the plan: a label, and the reason in a sentence."""

    id: PlaceId
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition(Content):
    """How a plan is composed, by `reports.plan.composition`. Without it, the plan is the first by rank.

    A practice of `urgent_basis` is urgent, and one for survivors is due, at the gap `not_yet_gap`. From the
    gap `in_place_gap` down, a practice is a strength as well. An answer to one of `narrow_questions` asks for
    a practice that few agencies need.
    """

    urgent_basis: str
    not_yet_gap: int
    in_place_gap: int
    survivors_from_size: int
    narrow_questions: tuple[str, ...]
    places: tuple[PlaceRule, ...]

    def place(self, id_: PlaceId) -> PlaceRule:
        """Return the words of a place."""
        return next(place for place in self.places if place.id == id_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth(Content):
    """The question that asks how much to ask, and its answer for the essentials. The other is the whole."""

    question: str
    essentials: str

    @property
    def condition(self) -> Condition:
        """The condition of a question that is not essential: not false while the answer is blank."""
        return NoneOf(none=(Chosen(q=self.question, any_of=(self.essentials,)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads(Content):
    """Who could lead: the first of a practice's `leads` that is chosen in `question` (the agency's jobs).

    Where `alone` holds, one person does everything, and `alone_label` says who leads.
    """

    question: str
    alone: Chosen | None = None
    alone_label: str = ""


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
    samhsa_domains: dict[str, str] = field(default_factory=dict)
    composition: Composition | None = None
    depth: Depth | None = None
    leads: Leads | None = None
    note_limit: int
    reason_limit: int
    agency_limit: int
    work_limit: WorkLimit

    def own_condition(self, condition: Condition | None) -> Condition | None:
        """Return a question's condition as the content has it, without that of depth; None for none."""
        whole = self.depth.condition if self.depth else None
        match condition:
            case AllOf(all=(first, own)) if first == whole:
                return own
            case _:
                return None if condition == whole else condition


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
