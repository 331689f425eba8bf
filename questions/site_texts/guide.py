"""Types of the texts of the guide pages: looking for resources, and the way into a self-check."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetText(Content):
    """What a list of choices is about, and a hint."""

    label: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetTexts(Content):
    """The lists of choices: those of reports.guide_search.guide_choices."""

    audience: FacetText
    format: FacetText
    section: FacetText


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTexts(Content):
    """Looking for resources. `small_words` are passed over in a search: a space parts them."""

    intro: str
    words_label: str
    words_hint: str
    small_words: str
    facets: FacetTexts
    any_agency: str
    found_of: str
    leave_out: str
    none_found: str
    see_all: str
    words_cut: str
    no_words: str
    unknown_choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayInTexts(Content):
    """From a section to its questions: what is said when a self-check is open here, finished, or neither."""

    open_draft: str
    finished_before: str
    begin: str
    go_on: str
    begin_here: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePageTexts(Content):
    """Texts of the guide pages."""

    sections_intro: str
    find: FindTexts
    way_in: WayInTexts
    made_for: str
    for_any_agency: str
    practices_intro: str
    publishers_intro: str


GUIDE_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "found_of": frozenset({"found", "of"}),
    "leave_out": frozenset({"choice", "count"}),
    "see_all": frozenset({"of"}),
    "words_cut": frozenset({"limit"}),
    "open_draft": frozenset({"date"}),
    "finished_before": frozenset({"date"}),
    "made_for": frozenset({"audience"}),
}
