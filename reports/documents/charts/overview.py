"""A chart of all sections for the first page, with one or two bars each. All practices have equal width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from reports.comparison.model import SectionProgress
from reports.documents.charts.bars import (
    GAP,
    LINE_HEIGHT,
    WIDTH,
    bar,
    key_row,
    shares_of,
    shown_shares,
    stage_chart_text,
    svg,
)
from reports.documents.charts.styles import INK
from reports.plan.model import SectionSummary, StageCounts
from reports.plan.translations import translations

HEIGHT = 22
HEIGHT_OF_TWO = 18
LABELS = 118
TIMES = 44
BETWEEN = 8
WIDEST = 48
TOTALS = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """A bar with the label of its section and its counts. If there are two, `time` says which one it is.

    `total` is how many practices there are, in words, or "".
    """

    label: str
    time: str = ""
    is_later: bool = False
    total: str = ""
    summary: StageCounts


def sections_chart(sections: Sequence[SectionSummary], language: str) -> Markup:
    """Return a bar with its total for each section, as an SVG element."""
    return _chart(
        [
            ChartRow(
                label=summary.part.short_title,
                total=_total(sum(summary.counts.values()), language),
                summary=summary,
            )
            for summary in sections
        ]
    )


def _total(count: int, language: str) -> str:
    form = translations(language).ngettext("%(count)s in all", "%(count)s in all", count)
    return form % {"count": count}


def progress_sections_chart(sections: Sequence[SectionProgress], language: str) -> Markup:
    """Return two bars for each section with a compared question, as an SVG element."""
    _ = translations(language).gettext
    compared = [section for section in sections if section.compared]
    return _chart(
        [
            row
            for section in compared
            for row in (
                ChartRow(label=section.part.short_title, time=_("Then"), summary=section.before),
                ChartRow(label=section.part.short_title, time=_("Now"), is_later=True, summary=section.after),
            )
        ]
    )


def _chart(rows: Sequence[ChartRow]) -> Markup:
    two = any(row.time for row in rows)
    left, height = (LABELS + TIMES, HEIGHT_OF_TWO) if two else (LABELS, HEIGHT)
    right = TOTALS + BETWEEN if any(row.total for row in rows) else 0
    unit = _unit(rows, left + right)
    parts, y = [], 0
    for row in rows:
        words = "" if row.is_later else row.label
        base = y + height - 5
        parts.append(_text(0, base, words) + _text(LABELS, base, row.time))
        parts.append(_text(WIDTH - TOTALS, base, row.total))
        parts.append(bar(shares_of(row.summary), left, y, unit, height))
        y += height + (2 if row.time and not row.is_later else BETWEEN)
    keys, height = _key(rows, y + LINE_HEIGHT - 4)
    return svg(WIDTH, height, _sentences(rows), "".join(parts) + keys)


def _unit(rows: Sequence[ChartRow], left: int) -> float:
    """Return the width of a practice at which the longest bar has room for its parts and gaps."""
    most = max((sum(row.summary.counts.values()) for row in rows), default=1)
    gaps = GAP * (len(rows[0].summary.counts) + 4) if rows else 0
    return min(WIDEST, (WIDTH - left - gaps) / max(most, 1))


def _key(rows: Sequence[ChartRow], top: int) -> tuple[str, int]:
    """Return the key, stages on one line, the other answers on the next; and the height of the chart."""
    shown = shown_shares(row.summary for row in rows)
    lines = [[share for share in shown if share.apart is apart] for apart in (False, True)]
    drawn = [line for line in lines if line]
    keys = [key_row(line, top + number * LINE_HEIGHT) for number, line in enumerate(drawn)]
    return "".join(keys), top + (len(drawn) - 1) * LINE_HEIGHT + 5


def _sentences(rows: Sequence[ChartRow]) -> str:
    """Return each bar as a sentence."""
    return " ".join(
        f"{', '.join(filter(None, (row.label, row.time.lower())))}. {stage_chart_text(row.summary)}"
        for row in rows
    )


def _text(x: int, y: int, words: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{INK}">{escape(words)}</text>' if words else ""
