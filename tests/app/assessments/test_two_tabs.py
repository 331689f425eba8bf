"""Two tabs of one browser that save at the same moment, on the real server: nothing acknowledged is lost."""

import http.client
import re
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import yaml

from tests.support.server import serving

ROUNDS = 100
# The page each tab has open, and the note it changes in each round. Two of them have the same page.
TABS = [("why/basics", "why-02"), ("why/basics", "why-08"), ("start/leaders", "start-01")]


class Tab:
    """A tab: one connection, with the cookie and token of its browser."""

    def __init__(self, server: str, cookie: str = "", token: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
        self.cookie, self.token = cookie, token

    def load(self, path: str) -> str:
        """Return a page; keep its token."""
        _, text = self._ask("GET", path)
        self.token = re.search('name="csrf_token"[^>]* value="([^"]+)"', text)[1]
        return text

    def read(self, path: str) -> str:
        """Return a file."""
        return self._ask("GET", path)[1]

    def send(self, path: str, data: dict[str, str]) -> str:
        """Send a form that has to be accepted; return where it leads."""
        status, location = self._ask("POST", path, urlencode({"csrf_token": self.token, **data}))
        assert status == 302, status
        return location

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        if cookie := response.headers["Set-Cookie"]:
            self.cookie = cookie.partition(";")[0]
        return response.status, response.headers["Location"] or text


class Rounds:
    """Rounds in which all tabs save at once; after each, every note has to be the one of this round."""

    def __init__(self, notes: Callable[[], dict[str, str]]) -> None:
        self.done = 0
        self.lost: list[object] = []
        self._notes = notes
        self._begin = threading.Barrier(len(TABS), timeout=30)
        self._end = threading.Barrier(len(TABS), timeout=30, action=self._look)

    def work(self, tab: Tab, address: str, question: str) -> None:
        """Save one tab's note in each round."""
        try:
            for number in range(1, ROUNDS + 1):
                self._begin.wait()
                tab.send(address, {f"{question}-note": f"round {number}"})
                self._end.wait()
        finally:
            self._begin.abort()  # if this tab fails, the others need not wait for it

    def _look(self) -> None:
        self.done += 1
        notes = self._notes()
        if notes != {question: f"round {self.done}" for _, question in TABS}:
            self.lost.append((self.done, notes))


def save_together(server: str) -> None:
    """Save in all tabs at once, round by round; fail if anything acknowledged is lost."""
    browser = Tab(server)
    browser.load("/")
    address = browser.send("/assessments/", {"device": "own"}).partition("profile/")[0]
    tabs = [Tab(server, browser.cookie, browser.token) for _ in TABS]
    reader = Tab(server, browser.cookie)
    rounds = Rounds(lambda: yaml.safe_load(reader.read(address + "answers.yaml"))["notes"])
    threads = [
        threading.Thread(target=rounds.work, args=(tab, address + page, question))
        for tab, (page, question) in zip(tabs, TABS, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tab in (browser, reader, *tabs):
        tab.close()
    assert (rounds.done, rounds.lost) == (ROUNDS, [])


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.audit)])
def test_two_tabs_lose_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    # A tab uses one connection, which the server would close after two silent seconds.
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--keep-alive 60")
    address = "" if kind == "sqlite" else request.getfixturevalue("new_postgres")()
    with serving(tmp_path / "data", address) as server:
        save_together(server)
