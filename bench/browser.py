"""Headless Chromium, as all figures use it."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def chromium(playwright: Playwright) -> Browser:
    """Return the browser, started."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return playwright.chromium.launch(executable_path=path, args=FLAGS.split())


def printed(browser: Browser, file: Path) -> bytes:
    """Return the PDF of an HTML file, made in a new page: tagged and with an outline, as ours."""
    page = browser.new_page()
    page.goto(file.as_uri())
    content = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return content
