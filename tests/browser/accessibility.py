"""What a page is held to: no finding of axe, and nothing wider than the screen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA: rule, and the elements."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {[node['html'][:200] for node in rule['nodes'][:3]]}" for rule in found]


def too_wide(page: Page) -> list[str]:
    """Return the elements that stick out at the right of the window, if the page can be scrolled sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
            [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > window.innerWidth)
                .map(e => e.outerHTML.slice(0, 150))"""
    )


def check_page(page: Page) -> None:
    """Fail if the open page has a finding of axe, wide or narrow, or is wider than a small screen."""
    assert violations(page) == []
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page) == []
    assert too_wide(page) == []
    page.set_viewport_size(before)
