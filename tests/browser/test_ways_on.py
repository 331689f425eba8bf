"""No dead ends: from every page in every state a way leads on, and every inner link leads somewhere."""

from http import HTTPStatus
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Page

from tests.support.browser.site import Site
from tests.support.browser.states import STATES, Visit

pytestmark = pytest.mark.audit

LINKS = "all => all.map(one => one.href)"
# What a browser may fill in, and what it may not, is said of each field to type in (WCAG 1.3.5).
UNSAID = "all => all.filter(one => !one.autocomplete && one.form.autocomplete !== 'off').map(one => one.name)"
TYPED = "main input:is([type=text], [type=email], [type=password], [type=date], [type=tel])"


@pytest.mark.parametrize("state", STATES)
def test_a_way_leads_on_and_every_inner_link_leads_somewhere(visit: Visit, running: Site, state: str) -> None:
    STATES[state](visit)
    page = visit.page
    here = urldefrag(page.url).url
    links = [urldefrag(urljoin(page.url, link)) for link in page.locator("a[href]").evaluate_all(LINKS)]
    inner = {link for link in links if link.url.startswith(running.address)}
    ids = set(page.locator("[id]").evaluate_all("all => all.map(one => one.id)"))
    assert {link.fragment for link in inner if link.url == here and link.fragment} <= ids
    onward = page.locator("main a[href]:visible").evaluate_all(LINKS)
    buttons = page.locator("main form button:visible").count()
    assert buttons or [link for link in onward if urldefrag(link).url != here], "nothing leads on"
    for address in {link.url for link in inner} - {here}:
        status = running.once(f"status of {address}", lambda at=address: _status(page, at))
        assert status < 400 or address.partition("?")[0].endswith("/fail"), (status, address)


def _status(page: Page, address: str) -> int:
    """Return the status; a PDF may have to be made, and the site may say that it is busy with others."""
    for _ in range(3):
        status = page.request.get(address, timeout=60_000).status
        if status != HTTPStatus.SERVICE_UNAVAILABLE:
            break
    return status


@pytest.mark.parametrize("state", STATES)
def test_each_field_to_type_in_says_what_a_browser_may_fill_in(visit: Visit, state: str) -> None:
    STATES[state](visit)
    assert visit.page.locator(TYPED).evaluate_all(UNSAID) == []
