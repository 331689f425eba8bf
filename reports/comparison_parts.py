"""What the printed comparison shows, gathered from it: no sentence is made here."""

from __future__ import annotations

from collections.abc import Iterator

from reports.comparison_model import Comparison, Matched
from reports.words import long_date

# A row of a table stays on one page: what is longer stands below the table.
MOST_IN_A_ROW = 400
MOST_LINES_IN_A_ROW = 8


def comparison_title(comparison: Comparison) -> str:
    """Return the title of the chapter that tells what changed."""
    return f"What changed since {long_date(comparison.earlier.occasion.date)}"


def headings(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield what the printed comparison holds: the anchor of each heading, and its words."""
    outcomes = comparison.texts.outcomes
    yield "team-did", "What your team did"
    yield "actions-then", "What became of the actions"
    if comparison.cautions:
        yield "before-you-compare", "Before you compare"
    yield "compared", comparison.headline
    for outcome in ("moved_up", "moved_down", "now_known", "now_unsure", "same"):
        found: tuple[Matched, ...] = getattr(comparison, outcome)
        if found:
            yield outcome, f"{getattr(outcomes, outcome)}: {len(found)}"
    if comparison.not_compared:
        yield "not-compared", f"Not compared: {len(comparison.not_compared)}"


def typed_texts(comparison: Comparison) -> Iterator[str]:
    """Yield every text of the printed comparison that someone typed."""
    for sitting in (comparison.earlier, comparison.later):
        yield sitting.occasion.agency
    for action in comparison.completion or ():
        yield from (action.title, action.dropped_reason)
    for pair in comparison.matched:
        yield from (pair.note_before, pair.note_after)
    yield from (pair.why for pair in comparison.not_compared)


def fits_a_row(note: str) -> bool:
    """Return whether a note is short enough to stand in a row of a table."""
    return len(note) <= MOST_IN_A_ROW and note.count("\n") < MOST_LINES_IN_A_ROW
