"""Headless Chromium, with the options that all figures use."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from reports.documents.html.characters import FONT_FOLDER
from reports.documents.html.document import TEMPLATES

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)
# Family, style, weight, file. Our PDFs need no such list: the files contain this information.
_FACES = (
    ("Source Sans Pro", "normal", 400, "source-sans-400.ttf"),
    ("Source Sans Pro", "italic", 400, "source-sans-400-italic.ttf"),
    ("Source Sans Pro", "normal", 700, "source-sans-700.ttf"),
    ("Public Sans", "normal", 400, "public-sans-400.ttf"),
    ("Public Sans", "normal", 600, "public-sans-600.ttf"),
    ("Public Sans", "normal", 700, "public-sans-700.ttf"),
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


def standalone(html: str) -> str:
    """Return the same HTML with styles and links to local fonts, for a browser."""
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: {weight}; "
        f"src: url('{(FONT_FOLDER / file).as_uri()}') }}\n"
        for family, style, weight, file in _FACES
    )
    styles = (TEMPLATES / "report" / "report.css").read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>\n{faces}{styles}</style>\n</head>", 1)
