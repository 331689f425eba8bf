"""The stages of a section then and now: two bars that count the same questions, one above the other."""

from __future__ import annotations

from markupsafe import Markup

from reports.comparison.model import SectionProgress
from reports.documents.charts.bars import (
    BAR,
    LINE_HEIGHT,
    WIDTH,
    bar,
    key_row,
    shares_of,
    stage_chart_text,
    svg,
)
from reports.documents.charts.styles import INK
from reports.plan.translations import translations

ROW = BAR + 6
LABELS = 48


def progress_chart(section: SectionProgress, language: str) -> Markup:
    """Return the two bars with their key, as an SVG element."""
    top = 2 * ROW + LINE_HEIGHT - 6
    key = key_row(shares_of(section.after), top)
    return svg(WIDTH, top + 5, progress_chart_text(section, language), _bars(section, language) + key)


def progress_bars(section: SectionProgress, language: str) -> Markup:
    """Return the two bars alone: a page sets one key for all as text, which does not shrink with them."""
    return svg(WIDTH, ROW + BAR, progress_chart_text(section, language), _bars(section, language))


def progress_chart_text(section: SectionProgress, language: str) -> str:
    """Return the numbers of both bars in two sentences."""
    text = translations(language).gettext("Then: %(before)s Now: %(after)s")
    return text % {"before": stage_chart_text(section.before), "after": stage_chart_text(section.after)}


def _bars(section: SectionProgress, language: str) -> str:
    _ = translations(language).gettext
    rows = ((_("Then"), section.before), (_("Now"), section.after))
    return "".join(
        f'<text x="0" y="{number * ROW + BAR - 7}" fill="{INK}">{label}</text>'
        f"{bar(shares_of(summary), LABELS, number * ROW)}"
        for number, (label, summary) in enumerate(rows)
    )
