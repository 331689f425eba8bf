"""What a printed comparison consists of, and what people typed into a plan or a comparison."""

from __future__ import annotations

from collections.abc import Iterator

from reports.comparison.model import Comparison, Matched
from reports.documents.formatting import long_date
from reports.plan.translations import translations
from reports.team.model import TeamPlan

# A row of a table must fit on one page; longer notes are printed below the table.
MOST_IN_A_ROW = 400
MOST_LINES_IN_A_ROW = 8


def comparison_title(comparison: Comparison) -> str:
    """Return the title of the chapter about what changed."""
    language, head = comparison.later.path.questionnaire.language, comparison.earlier.header
    title = translations(language).gettext("What changed since %(date)s")
    return title % {"date": long_date(head.date, language, head.number_of_day)}


def moves(comparison: Comparison) -> tuple[Matched, ...]:
    """Return the practices whose answer changed, in reading order."""
    return tuple(pair for _, pairs in comparison.moved for pair in pairs)


def typed_in_comparison(comparison: Comparison) -> Iterator[str]:
    """Yield every text of the printed comparison that someone typed."""
    for assessment in (comparison.earlier, comparison.later):
        yield assessment.header.agency
    for action in comparison.completion or ():
        yield from (action.title, action.dropped_reason, action.measure_then, action.measure_now)
    for pair in comparison.matched:
        yield from (pair.note_before, pair.note_after)
    yield from (pair.why for pair in comparison.not_compared)


def fits_a_row(note: str) -> bool:
    """Return whether a note is short enough for a row of a table."""
    return len(note) <= MOST_IN_A_ROW and note.count("\n") < MOST_LINES_IN_A_ROW


def typed_in_plan(team: TeamPlan) -> Iterator[str]:
    """Yield every text of the plan that someone typed."""
    plan = team.plan
    yield plan.agency
    for item in (*team.planned, *team.outside):
        yield from (item.title, item.move_reason, *item.work.texts.values())
    yield from (finding.note for finding in plan.strengths)
    yield from (action.finding.note for action in plan.actions)
    yield from (item.note for item in plan.find_out_first)
    yield from (item.reason for item in plan.not_applicable)
