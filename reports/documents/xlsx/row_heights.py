"""How tall a row must be, because LibreOffice does not fit rows that another program wrote."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

LINE = 15.0
MOST = 409.0  # what Excel allows
_WIDE = frozenset({"W", "F"})


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Return the height in points of a row with these texts in columns of so many characters."""
    return min(MOST, LINE * max((line_count(text, width) for text, width in texts), default=1) + 3)


def line_count(text: str, width: int) -> int:
    """Return on how many lines a text is written, rather too many than too few."""
    return sum(_wrapped(paragraph, width) for paragraph in text.split("\n")) or 1


def _wrapped(paragraph: str, width: int) -> int:
    """Return the lines of a paragraph. Chinese letters are as wide as two others and break anywhere."""
    doubled = "".join(
        f"{character} " if unicodedata.east_asian_width(character) in _WIDE else character
        for character in paragraph
    )
    return len(textwrap.wrap(doubled, max(4, round(width * 0.95)))) or 1
