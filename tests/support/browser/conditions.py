"""The ways in which people look at a page, and what has to hold in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.support.browser.accessibility import ask, violations

Check = Callable[[Page], list[str]]
AS_ALWAYS = {"forced_colors": "none", "color_scheme": "light", "reduced_motion": "no-preference"}
# A sheet of its own, because the security policy forbids styles in the page.
PUT_ON = """sheet => {
    const own = new CSSStyleSheet();
    own.replaceSync(sheet);
    document.adoptedStyleSheets = [own];
}"""
# What WCAG 1.4.12 names.
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""


def looks(*names: str) -> Check:
    """Return a check that asks several functions of checks.js."""
    return lambda page: [f"{name}: {found}" for name in names for found in ask(page, name)]


FITS = looks("tooWide", "cutOff", "overlaps")
PRESSED = looks("smallTargets")
DRAWN = looks("faintEdges", "reordered", "unspoken")


def violations_in_forced_colors(page: Page) -> list[str]:
    """Return what axe finds, but for contrast: it reads the page’s colors, not those the reader chose."""
    return violations(page, leave_out=("color-contrast",))


@dataclass(frozen=True)
class Condition:
    """A size of the window in CSS pixels, settings of the browser, a sheet of the reader's; and checks."""

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
def looked_at(page: Page, condition: Condition) -> Iterator[None]:
    """Show the open page in this way, then again as always."""
    before = page.viewport_size
    page.set_viewport_size({"width": condition.width, "height": condition.height})
    page.emulate_media(**AS_ALWAYS | dict(condition.media))
    page.evaluate(PUT_ON, condition.sheet)
    yield
    page.evaluate(PUT_ON, "")
    page.emulate_media(**AS_ALWAYS)
    page.set_viewport_size(before)


def faults_in(page: Page, name: str) -> list[str]:
    """Return what is wrong on the open page in this condition."""
    condition = CONDITIONS[name]
    with looked_at(page, condition):
        return [f"{name}: {fault}" for check in condition.checks for fault in check(page)]
