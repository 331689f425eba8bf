"""Keyboard navigation, and the checks at every tab stop."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.support.browser.accessibility import ask

MOST_STOPS = 400
AROUND = 10  # pixels around an element in which its focus is drawn
Stop = dict[str, Any]


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the element has the focus; fail if any stop on the way has a problem."""
    found = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = ask(page, "focused")
        if stop:
            found += focus_problems(page, stop)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert found == [], found
            return
    raise AssertionError(f"Tab does not reach {selector}")


def press_enter(page: Page, selector: str) -> None:
    """Tab to the button or link, press Enter, and wait for the next page."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def focus_problems(page: Page, stop: Stop) -> list[str]:
    """Return the problems of the current focus: invisible, outside the window, or covered."""
    size, box = page.viewport_size, stop["box"]
    problems = []
    if stop["outline"] < 3:
        problems.append(f"the focus is not visible on {stop['html']}")
    if box["y"] < -1 or box["x"] < -1 or box["x"] + box["width"] > size["width"] + 1:
        problems.append(f"outside the window: {stop['html']}")
    if stop["covered"]:
        problems.append(f"something covers {stop['html']}")
    return problems


def walk_by_tab(page: Page) -> tuple[list[Stop], list[str]]:
    """Press Tab from where the page puts one, until a stop repeats; return the stops and their problems."""
    stops: list[Stop] = []
    problems: list[str] = []
    page.evaluate("() => document.fonts.ready")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = ask(page, "focused")
        if stop is None:
            continue  # the browser's own window, between the end of the page and its start
        if stops and stop["place"] == stops[0]["place"]:
            return stops, problems
        stops.append(stop)
        problems += focus_problems(page, stop)
    raise AssertionError(f"Tab does not come around; it was on {[stop['html'] for stop in stops[-3:]]}")


def order_problems(page: Page, stops: list[Stop]) -> list[str]:
    """Return what Tab does not reach, and where it goes back in the page, or up on the screen."""
    return ask(page, "misplaced", [stop["place"] for stop in stops])


def drawn_change(page: Page) -> float:
    """Return how much of a line of two pixels around the focused element changes clearly as it gets focus.

    WCAG 2.4.13 counts so; clearly: with a contrast of 3 to 1 between the pixels before and after.
    """
    handle = page.evaluate_handle("() => document.activeElement")
    handle.evaluate("element => element.scrollIntoView({ block: 'center' })")
    own, size = ask(page, "focused")["own"], page.viewport_size
    left, top = max(own["x"] - AROUND, 0), max(own["y"] - AROUND, 0)
    right = min(own["x"] + own["width"] + AROUND, size["width"])
    bottom = min(own["y"] + own["height"] + AROUND, size["height"])
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    focused = _luminance(page, clip)
    handle.evaluate("element => element.blur()")
    blurred = _luminance(page, clip)
    handle.evaluate("element => element.focus({ preventScroll: true })")
    low, high = np.minimum(focused, blurred), np.maximum(focused, blurred)
    changed = int(((high + 0.05) / (low + 0.05) >= 3).sum())
    return changed / (2 * 2 * (min(own["width"], clip["width"]) + min(own["height"], clip["height"])))


def _luminance(page: Page, clip: dict[str, float]) -> np.ndarray:
    image = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")
    part = np.asarray(image) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
