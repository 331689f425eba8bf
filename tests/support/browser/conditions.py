"""The conditions in which people view a page, and the checks for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.support.browser.accessibility import ask, violations

Check = Callable[[Page], list[str]]
DEFAULT_MEDIA = {"forced_colors": "none", "color_scheme": "light", "reduced_motion": "no-preference"}
# A separate style sheet, because the security policy forbids inline styles.
ADD_STYLE_SHEET = """sheet => {
    const own = new CSSStyleSheet();
    own.replaceSync(sheet);
    document.adoptedStyleSheets = [own];
}"""
# The text spacing of WCAG 1.4.12.
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""


def looks(*names: str) -> Check:
    """Return a check that runs several functions of checks.js."""
    return lambda page: [f"{name}: {found}" for name in names for found in ask(page, name)]


FITS = looks("tooWide", "cutOff", "overlaps")
PRESSED = looks("smallTargets")
DRAWN = looks("faintEdges", "reordered", "unspoken")


def violations_in_forced_colors(page: Page) -> list[str]:
    """Return axe’s violations without contrast, because axe reads the page’s colors, not the forced ones."""
    return violations(page, leave_out=("color-contrast",))


@dataclass(frozen=True)
class Condition:
    """A window size in CSS pixels, media settings and a user style sheet, with the checks to run."""

    width: int
    height: int
    checks: tuple[Check, ...]
    media: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


CONDITIONS = {
    "desktop": Condition(1280, 900, (violations, FITS, PRESSED, DRAWN)),
    "phone": Condition(375, 800, (violations, FITS, PRESSED)),
    "phone on its side": Condition(667, 375, (FITS,)),
    "small phone": Condition(320, 800, (violations, FITS, PRESSED)),
    "zoom 200 %": Condition(640, 450, (violations, FITS, PRESSED)),
    "zoom 400 %": Condition(320, 225, (FITS,)),
    "text twice as large": Condition(1280, 900, (FITS,), sheet="html { font-size: 200% !important; }"),
    "text spaced": Condition(1280, 900, (FITS,), sheet=SPACED),
    "text spaced on a small phone": Condition(320, 800, (FITS,), sheet=SPACED),
    "reduced motion": Condition(1280, 900, (looks("moving"),), {"reduced_motion": "reduce"}),
    "forced colors": Condition(1280, 900, (violations_in_forced_colors, DRAWN), {"forced_colors": "active"}),
    "forced colors on dark": Condition(
        1280, 900, (violations_in_forced_colors, DRAWN), {"forced_colors": "active", "color_scheme": "dark"}
    ),
}


@contextmanager
def viewed_in(page: Page, condition: Condition) -> Iterator[None]:
    """Show the open page in this condition, then restore it."""
    before = page.viewport_size
    page.set_viewport_size({"width": condition.width, "height": condition.height})
    page.emulate_media(**DEFAULT_MEDIA | dict(condition.media))
    page.evaluate(ADD_STYLE_SHEET, condition.sheet)
    yield
    page.evaluate(ADD_STYLE_SHEET, "")
    page.emulate_media(**DEFAULT_MEDIA)
    page.set_viewport_size(before)


def problems_in(page: Page, name: str) -> list[str]:
    """Return what is wrong on the open page in this condition."""
    condition = CONDITIONS[name]
    with viewed_in(page, condition):
        return [f"{name}: {problem}" for check in condition.checks for problem in check(page)]
