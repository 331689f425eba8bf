"""Gunicorn with one of the measured applications, and a client with a persistent connection."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import wait_until_idle

FLOOR, OURS, SIX_ON_A_PAGE = "bench.floor:floor()", "bench.servers:ours()", "bench.servers:six_on_a_page()"


@dataclass
class Client:
    """One visitor, with cookies and a persistent connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, location and text. Raises AssertionError for an error page."""
        answer = self._send("GET", path, None)
        assert answer[0] < 400, (path, answer[0], answer[2][:500])
        return answer

    def post(self, path: str, fields: dict[str, str], expected: int = 200) -> tuple[int, str, str]:
        """Return status, location and text. Raises AssertionError for another status."""
        answer = self._send("POST", path, urllib.parse.urlencode(fields))
        assert answer[0] == expected, (path, answer[0], answer[2][:500])
        return answer

    def status(self, path: str) -> int:
        """Return only the status, whatever it is."""
        return self._send("GET", path, None)[0]

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self._connection.close()
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        text = response.read().decode(errors="replace")
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status, response.headers.get("Location", ""), text


def token(text: str) -> str:
    """Return the CSRF token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found, text[:300]
    return found[1]


@contextlib.contextmanager
def served(factory: str, *, database_url: str = "", data_dir: str = "") -> Iterator[tuple[int, int]]:
    """Serve one of the applications above with two workers; yield its port and gunicorn's pid.

    It has its own SQLite database by default, and no rate limits, because all visitors have one address.
    """
    with contextlib.ExitStack() as stack, socket.socket() as free:
        folder = data_dir or stack.enter_context(tempfile.TemporaryDirectory())
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = os.environ | {
            "PORT": str(port),
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
            "RATE_LIMITS": "false",
        }
        config = "python:bench.floor_gunicorn" if factory == FLOOR else "gunicorn.conf.py"
        command = [sys.executable, "-m", "gunicorn", "-c", config, factory]
        log = stack.enter_context(Path(folder, "log").open("w"))
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log)
        try:
            _wait(port, Path(log.name))
            wait_until_idle(process.pid)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(15)


def _wait(port: int, log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
