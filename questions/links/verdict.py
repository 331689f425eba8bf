"""What a site's responses say about an address: it works, moved, is gone, or only claims to exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urlsplit

from questions.model import LinkStatus

_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# Paths other than "/" that a home page may have.
_HOME = re.compile(r"/?((index|default|home)(\.\w+)?/?)?", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A site's response. `to` is where it redirects, `html` the beginning of a page; each is "" if none.

    `page` says that it is a web page and not a file such as a PDF, even if its text was not requested.
    """

    url: str
    code: int
    to: str = ""
    page: bool = False
    html: str = ""

    @property
    def needs_no_body(self) -> bool:
        """Whether the body is not needed: it is a redirect, a file, or a request to slow down."""
        file = _is_good(self.code) and not self.page
        return bool(self.to) or self.code == HTTPStatus.TOO_MANY_REQUESTS or file


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of checking an address, as in LinkCheck."""

    status: LinkStatus
    code: int | None = None
    final: str = ""


def outcome(url: str, answers: Sequence[Answer]) -> Outcome:
    """Return the verdict on an address from its responses: each redirect, then the last one."""
    last = answers[-1]
    return Outcome(status=_status(url, answers), code=last.code, final=last.url if len(answers) > 1 else "")


def says_not_found(html: str) -> bool:
    """Return whether the title or the first heading of a page says that the page does not exist."""
    reader = _Headings()
    reader.feed(html)
    return any(_NOT_FOUND.search(" ".join(text.split())) for text in (reader.title, reader.heading))


def sent_home(url: str, final: str) -> bool:
    """Return whether the address of an inner page led only to the site's home page."""
    end = urlsplit(final)
    deep = urlsplit(url)
    return end.path in ("", "/") and not end.query and not (_HOME.fullmatch(deep.path) and not deep.query)


def _status(url: str, answers: Sequence[Answer]) -> LinkStatus:
    last = answers[-1]
    if last.to or 300 <= last.code < 400 or 500 <= last.code < 600:
        return "server_error"
    if last.code in _GONE:
        return "gone"
    if not _is_good(last.code):
        return "refused"
    if says_not_found(last.html) or (len(answers) > 1 and sent_home(url, last.url)):
        return "soft_404"
    if len(answers) == 1:
        return "works"
    return "moved" if all(answer.code in _PERMANENT for answer in answers[:-1]) else "redirected"


def _is_good(code: int) -> bool:
    return 200 <= code < 300


class _Headings(HTMLParser):
    """Extracts the title and the first h1 from the beginning of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.heading = ""
        self._inside = ""
        self._seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Start reading a title or h1, if it is the first one."""
        if tag in ("title", "h1") and tag not in self._seen:
            self._seen.add(tag)
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Stop reading at its end."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Collect its text."""
        if self._inside == "title":
            self.title += data
        elif self._inside == "h1":
            self.heading += data
