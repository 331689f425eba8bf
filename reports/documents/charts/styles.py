"""How the parts of a chart look: a fill and a pattern for each stage, and a sign for each other answer.

Stages get darker as a practice takes hold, and have different patterns, so they are distinguishable in black
and white, too. Other answers (not sure, doesn't apply, not answered) are outlines with a sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from questions.conditions import NOT_SURE
from questions.model import NOT_APPLICABLE
from reports.plan.model import UNANSWERED

INK = "#1b1b1b"
SIGNS = {NOT_SURE: "?", NOT_APPLICABLE: "×", UNANSWERED: "–"}
APART = tuple(SIGNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colors of the fill, frame and text of a part; its pattern, and the sign before its count."""

    fill: str
    frame: str = "#2e6276"
    ink: str = INK
    lines: str = ""
    sign: str = ""


# Colors of the design system's blue-cool family.
STEPS = (
    Look(fill="#dae9ee"),
    Look(fill="#82b4c9", lines="slanted"),
    Look(fill="#3a7d95", ink="#ffffff", lines="level"),
    Look(fill="#074b69", ink="#ffffff"),
)


def look_apart(code: str) -> Look:
    """Return the look of an answer that is not a stage."""
    return Look(fill="#ffffff", frame="#71767a", sign=SIGNS[code])


def lines_of(look: Look, x: float, y: float, width: float, height: float) -> str:
    """Return the lines of the pattern inside a rectangle, as one path; "" without a pattern.

    Drawn, not an SVG pattern: that needs an id, and a page with two charts would have it twice.
    """
    if not look.lines:
        return ""
    lines = _slanted(x, y, width, height) if look.lines == "slanted" else _level(x, y, width, height)
    stroke = look.frame if look.ink == INK else look.ink
    return f'<path d="{"".join(lines)}" stroke="{stroke}" stroke-width="1"/>'


def _slanted(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Yield lines that rise to the right, cut at the edges."""
    step = 6
    for number in range(1, ceil((width + height) / step)):
        along = number * step
        left, right = max(0.0, along - height), min(along, width)
        yield f"M{x + left:.1f} {y + along - left:.1f}L{x + right:.1f} {y + along - right:.1f}"


def _level(x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Yield level lines."""
    step = 5
    for number in range(1, ceil(height / step)):
        yield f"M{x:.1f} {y + number * step - 0.5:.1f}h{width:.1f}"
