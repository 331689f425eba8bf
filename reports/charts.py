"""Numbers to small charts: SVG text that the web page and the PDF both use.

reports.progress_charts sets two of these bars one above the other.

Only presentation attributes, so that the page's security policy may forbid inline styles. The title is
the chart's text alternative: WeasyPrint reads it only as a direct child of the svg element.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from questions.conditions import NOT_SURE
from questions.model import NOT_APPLICABLE
from reports.model import UNANSWERED, SectionSummary

APART = (NOT_SURE, NOT_APPLICABLE, UNANSWERED)
WIDTH = 600
BAR = 26
LINE_HEIGHT = 20
GAP = 3
KEY_SIZE = 14
FONTS = "Source Sans Pro Web, Source Sans Pro, sans-serif"
INK = "#1b1b1b"
LINE = "#71767a"
# Lighter to darker, as a practice takes hold: the steps can be told apart in black and white.
# Colours of the design system's blue-cool family, each with the colour of the number on it.
STEPS = (("#dae9ee", INK), ("#82b4c9", INK), ("#3a7d95", "#ffffff"), ("#074b69", "#ffffff"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of the bar, with its line in the key."""

    label: str
    count: int
    fill: str
    ink: str

    @property
    def apart(self) -> bool:
        """Whether it stands beside the stages: not sure, doesn't apply, not answered."""
        return self.fill == "#ffffff"


def stage_chart(summary: SectionSummary) -> Markup:
    """Return one stacked bar of the counts by stage, with its numbers and its key, as an SVG element."""
    shares = shares_of(summary)
    keys, height = _key(shares, top=BAR + LINE_HEIGHT)
    return svg(WIDTH, height, stage_chart_text(summary), bar(shares) + keys)


def stage_bar(summary: SectionSummary) -> Markup:
    """Return the bar alone: a page sets the key beside it as text that does not shrink with it."""
    return svg(WIDTH, BAR, stage_chart_text(summary), bar(shares_of(summary)))


def stage_key(summary: SectionSummary) -> tuple[tuple[Markup, str], ...]:
    """Return the key of the bar: for each stage its swatch, an SVG element, and its label with the count."""
    return tuple(
        (svg(12, 12, "", frame(share, 0, 0, 12, 12)), f"{share.label}: {share.count}")
        for share in shares_of(summary)
        if share.count or not share.apart
    )


def stage_chart_text(summary: SectionSummary) -> str:
    """Return the chart's numbers as a sentence, every stage with its count."""
    shown = [share for share in shares_of(summary) if share.count or not share.apart]
    return "; ".join(f"{share.label}: {share.count}" for share in shown) + "."


def shares_of(summary: SectionSummary) -> list[Share]:
    """Return the parts of the bar: every stage, then what stands apart."""
    stages = [code for code in summary.counts if code not in APART]
    looks = dict(zip(stages, STEPS, strict=True)) | dict.fromkeys(APART, ("#ffffff", INK))
    order = [*stages, *(code for code in summary.counts if code in APART)]
    return [
        Share(label=summary.labels[code], count=summary.counts[code], fill=fill, ink=ink)
        for code, (fill, ink) in ((code, looks[code]) for code in order)
    ]


def svg(width: int, height: int, title: str, body: str) -> Markup:
    """Return an SVG element; a title makes it an image with a text alternative, none an ornament."""
    role = 'role="img"' if title else 'aria-hidden="true"'
    named = f"<title>{escape(title)}</title>" if title else ""
    return Markup(  # noqa: S704  # the title is escaped, and the body holds numbers and escaped labels
        f'<svg xmlns="http://www.w3.org/2000/svg" {role} width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONTS}" font-size="{KEY_SIZE}">{named}{body}</svg>'
    )


def bar(shares: list[Share], left: int = 0, top: int = 0) -> str:
    """Return the bar: each part as wide as its share; those apart in outline, after a wider gap."""
    shown = [share for share in shares if share.count]
    parting = 4 * GAP if any(s.apart for s in shown) and not all(s.apart for s in shown) else 0
    unit = (WIDTH - left - parting - GAP * len(shown)) / max(sum(share.count for share in shown), 1)
    parts, x = [], float(left)
    for index, share in enumerate(shown):
        if share.apart and index and not shown[index - 1].apart:
            x += parting
        parts.append(_block(share, x, top, share.count * unit))
        x += share.count * unit + GAP
    return "".join(parts)


def _block(share: Share, x: float, y: float, width: float) -> str:
    return (
        f'{frame(share, x, y, width, BAR)}<text x="{x + width / 2:.1f}" y="{y + BAR - 7}" fill="{share.ink}" '
        f'font-size="16" font-weight="700" text-anchor="middle">{share.count}</text>'
    )


def frame(share: Share, x: float, y: float, width: float, height: float) -> str:
    """Return a filled rectangle with a thin line just inside its edge."""
    dashes = ' stroke-dasharray="3 2"' if share.apart else ""
    line = LINE if share.apart else "#2e6276"
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{width - 1:.1f}" height="{height - 1:.1f}" '
        f'fill="{share.fill}" stroke="{line}" stroke-width="1"{dashes}/>'
    )


def key_row(entries: Iterable[tuple[Share, str]], y: int) -> str:
    """Return one line of a key: the swatch and the words of each part."""
    parts, x = [], 0.0
    for share, words in entries:
        swatch = frame(share, x, y - 11, 12, 12)
        parts.append(f'{swatch}<text x="{x + 18:.1f}" y="{y}" fill="{INK}">{escape(words)}</text>')
        x += 24 + 7.2 * len(words)
    return "".join(parts)


def _key(shares: list[Share], top: int) -> tuple[str, int]:
    """Return the key, stages on one line and the rest on the next, and the height of the chart."""
    parts, y = [], top
    rows = ([s for s in shares if not s.apart], [s for s in shares if s.apart and s.count])
    for row in filter(None, rows):
        parts.append(key_row([(share, f"{share.label}: {share.count}") for share in row], y))
        y += LINE_HEIGHT
    return "".join(parts), y - LINE_HEIGHT + 5
