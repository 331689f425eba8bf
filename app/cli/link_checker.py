"""Asks the web whether addresses still work: the only module that loads httpx2, and only a command loads it.

Polite: few requests at once, and for each site one at a time, with a pause. HEAD first; GET only when HEAD
settles nothing, and then only the start of a page is read. Each redirect waits its turn like a request.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from questions.links.verdict import Answer, Outcome, outcome
from questions.model import LinkStatus

MOST_AT_ONCE = 4
MOST_REDIRECTS = 10
MOST_BYTES = 256 * 1024
_HEADERS = {
    "User-Agent": "TraumaInformedSelfCheck-links/1.0 (tests the links of a questionnaire, slowly)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.8",
    "Accept-Encoding": "identity",  # so that the most we read is the most we hold
}
_PAGES = ("text/html", "application/xhtml+xml", "")
# GET would meet the same: there is no connection to the site, or no such site.
_HOPELESS = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol, httpx2.ProxyError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """Seconds between two requests to one site, and seconds to wait for each step of an answer."""

    pause: float = 1.0
    patience: float = 15.0


POLITE = Manners()


def ask(
    urls: Iterable[str], manners: Manners = POLITE, trust: ssl.SSLContext | None = None
) -> dict[str, Outcome]:
    """Return what came of each address, in this order.

    `trust` says whose certificates count, if it is not whom this machine trusts.
    """
    return asyncio.run(_ask(tuple(urls), manners, trust))


def site_of(url: str) -> str:
    """Return the site of an address: what is asked one at a time."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


async def _ask(urls: tuple[str, ...], manners: Manners, trust: ssl.SSLContext | None) -> dict[str, Outcome]:
    async with httpx2.AsyncClient(headers=_HEADERS, timeout=manners.patience, verify=trust or True) as client:
        asker = _Asker(client, manners)
        found = await asyncio.gather(*(asker.outcome(url) for url in urls))
    return dict(zip(urls, found, strict=True))


class _Asker:
    """Asks, and keeps count of whose turn it is."""

    def __init__(self, client: httpx2.AsyncClient, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._sites: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: defaultdict[str, float] = defaultdict(float)

    async def outcome(self, url: str) -> Outcome:
        """Return what came of an address: every redirect is followed, up to a limit."""
        answers: list[Answer] = []
        to = url
        try:
            while to and len(answers) <= MOST_REDIRECTS:
                answers.append(await self._answer(to))
                to = answers[-1].to
        except (httpx2.TimeoutException, TimeoutError):
            return Outcome(status="timeout", final=_elsewhere(url, to))
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            status: LinkStatus = "certificate" if _is_untrusted(error) else "unreachable"
            return Outcome(status=status, final=_elsewhere(url, to))
        return outcome(url, answers)

    async def _answer(self, url: str) -> Answer:
        """Return the site's answer to HEAD if that settles it, else to GET."""
        try:
            head = await self._request("HEAD", url)
        except _HOPELESS:
            raise
        except (httpx2.RequestError, TimeoutError):
            return await self._request("GET", url)
        return head if head.needs_no_body else await self._request("GET", url)

    async def _request(self, method: str, url: str) -> Answer:
        """Return the site's answer. Raises httpx2.RequestError, httpx2.InvalidURL, TimeoutError."""
        async with (
            self._turn(url),
            asyncio.timeout(2 * self._manners.patience),  # for what comes drop by drop
            self._client.stream(method, url) as response,
        ):
            return await _answer_of(response, url)

    @asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[None]:
        """Wait until the site may be asked; who waits for a site takes no place from others."""
        site = site_of(url)
        now = asyncio.get_running_loop().time
        async with self._sites[site]:
            await asyncio.sleep(self._free_at[site] - now())
            async with self._places:
                try:
                    yield
                finally:
                    self._free_at[site] = now() + self._manners.pause


async def _answer_of(response: httpx2.Response, url: str) -> Answer:
    """Return what a response says, with the start of a page that there is."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    page = kind in _PAGES
    to = str(response.next_request.url) if response.next_request else ""
    readable = page and response.is_success and response.request.method == "GET"
    html = await _start(response) if readable else ""
    return Answer(url=url, code=response.status_code, to=to, page=page, html=html)


async def _start(response: httpx2.Response) -> str:
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) >= MOST_BYTES:
            break
    return data[:MOST_BYTES].decode(response.encoding or "utf-8", errors="replace")


def _elsewhere(url: str, at: str) -> str:
    """Return the address that failed, if it is not the one that was asked first."""
    return at if at != url else ""


def _is_untrusted(error: BaseException) -> bool:
    """Return whether a certificate that nobody trusts is at the bottom of an error."""
    found: BaseException | None = error
    while found and not isinstance(found, ssl.SSLCertVerificationError):
        found = found.__cause__ or found.__context__
    return found is not None
