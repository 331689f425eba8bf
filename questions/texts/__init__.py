"""Types of the texts that documents print beside the questions: plan, work, comparison.

Those of the files beside the plan are in `files.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questions.model_base import Content, NoLongerRead
from questions.texts.files import FILE_PLACEHOLDERS, FileTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonTexts(Content):
    """Texts of a comparison, filled in by reports.comparison.explanations. Groups: by ids of its model."""

    outcomes: Mapping[str, str]
    reasons: Mapping[str, str]
    limits: str
    compared_of: str
    compared_intro: str
    none_compared: str
    caution_changed: str
    caution_soon: str
    caution_version: str
    no_answer: str
    not_asked: str
    completion_none: str
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
    one_step_intro: str = ""
    clear_by_evidence: str = ""
    caution_essentials: str = ""
    fates: NoLongerRead = None  # in versions up to 2.0.0
    completion_intro: NoLongerRead = None  # in versions up to 2.0.1
    fates_intro: NoLongerRead = None  # in versions up to 2.0.1


COMPARISON_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "compared_of": frozenset({"compared", "of"}),
    "caution_changed": frozenset({"question", "before", "after"}),
    "caution_soon": frozenset({"days"}),
    "caution_version": frozenset({"earlier", "later"}),
    "chart_left_out": frozenset({"left_out", "of"}),
    "chart_none": frozenset({"of"}),
    "clear_by_steps": frozenset({"steps"}),
    "clear_by_note": frozenset({"steps"}),
    "clear_by_evidence": frozenset({"steps", "evidence"}),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTexts(Content):
    """What is said of links: of all (`none_tested`, `some_tested`), of one, and of a retired resource."""

    none_tested: str
    some_tested: str
    link_worked: str
    link_refused: str
    link_failed: str
    link_last_worked: str
    find_it: str
    link_retired: str
    successor: str


LINK_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "link_worked": frozenset({"date"}),
    "link_refused": frozenset({"date"}),
    "link_failed": frozenset({"date"}),
    "link_last_worked": frozenset({"date"}),
    "link_retired": frozenset({"date"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenTexts(Content):
    """Texts that site and documents show, and the sources of the words on help in danger at the foot."""

    product_name: str
    content_note: str
    stem: str
    support_source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTexts(Content):
    """Texts of the plan. Those with {names} are filled by reports.plan, `not_validated` when loaded."""

    lead: str
    not_validated: str
    low_answers: str
    explain: str
    explain_next: str
    equal_points: str
    cut_line: str
    guide_gap: str
    guide_gap_for_audience: str
    guide_gap_in_part: str
    because_answer: str
    because_audience: str
    because_audience_unknown: str
    because_row: str
    why_not_audience: str
    why_not_same_as: str
    why_not_outranked: str
    why_not_unanswered: str
    why_not_no_need: str
    would_bring_if: str
    would_bring_practice: str
    would_bring_row: str
    would_bring_answer: str
    would_bring_choice: str
    would_bring_other: str
    strengths_none: str
    actions_none: str
    nothing_answered: str
    training_none: str
    find_out_intro: str
    find_out_none: str
    how_made: tuple[str, ...]
    review_intro: str
    same_recording: str
    supplements_intro: str
    no_address: str
    reviewed: str = ""
    not_reviewed: str = ""


PLAN_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "explain": frozenset(
        {"answer", "steps", "full", "importance", "importance_label", "gap", "priority", "band", "why"}
    ),
    "not_validated": frozenset({"reviewed"}),
    "reviewed": frozenset({"reviewers"}),
    "explain_next": frozenset({"next_answer", "next_priority", "next_band"}),
    "equal_points": frozenset({"order"}),
    "cut_line": frozenset({"order"}),
    "because_answer": frozenset({"answer", "practice"}),
    "because_audience": frozenset({"audience"}),
    "because_audience_unknown": frozenset({"audience"}),
    "because_row": frozenset({"answer", "question", "row"}),
    "why_not_audience": frozenset({"audience"}),
    "why_not_same_as": frozenset({"title"}),
    "why_not_outranked": frozenset({"count"}),
    "would_bring_if": frozenset({"changes"}),
    "would_bring_practice": frozenset({"practice", "answer"}),
    "would_bring_row": frozenset({"question", "row", "answer"}),
    "would_bring_answer": frozenset({"question", "answer"}),
    "would_bring_choice": frozenset({"question", "answer"}),
    "would_bring_other": frozenset({"question", "answer", "before"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText(Content):
    """What a field asks for. `suggested` is its label for a suggestion, `on_paper` that of room to write."""

    label: str
    suggested: str = ""
    on_paper: str = ""
    hint: NoLongerRead = None  # in versions up to 2.0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTexts(Content):
    """Texts of the team's work on its plan: `fields` and `statuses` by the ids in reports.team.fields."""

    fields: Mapping[str, FieldText]
    notes_and_barrier: str
    statuses: Mapping[str, str]
    own_why: str
    own_tag: str
    none_planned: str
    outside_moved: str
    intro: NoLongerRead = None  # in versions up to 2.0.1
    suggested_dates: NoLongerRead = None  # in versions up to 2.0.1
    suggested_dates_label: NoLongerRead = None  # in versions up to 2.0.1
    date_hint: NoLongerRead = None  # in versions up to 2.0.1
    move_reason: NoLongerRead = None  # in versions up to 2.0.1
    own_title: NoLongerRead = None  # in versions up to 2.0.1
    own_section: NoLongerRead = None  # in versions up to 2.0.1
    own_intro: NoLongerRead = None  # in versions up to 2.0.1
    remove_intro: NoLongerRead = None  # in versions up to 2.0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedTexts(Content):
    """Texts of a composed plan (rules.yaml, composition), filled by reports.plan.explanations."""

    answered: str
    answered_noted: str
    sum: str
    tie: str
    then_foundation: str
    not_online: str
    nothing_opens: str
    strength_mostly: NoLongerRead = None  # in versions up to 2.0.1


COMPOSED_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "answered": frozenset({"answer"}),
    "answered_noted": frozenset({"answer", "note"}),
    "sum": frozenset({"answer", "gap", "importance", "importance_label", "priority", "band"}),
    "tie": frozenset({"order"}),
    "then_foundation": frozenset({"title"}),
    "not_online": frozenset({"title"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Content):
    """All texts. `composed` is None where the version has no rule for composing a plan."""

    screen: ScreenTexts
    plan: PlanTexts
    links: LinkTexts
    work: WorkTexts
    comparison: ComparisonTexts
    files: FileTexts
    composed: ComposedTexts | None = None


# Groups that have a text for each id in the code; reports.documents.text_key_check says which ids.
TEXTS_BY_ID = (
    *(("work", group) for group in ("fields", "statuses")),
    *(("comparison", group) for group in ("outcomes", "reasons")),
)

PLACEHOLDERS: dict[str, frozenset[str]] = (
    PLAN_PLACEHOLDERS
    | COMPARISON_PLACEHOLDERS
    | COMPOSED_PLACEHOLDERS
    | FILE_PLACEHOLDERS
    | LINK_PLACEHOLDERS
)
