"""The command `flask --app app content links`: does every address of the content still work?

It is polite: few sites at once, and each site one request at a time, with a pause.
"""

from __future__ import annotations

import datetime
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

import click
import httpx2
from flask.cli import with_appcontext

from app import clock
from app.content import current
from app.operations.exits import CommandError, current_questionnaire
from questions.links.inventory import LINK_CHECKS, address_uses, link_checks_text
from questions.links.verdict import link_status
from questions.model import WORKING_STATUSES, LinkCheck, LinkStatus, Questionnaire
from questions.source_files.yaml_source import YamlSource

SITES_AT_ONCE = 4
MAX_REDIRECTS = 10
MAX_BYTES = 256 * 1024
_HEADERS = {
    "User-Agent": "TraumaInformedSelfCheck-links/1.0 (tests the links of a questionnaire, slowly)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "identity",  # so that MAX_BYTES limits memory too
}
# Seconds between two requests to one site, and seconds to wait for each step of an answer.
PAUSE, TIMEOUT = 1.0, 15.0
# Problems first: what each status means to an editor, and what to do.
_STATUSES: Mapping[LinkStatus, tuple[str, str]] = {
    "gone": ("Gone", "look for the new address; if there is none, remove it and say so in “caveat”"),
    "soft_404": ("Gone, though the site does not say so", "open it, and treat it as gone if it is"),
    "certificate": ("A certificate that browsers warn of", "tell the publisher, and use another address"),
    "server_error": ("The site has an error", "test again in a few days"),
    "timeout": ("No answer in time", "test again in a few days"),
    "unreachable": ("No answer at all", "test again in a few days; the site may be gone"),
    "moved": ("Moved permanently", "open the new address, and use it if it is the same thing"),
    "refused": ("The site refuses robots", "open it in a browser"),
    "redirected": ("Works, through another address", "nothing"),
    "works": ("Works", "nothing"),
}
_TO_FIX: tuple[LinkStatus, ...] = ("gone", "soft_404", "certificate")
_NO_NETWORK = (
    "No site answered, so nothing was written. Is this machine on the network, "
    "and does it have the package ca-certificates?"
)


@click.command("links")
@click.option("--write", is_flag=True, help=f"Save the results in {LINK_CHECKS}, so that plans show them.")
@with_appcontext
def links_command(write: bool) -> None:
    """Check whether every address of the content still works. It takes a minute or two."""
    questionnaire = current_questionnaire()
    places = _places(questionnaire)
    click.echo(f"Checking {len(places)} addresses, each site once a second at most …")
    checks = tuple(_with_history(questionnaire, check) for check in check_links(places, clock.today()))
    if all(check.code is None for check in checks):
        raise CommandError([_NO_NETWORK])
    for line in _report(checks, places):
        click.echo(line)
    if write:
        path = current().folder / LINK_CHECKS
        try:
            path.write_bytes(link_checks_text(checks).encode())
        except OSError as error:
            raise CommandError([f"{path}: {error.strerror}"]) from error
        click.echo(
            f"\nWritten to {path}. If this version of the content is published, raise its last number."
        )
    if count := sum(check.status in _TO_FIX for check in checks):
        raise CommandError([f"Addresses to fix: {count}"])


def _places(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    """Return where each address is used: file, line and id."""
    sources = {name: YamlSource(text) for name, text in current().files.items()}
    places: dict[str, list[str]] = defaultdict(list)
    for use in address_uses(questionnaire):
        line = sources[use.location.file].line(use.location.keys)
        places[use.url].append(f"{use.location.file}:{line}: {use.id}")
    return places


def _with_history(questionnaire: Questionnaire, check: LinkCheck) -> LinkCheck:
    """Return the check; an address that fails keeps the day it last worked."""
    before = questionnaire.link_check.get(check.url)
    works = check.status in WORKING_STATUSES
    return replace(check, last_worked=check.checked if works else before.last_worked if before else "")


def _report(checks: tuple[LinkCheck, ...], places: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the lines of the report, by status."""
    for status, (name, advice) in _STATUSES.items():
        found = [check for check in checks if check.status == status]
        if found:
            yield f"\n{name}: {len(found)}. What to do: {advice}."
        for check in found:
            facts = [check.url]
            facts += [f"-> {check.final}"] if check.final else []
            facts += [f"({check.code})"] if check.code else []
            if check.last_worked not in ("", check.checked):
                facts.append(f"(last worked on {check.last_worked})")
            yield from (f"  {place}: {' '.join(facts)}" for place in places[check.url])


def check_links(urls: Collection[str], day: datetime.date) -> list[LinkCheck]:
    """Return this day's check of each address, in this order."""
    sites: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        sites[(urlsplit(url).hostname or "").removeprefix("www.")].append(url)
    client = httpx2.Client(headers=_HEADERS, timeout=TIMEOUT, max_redirects=MAX_REDIRECTS)
    with client, ThreadPoolExecutor(SITES_AT_ONCE) as pool:
        checks = chain.from_iterable(pool.map(partial(_check_site, client, day), sites.values()))
        found = {check.url: check for check in checks}
    return [found[url] for url in urls]


def _check_site(client: httpx2.Client, day: datetime.date, urls: list[str]) -> list[LinkCheck]:
    checks = []
    for url in urls:
        status, code, final = _visit(client, url)
        final = final if final != url else ""
        checks.append(LinkCheck(url=url, status=status, checked=day.isoformat(), code=code, final=final))
        time.sleep(PAUSE)
    return checks


def _visit(client: httpx2.Client, url: str) -> tuple[LinkStatus, int | None, str]:
    """Return the status, the last code (None without an answer), and where redirects led."""
    try:
        with client.stream("GET", url, follow_redirects=True) as response:
            html = _start_of_page(response)
    except httpx2.RequestError as error:
        return _error_status(error), None, str(error.request.url)
    except httpx2.InvalidURL:
        return "unreachable", None, url
    codes = [answer.status_code for answer in (*response.history, response)]
    final = str(response.url) if response.history else url
    return link_status(url, codes, final, html), codes[-1], final


def _start_of_page(response: httpx2.Response) -> str:
    """Return the start of a page, "" for a file: at most MAX_BYTES, and what comes in time."""
    data, deadline = bytearray(), time.monotonic() + TIMEOUT
    if response.is_success and "html" in response.headers.get("Content-Type", "").lower():
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) >= MAX_BYTES or time.monotonic() > deadline:
                break
    return data[:MAX_BYTES].decode(response.encoding or "utf-8", errors="replace")


def _error_status(error: httpx2.RequestError) -> LinkStatus:
    if isinstance(error, httpx2.TimeoutException):
        return "timeout"
    if isinstance(error, httpx2.TooManyRedirects):
        return "server_error"
    return "certificate" if "CERTIFICATE_VERIFY_FAILED" in str(error) else "unreachable"
