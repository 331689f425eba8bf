"""Types of the texts for those who come back: a new self-check, the history, a newer questionnaire."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class StartChoices(Content):
    """The ways to start again, and what each means."""

    old: str
    old_hint: str
    blank: str
    blank_hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginMarks(Content):
    """What is said beside a question that is not the same as last time."""

    reworded: str
    changed: str
    split: str
    merged: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCarriedReasons(Content):
    """Why an answer to an older version of the questions cannot be taken over."""

    changed: str
    split: str
    merged: str
    dropped: str
    not_allowed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTexts(Content):
    """Texts for those who come back."""

    retake_intro: str
    retake_interval: str
    retake_open: str
    retake_changed: str
    start: StartChoices
    marks: OriginMarks
    last_time: str
    asked_then: str
    no_answer_then: str
    not_asked_then: str
    from_last_time: str
    update_notice: str
    update_intro: str
    update_all_kept: str
    not_carried: NotCarriedReasons
    history_intro: str
    history_one: str
    compare_intro: str
    compare_too_few: str
    compare_same: str
    look_back_intro: str


RETURN_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "retake_intro": frozenset({"date"}),
    "retake_open": frozenset({"date"}),
    "retake_changed": frozenset({"new", "other", "gone"}),
    "last_time": frozenset({"date"}),
    "asked_then": frozenset({"question"}),
    "from_last_time": frozenset({"count"}),
    "update_intro": frozenset({"before", "now"}),
}
