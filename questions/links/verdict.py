"""What a site's answer says about an address: it works, moved, is gone, or only looks as if it worked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from questions.model import LinkStatus

_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# The names that a home page may have besides "/".
_HOME = re.compile(r"/?((index|default|home)(\.\w+)?/?)?", re.IGNORECASE)
_HEADING = re.compile(r"<(title|h1)\b[^>]*>(.*?)(?:</\1|$)", re.IGNORECASE | re.DOTALL)
_PAGE = r"\b(page|file|document|content|resource|article|item|publication|link|url|site)\b"
_NOT_FOUND = re.compile(
    "|".join(
        (
            rf"{_PAGE}[^.!?]{{0,40}}(\bnot|n['’]t) (be )?found\b",
            rf"{_PAGE}[^.!?]{{0,40}}(\bnot|n['’]t|\bno longer) (exists?|available|here)\b",
            rf"{_PAGE}[^.!?]{{0,40}}\b(was|has been) (removed|deleted)\b",
            rf"(\bcannot|\bcan not|\bcould not|\bunable to|n['’]t) (find|locate)\b[^.!?]{{0,40}}{_PAGE}",
            r"^\W*not found\b|\bnot found\W*$",
            r"^\W*404\W*($|[^\w\s]|(not|page|file|error)\b)|\W404\W*$|\berror 404\b|\b404 error\b",
        )
    ),
    re.IGNORECASE,
)


def link_status(url: str, codes: Sequence[int], final: str, html: str) -> LinkStatus:
    """Return the status of an address.

    `codes` are those of each redirect and of the last answer, `final` is the address that gave the last
    answer, and `html` is the start of its page ("" for a file).
    """
    *redirects, code = codes
    if code in _GONE:
        return "gone"
    if not 200 <= code < 300:
        return "server_error" if 300 <= code < 400 or 500 <= code < 600 else "refused"
    if says_not_found(html) or (redirects and leads_home(url, final)):
        return "soft_404"
    if not redirects:
        return "works"
    return "moved" if _PERMANENT.issuperset(redirects) else "redirected"


def says_not_found(html: str) -> bool:
    """Return whether the title or the first level-1 heading of a page says that there is no such page."""
    headings: dict[str, str] = {}
    for tag, text in _HEADING.findall(html):
        headings.setdefault(tag.lower(), " ".join(re.sub(r"<[^>]*>", "", text).split()))
    return any(_NOT_FOUND.search(text) for text in headings.values())


def leads_home(url: str, final: str) -> bool:
    """Return whether a deep address led only to a site's home page."""
    end, deep = urlsplit(final), urlsplit(url)
    return end.path in ("", "/") and not end.query and not (_HOME.fullmatch(deep.path) and not deep.query)
