"""Types of the texts that stand on screens and in the plan, beside the questions."""

from __future__ import annotations

from dataclasses import dataclass

from questions.account_texts import ACCOUNT_PLACEHOLDERS, AccountTexts
from questions.agency_texts import AGENCY_PLACEHOLDERS, AgencyTexts, ConflictTexts, PlanLinkTexts
from questions.comparison_texts import COMPARISON_PLACEHOLDERS, ComparisonTexts
from questions.content_type import Content
from questions.file_texts import FILE_PLACEHOLDERS, FileTexts
from questions.guide_texts import GUIDE_PLACEHOLDERS, GuidePageTexts
from questions.link_texts import LINK_PLACEHOLDERS, LinkTexts
from questions.privacy_texts import PRIVACY_PLACEHOLDERS, PrivacyTexts, PrivateDataTexts
from questions.return_texts import RETURN_PLACEHOLDERS, ReturnTexts


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
    time_left: str
    time_left_even: str
    time_left_short: str
    unsaved_open: str
    unsaved_closed: str
    unsaved_agency: str
    part_done: str
    preview_questions: str
    preview_plan: str
    preview_intro: str
    preview_kept: str
    preview_counts_again: str
    preview_plan_intro: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText(Content):
    """What a field asks for, and a hint (may be "").

    `suggested` is the label while it holds what the plan suggests, `on_paper` that of room to write;
    without them, it is the label.
    """

    label: str
    hint: str
    suggested: str = ""
    on_paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFieldTexts(Content):
    """The fields of an action that the team fills in: those of reports.team.ActionWork."""

    owner: FieldText
    first_step: FieldText
    when_then: FieldText
    due: FieldText
    needs: FieldText
    measure: FieldText
    baseline: FieldText
    survivor_check: FieldText
    barrier: FieldText
    review: FieldText
    status: FieldText
    dropped_reason: FieldText
    notes: FieldText


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLabels(Content):
    """How far an action is: the values of reports.team.Status."""

    not_started: str
    under_way: str
    done: str
    dropped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTexts(Content):
    """Texts of the team's work on its plan."""

    intro: str
    fields: WorkFieldTexts
    suggested_dates: str
    suggested_dates_label: str
    notes_and_barrier: str
    statuses: StatusLabels
    date_hint: str
    move_reason: FieldText
    own_title: FieldText
    own_section: FieldText
    own_intro: str
    own_why: str
    own_tag: str
    remove_intro: str
    none_planned: str
    outside_moved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Content):
    """All texts."""

    screen: ScreenTexts
    plan: PlanTexts
    links: LinkTexts
    work: WorkTexts
    comparison: ComparisonTexts
    files: FileTexts
    returning: ReturnTexts
    guide_pages: GuidePageTexts
    accounts: AccountTexts
    agencies: AgencyTexts
    plan_links: PlanLinkTexts
    conflicts: ConflictTexts
    private_data: PrivateDataTexts
    privacy: PrivacyTexts


PLACEHOLDERS: dict[str, frozenset[str]] = (
    {
        "part_done": frozenset({"done", "total"}),
        "time_left": frozenset({"fewest", "most"}),
        "time_left_even": frozenset({"most"}),
        "suggested_dates": frozenset({"due", "effort", "reviews"}),
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
        "would_bring_if": frozenset({"changes"}),
        "would_bring_practice": frozenset({"practice", "answer"}),
        "would_bring_row": frozenset({"question", "row", "answer"}),
        "would_bring_answer": frozenset({"question", "answer"}),
        "would_bring_choice": frozenset({"question", "answer"}),
        "would_bring_other": frozenset({"question", "answer", "before"}),
        "finish_not_sure": frozenset({"count"}),
        "check_intro": frozenset({"done", "total"}),
    }
    | COMPARISON_PLACEHOLDERS
    | FILE_PLACEHOLDERS
    | LINK_PLACEHOLDERS
    | RETURN_PLACEHOLDERS
    | GUIDE_PLACEHOLDERS
    | ACCOUNT_PLACEHOLDERS
    | AGENCY_PLACEHOLDERS
    | PRIVACY_PLACEHOLDERS
)
