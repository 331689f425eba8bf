"""A real browser on the real server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from tests.support.browser.prepared import Prepared, prepare
from tests.support.browser.site import Site
from tests.support.browser.states import NewPage, Visit
from tests.support.browser.walk import PATIENCE
from tests.support.server import serving

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server."""
    data = tmp_path_factory.mktemp("site") / "data"
    with serving(data) as address:
        yield Site(address, data)


@pytest.fixture(scope="session")
def site(running: Site) -> str:
    """The address of the server."""
    return running.address


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """Chromium. It asks for the site so that it closes first: the server waits for open connections."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    # A test of the PDF in this process hides the machine's fonts; Chromium ends when it finds none.
    fonts_shown = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=fonts_shown)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, site: str, tmp_path: Path) -> Iterator[NewPage]:
    """Open a page of a new visitor; complaints of the browser's console fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 on purpose is reported as a failed load of itself; so are /fail, and
        # /healthz of a site that does not answer.
        place = str(message.location)
        refused = "responded with a status of 4" in message.text and "/static/" not in place
        if message.type in {"error", "warning"} and not refused and not re.search("/fail|/healthz", place):
            complaints.append(message.text)

    def new(width: int = 1280, *, scripts: bool = True, state: StorageState | None = None) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            storage_state=state,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of a new visitor."""
    return new_page()


@pytest.fixture(scope="session")
def prepared(browser: Browser, site: str) -> Prepared:
    """What is stored before pages are looked at."""
    return prepare(browser, site)


@pytest.fixture
def visit(new_page: NewPage, prepared: Prepared, running: Site) -> Visit:
    """A visitor who may open all that is prepared."""
    return Visit(new_page(state=prepared.state), prepared, running)


@pytest.fixture
def visit_without_scripts(new_page: NewPage, prepared: Prepared, running: Site) -> Visit:
    """The same in a browser that runs no scripts."""
    return Visit(new_page(state=prepared.state, scripts=False), prepared, running)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `make test` run these in one process: their server and Chromium take long to start."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("browser"))
