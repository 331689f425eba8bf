"""Types of the texts of the files beside the plan: worksheet, spreadsheet, calendar."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content, NoLongerRead


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetTexts(Content):
    """The questions on paper. `chosen` and its opposite follow “if you” in `only_if`."""

    title: str
    lead: str
    how: tuple[str, ...]
    marks: str
    scale_intro: str
    question_name: str
    only_if: str
    chosen: str
    not_chosen: str
    choose_one: str
    choose_in_each_row: str
    choose_alone: str
    row: str
    evidence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTexts(Content):
    """The names of the sheets: each has 31 characters at most, and none of []:*?/\\."""

    actions: str
    other_actions: str
    strengths: str
    training: str
    find_out: str
    resources: str
    not_in_plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTexts(Content):
    """The headings of columns, but for those that the fields of the team's work give (`work.fields`)."""

    place: str
    rank: str
    section: str
    change: str
    practice: str
    why: str
    answer: str
    band: str
    note: str
    move_reason: str
    resources: str
    not_in_guide: str
    question: str
    row: str
    unknown: str
    evidence: str
    who_to_ask: str
    by_when: str
    resource: str
    kind: str
    year: str
    publisher: str
    about: str
    link: str
    where_to_look: str
    search_words: str
    instead: str
    reasons: str
    why_not: str
    would_bring: str
    points: NoLongerRead = None  # in versions up to 2.0.1
    link_note: NoLongerRead = None  # in versions up to 2.0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadsheetTexts(Content):
    """The plan as a spreadsheet."""

    title: str
    sheets: SheetTexts
    columns: ColumnTexts
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTexts(Content):
    """The plan's dates as a calendar file."""

    due_event: str
    review_event: str
    category: str
    none: NoLongerRead = None  # in versions up to 2.0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTexts(Content):
    """Texts of the files beside the plan."""

    worksheet: WorksheetTexts
    spreadsheet: SpreadsheetTexts
    calendar: CalendarTexts


FILE_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "question_name": frozenset({"number"}),
    "only_if": frozenset({"condition"}),
    "chosen": frozenset({"answers", "question"}),
    "not_chosen": frozenset({"answers", "question"}),
    "due_event": frozenset({"action"}),
    "review_event": frozenset({"action"}),
}
