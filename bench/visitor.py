"""A visitor with an assessment of her own, who saves a page and is shown the next, again and again."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.serving import Client, token

STAGES = ("not_yet", "started", "mostly", "part_of_work")


class Visitor:
    """Someone who walks round and round through some pages of her assessment and changes every answer."""

    def __init__(self, client: Client, places: Sequence[str]) -> None:
        self.client = client
        self.base, self.csrf = begin(client)
        self._turn = 0
        self._pages = [_page(client, f"{self.base}/{place}") for place in places]

    def save(self) -> None:
        """Send the page that was shown last, with an answer to each question that is not the one it had."""
        round_, place = divmod(self._turn, len(self._pages))
        page = self._pages[place]
        # Confirmed: else what a changed answer does would be shown before it is saved.
        fields = {"csrf_token": self.csrf, "confirmed": "yes", "shown": page.shown}
        for index, question in enumerate(page.questions):
            fields[question] = STAGES[(round_ + index) % len(STAGES)]
            fields |= {f"{question}-note": "", f"{question}-reason": ""}
        self.client.post(page.address, fields, 302)

    def show(self) -> None:
        """Ask for the next page, and read what it shows."""
        self._turn += 1
        page = self._pages[self._turn % len(self._pages)]
        page.shown = _shown(self.client.get(page.address)[2])


@dataclass
class _Page:
    address: str
    questions: list[str]
    shown: str = field(default="")


def begin(client: Client) -> tuple[str, str]:
    """Begin an assessment; return its address and the token of this visitor's forms."""
    csrf = token(client.get("/")[2])
    _, onward, _ = client.post("/assessments/", {"csrf_token": csrf}, 302)
    return "/".join(onward.split("/")[:3]), csrf


def answer_all(client: Client, base: str, csrf: str) -> None:
    """Walk the wizard with a "not yet" for each practice."""
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
    """Return the names of the answers asked for on a page: question ids, which have one hyphen."""
    return sorted({name for name in re.findall(r'name="([^"]+)"', text) if name.count("-") == 1})


def _page(client: Client, address: str) -> _Page:
    text = client.get(address)[2]
    return _Page(address=address, questions=questions_on(text), shown=_shown(text))


def _shown(text: str) -> str:
    """Return what a page says it showed."""
    found = re.search(r'name="shown" value="([^"]*)"', text)
    assert found, text[:300]
    return html.unescape(found[1])
