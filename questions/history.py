"""Types of the history: what became of each question from one version of the content to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from questions.content_type import Content

ChangeKind = Literal["reworded", "changed", "split", "merged", "dropped", "new"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange(Content):
    """What became of the questions `was`: the questions `now`. `note` says why, in plain words."""

    kind: ChangeKind
    note: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentChange(Content):
    """One step from a published version to the next. A question it does not list is the same."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    summary: str
    questions: tuple[QuestionChange, ...] = ()


def is_version(text: str) -> bool:
    """Return whether this is a version of the content: three numbers with points between."""
    number = "(0|[1-9][0-9]{0,3})"
    return re.fullmatch(f"{number}[.]{number}[.]{number}", text) is not None


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, so that versions can be put in order. Raises ValueError."""
    return tuple(int(number) for number in version.split("."))


def major(version: str) -> str:
    """Return the first number of a version: with another one, answers are not comparable."""
    return version.partition(".")[0]
