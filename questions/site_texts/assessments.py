"""Types of the texts of the pages that list and compare self-checks."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTexts(Content):
    """Texts of the pages that list and compare self-checks."""

    history_intro: str
    history_one: str
    compare_intro: str
    compare_too_few: str
    compare_same: str
    look_back_intro: str
