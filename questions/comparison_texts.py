"""Types of the texts that stand beside a comparison of two assessments."""

from __future__ import annotations

from dataclasses import dataclass

from questions.content_type import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTexts(Content):
    """Headings of the practices that could be told apart: reports.comparison_model.Outcome."""

    moved_up: str
    same: str
    moved_down: str
    now_known: str
    now_unsure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonTexts(Content):
    """Headings of what could not be compared: reports.comparison_model.Reason."""

    new_question: str
    split: str
    merged: str
    dropped: str
    wording_changed: str
    no_longer_applies: str
    not_asked_before: str
    not_answered: str
    not_applicable: str
    unsure_both: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FateTexts(Content):
    """Headings of what became of planned actions: the fields of reports.comparison_model.Fates."""

    done: str
    still_due: str
    newly_due: str
    gone_answer_changed: str
    gone_rule_changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonTexts(Content):
    """Texts of a comparison. Those with {names} are filled by reports.comparison_wording."""

    outcomes: OutcomeTexts
    reasons: ReasonTexts
    fates: FateTexts
    limits: str
    compared_of: str
    compared_intro: str
    none_compared: str
    caution_changed: str
    caution_soon: str
    caution_version: str
    no_answer: str
    not_asked: str
    completion_intro: str
    completion_none: str
    fates_intro: str
    fates_none: str
    same_note: str
    ranks: str
    chart_intro: str
    chart_left_out: str
    chart_none: str
    moved_down_intro: str
    now_known_intro: str
    now_unsure_intro: str
    clear_by_steps: str
    clear_by_note: str
    one_step: str
    looking_back: str
    not_compared_absent: str
    not_compared_split_from: str
    not_compared_split_into: str
    not_compared_merged_from: str
    not_compared_merged_into: str
    not_compared_changed: str
    not_compared_off_now: str
    not_compared_off_then: str
    not_compared_blank_then: str
    not_compared_blank_now: str
    not_compared_blank_both: str
    not_compared_does_not_apply_then: str
    not_compared_does_not_apply_now: str
    not_compared_does_not_apply_both: str
    reason_then: str
    reason_now: str
    not_compared_unsure: str
    fate_done: str
    fate_done_again: str
    fate_done_answer: str
    fate_still: str
    fate_still_new_rank: str
    fate_still_dropped: str
    fate_by_answer: str
    fate_by_blank: str
    fate_new_place: str
    fate_new_rule: str
    fate_new_question: str
    fate_gone_place: str
    fate_gone_rule: str
    fate_gone_question: str


COMPARISON_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "compared_of": frozenset({"compared", "of"}),
    "caution_changed": frozenset({"question", "before", "after"}),
    "caution_soon": frozenset({"days"}),
    "caution_version": frozenset({"earlier", "later"}),
    "chart_left_out": frozenset({"left_out", "of"}),
    "chart_none": frozenset({"of"}),
    "clear_by_steps": frozenset({"steps"}),
    "clear_by_note": frozenset({"steps"}),
    "one_step": frozenset({"evidence"}),
    "not_compared_absent": frozenset({"version"}),
    "not_compared_split_from": frozenset({"version", "practices"}),
    "not_compared_split_into": frozenset({"version", "practices"}),
    "not_compared_merged_from": frozenset({"version", "practices"}),
    "not_compared_merged_into": frozenset({"version", "practices"}),
    "not_compared_changed": frozenset({"earlier", "later"}),
    "reason_then": frozenset({"reason"}),
    "reason_now": frozenset({"reason"}),
    "fate_done_answer": frozenset({"answer"}),
    "fate_still": frozenset({"rank", "rank_then"}),
    "fate_still_new_rank": frozenset({"rank"}),
    "fate_by_answer": frozenset({"before", "after"}),
    "fate_by_blank": frozenset({"before"}),
}
