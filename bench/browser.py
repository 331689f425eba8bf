"""Headless Chromium, with the options that all figures use."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def chromium(playwright: Playwright) -> Browser:
    """Start the browser and return it."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return playwright.chromium.launch(executable_path=path, args=FLAGS.split())


def printed(browser: Browser, file: Path) -> bytes:
    """Return the PDF of an HTML file, printed from a new page: tagged and with an outline, like ours."""
    page = browser.new_page()
    page.goto(file.as_uri())
    content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return content
