"""The table of figures: one row each, with its limit and its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = "| what | figure | at most | beside |\n|---|---:|---:|---|"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure; a count has no unit. `limit` is its maximum, None if there is no target."""

    what: str
    figure: float
    unit: str = "ms"
    limit: float | None = None
    beside: str = ""

    def __str__(self) -> str:
        """The row as a line of Markdown."""
        limit = "" if self.limit is None else f"{self.limit:.1f} {self.unit}"
        missed = " (missed)" if self.limit is not None and self.figure > self.limit else ""
        figure = f"{self.figure:.1f} {self.unit}" if self.unit else f"{self.figure:.0f}"
        return f"| {self.what} | {figure} | {limit}{missed} | {self.beside} |"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    return "\n".join([HEAD, *map(str, rows)])
