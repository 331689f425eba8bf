"""Stacked bars as SVG, used by both the web page and the PDF.

Only presentation attributes are used, so that the security policy can forbid inline styles. The title is
the chart's text alternative: WeasyPrint reads it only as a direct child of the svg element.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from reports.documents.charts.styles import APART, INK, STEPS, Look, lines_of, look_apart
from reports.plan.model import StageCounts

WIDTH = 600
BAR = 26
LINE_HEIGHT = 20
GAP = 3
KEY_SIZE = 14
SWATCH = 14
FONTS = "Source Sans Pro Web, Source Sans Pro, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of the bar, with its line in the key."""

    label: str
    count: int
    look: Look

    @property
    def apart(self) -> bool:
        """Whether it is not a stage: not sure, doesn't apply, not answered."""
        return bool(self.look.sign)


def stage_bar(summary: StageCounts) -> Markup:
    """Return the bar alone: a web page shows one key for all bars as text, which does not shrink."""
    return svg(WIDTH, BAR, stage_chart_text(summary), bar(shares_of(summary)))


def stage_chart_text(summary: StageCounts) -> str:
    """Return the chart's numbers as a sentence, every stage with its count."""
    return "; ".join(f"{share.label}: {share.count}" for share in shown_shares([summary])) + "."


def stage_swatches(summary: StageCounts) -> dict[str, Markup]:
    """Return the sign of each stage and each other answer in a key, by its code."""
    return {code: swatch(share) for code, share in _shares(summary).items()}


def stage_names(summary: StageCounts) -> tuple[tuple[Markup, str], ...]:
    """Return the key of all bars of these stages: for each its swatch, an SVG element, and its name."""
    return key_of(shares_of(summary))


def key_of(shares: Iterable[Share]) -> tuple[tuple[Markup, str], ...]:
    """Return the swatch and the label of each part, for a key that a page sets as text."""
    return tuple((swatch(share), share.label) for share in shares)


def shares_of(summary: StageCounts) -> list[Share]:
    """Return the parts of the bar: every stage, then the other answers."""
    return list(_shares(summary).values())


def shown_shares(summaries: Iterable[StageCounts]) -> list[Share]:
    """Return the parts that the key of these bars lists: every stage, and the other answers that occur."""
    shares = (share for summary in summaries for share in shares_of(summary))
    return list({share.label: share for share in shares if share.count or not share.apart}.values())


def _shares(summary: StageCounts) -> dict[str, Share]:
    stages = [code for code in summary.counts if code not in APART]
    looks = dict(zip(stages, STEPS, strict=True)) | {code: look_apart(code) for code in APART}
    order = [*stages, *(code for code in summary.counts if code in APART)]
    return {
        code: Share(label=summary.labels[code], count=summary.counts[code], look=looks[code])
        for code in order
    }


def svg(width: int, height: int, title: str, body: str) -> Markup:
    """Return an SVG element: with a title, an image with a text alternative; without, a decoration."""
    role = 'role="img"' if title else 'aria-hidden="true"'
    named = f"<title>{escape(title)}</title>" if title else ""
    return Markup(  # noqa: S704  # the title is escaped, and the body holds numbers and escaped labels
        f'<svg xmlns="http://www.w3.org/2000/svg" {role} width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONTS}" font-size="{KEY_SIZE}">{named}{body}</svg>'
    )


def bar(shares: list[Share], left: int = 0, top: int = 0, unit: float = 0, height: int = BAR) -> str:
    """Return the bar: stages with widths by count, then the other answers as outlines after a wider gap.

    `unit` is the width of one practice; without it, the bar is as wide as the chart.
    """
    shown = [share for share in shares if share.count]
    wide_gap = 4 * GAP if any(s.apart for s in shown) and not all(s.apart for s in shown) else 0
    room = WIDTH - left - wide_gap - GAP * len(shown)
    unit = unit or room / max(sum(share.count for share in shown), 1)
    parts, x = [], float(left)
    for index, share in enumerate(shown):
        if share.apart and index and not shown[index - 1].apart:
            x += wide_gap
        parts.append(_block(share, x, top, share.count * unit, height))
        x += share.count * unit + GAP
    return "".join(parts)


def frame(share: Share, x: float, y: float, width: float, height: float) -> str:
    """Return a filled rectangle with its pattern, and a thin line just inside its edge."""
    dashes = ' stroke-dasharray="3 2"' if share.apart else ""
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{width - 1:.1f}" height="{height - 1:.1f}" '
        f'fill="{share.look.fill}" stroke="{share.look.frame}" stroke-width="1"{dashes}/>'
        f"{lines_of(share.look, x + 1, y + 1, width - 2, height - 2)}"
    )


def swatch(share: Share) -> Markup:
    """Return the sign of a part in a key, as an SVG element."""
    return svg(SWATCH, SWATCH, "", _swatch(share, 0, 0))


def key_row(shares: Iterable[Share], y: int) -> str:
    """Return one line of a key: the swatch and the label of each part."""
    parts, x = [], 0.0
    for share in shares:
        text = f'<text x="{x + SWATCH + 6:.1f}" y="{y}" fill="{INK}">{escape(share.label)}</text>'
        parts.append(_swatch(share, x, y - SWATCH + 2) + text)
        x += SWATCH + 12 + 7.2 * len(share.label)
    return "".join(parts)


def _block(share: Share, x: float, y: float, width: float, height: int) -> str:
    """Return a part of the bar with its number, on a plain ground."""
    words = f"{share.look.sign} {share.count}".strip()
    room = min(width - 4, 8 + 9 * len(words))
    ground = (
        f'<rect x="{x + (width - room) / 2:.1f}" y="{y + 3}" width="{room:.1f}" height="{height - 6}" '
        f'fill="{share.look.fill}"/>'
    )
    return (
        f"{frame(share, x, y, width, height)}{ground if share.look.lines else ''}"
        f'<text x="{x + width / 2:.1f}" y="{y + height / 2 + 6:.0f}" fill="{share.look.ink}" '
        f'font-size="16" font-weight="700" text-anchor="middle">{words}</text>'
    )


def _swatch(share: Share, x: float, y: float) -> str:
    sign = (
        f'<text x="{x + SWATCH / 2:.1f}" y="{y + SWATCH - 3}" fill="{INK}" font-size="12" '
        f'font-weight="700" text-anchor="middle">{share.look.sign}</text>'
    )
    return frame(share, x, y, SWATCH, SWATCH) + (sign if share.apart else "")
