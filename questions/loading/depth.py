"""How much is asked: everything, or the essentials only.

The content names the question that asks this (rules.yaml, depth) and marks what is essential. When content is
loaded, every other question gets one more condition, so that the path, the proofs and the smallest change of
answers need to know nothing of depth. While the question is blank, everything is asked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from questions.conditions import AllOf
from questions.kinds import AnyQuestion
from questions.model import Page, Part
from questions.rules import Depth


def with_depth(depth: Depth | None, parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts with the condition of depth on each question that is not essential."""
    if depth is None:
        return tuple(parts)
    return tuple(
        dataclasses.replace(part, pages=tuple(_page(depth, page) for page in part.pages)) for part in parts
    )


def _page(depth: Depth, page: Page) -> Page:
    return dataclasses.replace(page, questions=tuple(_question(depth, each) for each in page.questions))


def _question(depth: Depth, question: AnyQuestion) -> AnyQuestion:
    if question.essential or question.id == depth.question:
        return question
    whole, own = depth.condition, question.show_when
    return dataclasses.replace(question, show_when=whole if own is None else AllOf(all=(whole, own)))
