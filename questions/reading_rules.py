"""Types of reading.yaml: how hard our texts may be to read."""

from __future__ import annotations

from dataclasses import dataclass

from questions.content_type import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTerm(Content):
    """A name or a term that has no plainer word, and why. Each of its words counts one syllable."""

    term: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules(Content):
    """The highest grade, and the fewest words by which one is measured."""

    limit: int = 8
    fewest_words: int = 25
    terms: tuple[PlainTerm, ...] = ()
