"""The table of figures: one row each, with what it may be at most and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = "| what | figure | at most | beside |\n|---|---:|---:|---|"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure. `limit` is what it may be at most, in the same unit; None where there is no aim."""

    what: str
    figure: float
    unit: str = "ms"
    limit: float | None = None
    beside: str = ""

    def __str__(self) -> str:
        """The row as a line of the table."""
        limit = "" if self.limit is None else f"{self.limit:.1f} {self.unit}"
        missed = " (missed)" if self.limit is not None and self.figure > self.limit else ""
        return f"| {self.what} | {self.figure:.1f} {self.unit} | {limit}{missed} | {self.beside} |"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table."""
    return "\n".join([HEAD, *map(str, rows)])
