"""Checks of every page: axe, no sideways scrolling, and the functions of checks.js."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Off by default, because axe calls them experimental.
EXTRA_RULES = ["css-orientation-lock", "label-content-name-mismatch", "target-size"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in EXTRA_RULES},
    "resultTypes": ["violations"],
}


def violations(page: Page, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA and its best practices: rule, and the elements."""
    # A click returns when the next page has begun, and axe fails on one that has no element yet.
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    rules = OPTIONS["rules"] | {rule: {"enabled": False} for rule in leave_out}
    found = page.evaluate("options => axe.run(options)", {**OPTIONS, "rules": rules})["violations"]
    return [f"{rule['id']}: {[node['html'][:200] for node in rule['nodes'][:3]]}" for rule in found]


def ask(page: Page, check: str, given: Any = None) -> Any:
    """Return the result of a function of checks.js on the open page."""
    return page.evaluate(f"given => {CHECKS.rstrip()}.{check}(given)", given)


def too_wide(page: Page) -> list[str]:
    """Return the elements wider than the window, if the page scrolls sideways."""
    return ask(page, "tooWide")


def check_page(page: Page) -> None:
    """Fail if axe finds a violation on a wide or a small screen, or if the page is wider than a small one."""
    assert violations(page) == []
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page) == []
    assert too_wide(page) == []
    page.set_viewport_size(before)
