"""Frozen types of a comparison: every page, PDF and file about two assessments is made from them.

“Before” and “then” refer to the earlier assessment, “after” and “now” to the later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import Part
from questions.path import Path
from questions.texts import ComparisonTexts
from reports.plan.builder import Header
from reports.plan.model import StageCounts
from reports.plan.translations import translations
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
# What became of a planned action: the first that fits. The last is for actions of the later plan only.
ActionOutcomeKind = Literal[
    "done",
    "dropped",
    "under_way",
    "rule_changed",
    "off_path",
    "answer_missing",
    "reached",
    "still_due",
    "beyond_size",
    "newly_due",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
REASONS: tuple[Reason, ...] = get_args(Reason)
ACTION_OUTCOME_KINDS: tuple[ActionOutcomeKind, ...] = get_args(ActionOutcomeKind)
_MOVED: tuple[Outcome, ...] = ("moved_up", "moved_down", "now_known", "now_unsure")
_ACHIEVED: tuple[ActionOutcomeKind, ...] = ("done", "reached")
_LAST: tuple[ActionOutcomeKind, ...] = ("dropped", "answer_missing", "off_path", "rule_changed")
_OPEN = tuple(kind for kind in ACTION_OUTCOME_KINDS if kind not in (*_ACHIEVED, *_LAST))
_KINDS_IN_READING_ORDER = (*_ACHIEVED, *_OPEN, *_LAST)


def outcome_labels(language: str) -> Mapping[ActionOutcomeKind, str]:
    """Return the heading of each outcome of an action."""
    _ = translations(language).gettext
    return {
        "done": _("Done"),
        "dropped": _("Dropped by your team"),
        "under_way": _("Under way"),
        "rule_changed": _("Our questions or rules changed"),
        "off_path": _("No longer applies to you"),
        "answer_missing": _("No answer this time"),
        "reached": _("Reached: mostly in place"),
        "still_due": _("Still due"),
        "beyond_size": _("Next in line"),
        "newly_due": _("New in the plan"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedAssessment:
    """A finished assessment with the questionnaire of its day. `team` is the team's plan, if known."""

    path: Path
    header: Header
    team: TeamPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A practice with its two answers in the words of their day; None if off the path or not answered.

    The question is that of the later questionnaire, if it has one.
    """

    question: StageQuestion
    part: Part
    before: Option | None
    after: Option | None
    note_before: str
    note_after: str
    points_to: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched(Pair):
    """A matched question whose two answers can be compared or distinguished.

    `steps` is the number of stages moved, negative for down. A move is clear if it is large enough, or if the
    agency can point to evidence (in versions that do not ask for that: if there is a new note).
    `clear_reason` says which, and `caveat` is a sentence about a move that is not clear; both may be "".
    `look_back` is the stage that the team gives today for back then. It is shown beside the first answer and
    never replaces it.
    """

    before: Option
    after: Option
    outcome: Outcome
    steps: int = 0
    is_clear_move: bool = False
    clear_reason: str = ""
    caveat: str = ""
    look_back: Option | None = None

    @property
    def compared(self) -> bool:
        """Whether both answers are stages. Other pairs are listed but not compared."""
        return self.outcome in ("moved_up", "same", "moved_down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How many compared practices went up, how many of those clearly, went down, and stayed.

    `known` are those that were not known, and are now.
    """

    up: int
    clear: int
    down: int
    same: int
    known: int = 0


def moves_of(matched: Iterable[Matched]) -> Moves:
    """Return how these practices moved."""
    matched = tuple(matched)
    pairs = [pair for pair in matched if pair.compared]
    return Moves(
        up=sum(pair.steps > 0 for pair in pairs),
        clear=sum(pair.steps > 0 and pair.is_clear_move for pair in pairs),
        down=sum(pair.steps < 0 for pair in pairs),
        same=sum(pair.steps == 0 for pair in pairs),
        known=sum(pair.outcome == "now_known" for pair in matched),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCompared(Pair):
    """A practice that cannot be compared, with the reason as a code and as a sentence."""

    reason: Reason
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionProgress:
    """The stages of one section, then and now, for its compared questions only.

    `left_out` counts the others: on the path in at least one of the two, but not compared.
    `note` says so in words; "" if none is left out.
    """

    part: Part
    before: StageCounts
    after: StageCounts
    compared: int
    left_out: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedAction:
    """An action of the earlier plan with its status. `own` means that the team added it.

    `measure` is what shows that it worked; `measure_then` and `measure_now` are what the team noted of it in
    the two plans, "" for nothing.
    """

    id: str
    title: str
    own: bool
    status: Status
    dropped_reason: str
    measure: str
    measure_then: str
    measure_now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOutcome:
    """What happened to a planned action, or why one is new, with the reason as a sentence.

    `by_rule` is true if our rules or questions caused it, not an answer. `again` says that the team marked it
    done, and it is in the plan again. `rank_then` is its rank under today's rules with the answers of then;
    None unless it is still due.
    """

    question: StageQuestion
    why: str
    by_rule: bool = False
    again: bool = False
    rank_then: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGroup:
    """The actions with the same outcome, and its heading."""

    kind: ActionOutcomeKind
    label: str
    actions: tuple[ActionOutcome, ...]

    @property
    def is_achieved(self) -> bool:
        """Whether the actions are done, or reached what they were for."""
        return self.kind in _ACHIEVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two assessments side by side. `completion` is None if nothing is known about the team's work.

    `action_outcomes` has each action of the earlier plan in one list, and those that only the later plan has.
    """

    earlier: FinishedAssessment
    later: FinishedAssessment
    cautions: tuple[str, ...]
    completion: tuple[WorkedAction, ...] | None
    action_outcomes: Mapping[ActionOutcomeKind, tuple[ActionOutcome, ...]]
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
        """How many practices are on the path in at least one of the two."""
        return len(self.matched) + len(self.not_compared)

    @property
    def scope(self) -> str:
        """The sentence that says how many of the questions are compared."""
        return self.texts.compared_of.format(compared=self.compared, of=self.of)

    @property
    def headline(self) -> str:
        """What moved, in a line; "" if nothing is compared."""
        return moves_line(moves_of(self.matched), self.later.path.questionnaire.language)

    @property
    def by_outcome(self) -> Mapping[Outcome, tuple[Matched, ...]]:
        """The matched practices by outcome; () for an outcome without any.

        `now_known` went from “not sure” to a stage, which is not progress; `now_unsure` is the reverse.
        """
        return {
            outcome: tuple(pair for pair in self.matched if pair.outcome == outcome) for outcome in OUTCOMES
        }

    @property
    def moved(self) -> tuple[tuple[Outcome, tuple[Matched, ...]], ...]:
        """The practices of which something changed, by outcome in reading order, clear moves first."""
        found = ((outcome, self.by_outcome[outcome]) for outcome in _MOVED)
        return tuple(
            (outcome, tuple(sorted(pairs, key=lambda pair: not pair.is_clear_move)))
            for outcome, pairs in found
            if pairs
        )

    @property
    def not_compared_by_reason(self) -> tuple[tuple[str, tuple[NotCompared, ...]], ...]:
        """Each reason that occurs, as a heading with its practices."""
        groups = (
            (self.texts.reasons[reason], tuple(pair for pair in self.not_compared if pair.reason == reason))
            for reason in REASONS
        )
        return tuple((title, found) for title, found in groups if found)

    @property
    def action_outcomes_by_label(self) -> tuple[OutcomeGroup, ...]:
        """Each outcome that occurs, with its actions: what was achieved, what is open, and the rest."""
        labels = outcome_labels(self.later.path.questionnaire.language)
        return tuple(
            OutcomeGroup(kind=kind, label=labels[kind], actions=self.action_outcomes[kind])
            for kind in _KINDS_IN_READING_ORDER
            if self.action_outcomes[kind]
        )

    @property
    def shows_ranks(self) -> bool:
        """Whether an outcome names ranks by today's rules, which has to be explained."""
        return any(item.rank_then for items in self.action_outcomes.values() for item in items)

    @property
    def other_actions(self) -> tuple[WorkedAction, ...]:
        """What the team worked on and we had not planned: its own actions, and those it moved in or began."""
        listed = {item.question.id for items in self.action_outcomes.values() for item in items}
        return tuple(action for action in self.completion or () if action.id not in listed)

    @property
    def measured(self) -> tuple[WorkedAction, ...]:
        """The actions of whose measure something was noted, then or now."""
        return tuple(a for a in self.completion or () if a.measure_then or a.measure_now)

    @property
    def one_step_intro(self) -> str:
        """What is said once above moves of one step; "" where each says it, or nothing moved."""
        said_above = self.later.path.questionnaire.rules.composition is not None
        unclear = any(pair.steps and not pair.is_clear_move for pair in self.matched)
        return self.texts.one_step_intro if said_above and unclear else ""

    def status_label(self, action: WorkedAction) -> str:
        """Return the status of an action in words, with the reason if it was dropped."""
        questionnaire = self.later.path.questionnaire
        label = questionnaire.texts.work.statuses[action.status.id]
        return with_reason(label, action.dropped_reason, questionnaire.language)


def with_reason(text: str, reason: str, language: str) -> str:
    """Return a text with the reason that the team gave, if it gave one."""
    form = translations(language).gettext("%(text)s. Reason: %(reason)s")
    return form % {"text": text.removesuffix("."), "reason": reason} if reason else text


def moves_line(moves: Moves, language: str) -> str:
    """Return the moves in a line, such as "17 up, 4 of them clear; 1 down; 19 the same".

    It is "" if nothing is compared.
    """
    return "; ".join(_parts(moves, language))


def _parts(moves: Moves, language: str) -> Iterator[str]:
    ngettext = translations(language).ngettext
    if moves.up:
        form = (
            ngettext("%(up)s up, a clear move", "%(up)s up, %(clear)s of them clear", moves.up)
            if moves.clear
            else ngettext("%(up)s up, not a clear move", "%(up)s up, none of them clear", moves.up)
        )
        yield form % {"up": moves.up, "clear": moves.clear}
    if moves.down:
        yield ngettext("%(count)s down", "%(count)s down", moves.down) % {"count": moves.down}
    if moves.same:
        yield ngettext("%(count)s the same", "%(count)s the same", moves.same) % {"count": moves.same}
    if moves.known:
        yield ngettext("%(count)s now known", "%(count)s now known", moves.known) % {"count": moves.known}
