"""Types of the texts that stand on screens and in the plan, beside the questions."""

from __future__ import annotations

from dataclasses import dataclass

from questions.content_type import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenTexts(Content):
    """Texts of the site. One text may have several paragraphs: a blank line parts them."""

    product_name: str
    tagline: str
    welcome: str
    time_estimate: str
    what_you_get: tuple[str, ...]
    content_note: str
    privacy: str
    free_text_hint: str
    stem: str
    note_label: str
    reason_label: str
    pause: str
    return_code_note: str
    part_done: str
    check_intro: str
    not_used_intro: str
    finish_intro: str
    finish_not_sure: str
    agency_label: str
    agency_hint: str
    support: str
    support_source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTexts(Content):
    """Texts of the plan. `explain` and the others with {names} are filled by reports.wording."""

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
    strengths_none: str
    actions_none: str
    nothing_answered: str
    training_none: str
    find_out_intro: str
    find_out_none: str
    how_made: tuple[str, ...]
    review_intro: str
    survivor_check: str
    same_recording: str
    supplements_intro: str
    no_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Content):
    """All texts."""

    screen: ScreenTexts
    plan: PlanTexts


PLACEHOLDERS: dict[str, frozenset[str]] = {
    "part_done": frozenset({"done", "total"}),
    "explain": frozenset(
        {"answer", "steps", "full", "importance", "importance_label", "gap", "priority", "band", "why"}
    ),
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
    "finish_not_sure": frozenset({"count"}),
    "check_intro": frozenset({"done", "total"}),
}
