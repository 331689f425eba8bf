"""A visitor with an assessment, who repeatedly saves a page and loads the next."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.serving import Client, token

STAGES = ("not_yet", "started", "mostly", "part_of_work")


class Visitor:
    """A visitor who cycles through some pages of an assessment and changes every answer."""

    def __init__(self, client: Client, places: Sequence[str]) -> None:
        self.client = client
        self.base, self.csrf = begin(client)
        self._turn = 0
        self._pages = [_page(client, f"{self.base}/{place}") for place in places]

    def save(self) -> None:
        """Post the last page with a different answer to each question."""
        round_, place = divmod(self._turn, len(self._pages))
        page = self._pages[place]
        # Confirmed, or the effect of a changed answer would be previewed instead of saved.
        fields = {"csrf_token": self.csrf, "confirmed": "yes", "shown": page.shown}
        for index, question in enumerate(page.questions):
            fields[question] = STAGES[(round_ + index) % len(STAGES)]
            fields |= {f"{question}-note": "", f"{question}-reason": ""}
        self.client.post(page.address, fields, 302)

    def show(self) -> None:
        """Load the next page and parse it."""
        self._turn += 1
        page = self._pages[self._turn % len(self._pages)]
        page.shown = _shown(self.client.get(page.address)[2])


@dataclass
class _Page:
    address: str
    questions: list[str]
    shown: str = field(default="")


def begin(client: Client) -> tuple[str, str]:
    """Begin an assessment; return its address and the visitor's CSRF token."""
    csrf = token(client.get("/")[2])
    _, onward, _ = client.post("/assessments/", {"csrf_token": csrf, "device": "own"}, 302)
    return "/".join(onward.split("/")[:3]), csrf


def answer_all(client: Client, base: str, csrf: str) -> None:
    """Answer "not yet" to each practice, page by page."""
    onward = client.get(f"{base}/")[1]
    while not onward.endswith("/check"):
        names = questions_on(client.get(onward)[2])
        fields = {"csrf_token": csrf} | {name: "not_yet" for name in names if name[:2] not in ("pf", "tr")}
        _, onward, _ = client.post(onward, fields, 302)


def finish(client: Client, base: str, csrf: str, agency: str = "Harbor House") -> None:
    """Finish the assessment."""
    client.post(f"{base}/finish", {"csrf_token": csrf, "agency": agency}, 302)


def history_of(client: Client, base: str) -> str:
    """Return the address of the history that a finished assessment belongs to."""
    found = re.search(r'href="(/progress/[^/"]+/)"', client.get(f"{base}/plan")[2])
    assert found
    return found[1]


def questions_on(text: str) -> list[str]:
    """Return the names of the answer fields on a page: question ids, which have one hyphen."""
    return sorted({name for name in re.findall(r'name="([^"]+)"', text) if name.count("-") == 1})


def _page(client: Client, address: str) -> _Page:
    text = client.get(address)[2]
    return _Page(address=address, questions=questions_on(text), shown=_shown(text))


def _shown(text: str) -> str:
    """Return the digests of what a page showed."""
    found = re.search(r'name="shown" value="([^"]*)"', text)
    assert found, text[:300]
    return html.unescape(found[1])
