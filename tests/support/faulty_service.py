"""The real server under attack: its processes can be killed, and its disk can be full."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

from app.config import PROJECT

READY_WITHIN = 60


class Service:
    """The server as `make run` starts it, on a free port, with settings of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / f"server-{port}.log"
        self._settings = {
            "PORT": str(port),
            "DATA_DIR": str(folder / "data"),
            "RATE_LIMITS": "no",
            **settings,
        }
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and wait until it can serve."""
        with self.log.open("ab") as output:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn"],
                cwd=PROJECT,
                env={**os.environ, **self._settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the server says that it can serve."""
        for _ in range(READY_WITHIN * 10):
            with contextlib.suppress(httpx2.HTTPError):
                if httpx2.get(f"{self.address}/healthz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text())

    @property
    def workers(self) -> list[int]:
        """The process ids of the web workers."""
        pid = self._process().pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_all(self) -> None:
        """Kill the server and all its workers at once, as a power failure would."""
        for pid in [self._process().pid, *self.workers]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process().wait()

    def limit_files(self, size: int) -> None:
        """Limit the size of the workers' files, as a full disk would; RLIM_INFINITY removes the limit."""
        for pid in self.workers:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self._server and self._server.poll() is None:
            self._server.terminate()
            self._server.wait()

    def _process(self) -> subprocess.Popen[bytes]:
        assert self._server is not None
        return self._server


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[Service]:
    """Run the server until the end of the block."""
    service = Service(folder, **settings)
    service.start()
    try:
        yield service
    finally:
        service.stop()


class Visitor:
    """A browser at the real server, with one assessment."""

    def __init__(self, address: str) -> None:
        self._browser = httpx2.Client(base_url=address, timeout=30)
        self._token = self._find_token("/")
        begun = self._browser.post("/assessments/", data={"csrf_token": self._token, "device": "own"})
        assert begun.status_code == 302, begun.text
        self.assessment = begun.headers["location"].rsplit("/", 2)[0]

    def save(self, place: str, data: dict[str, str]) -> httpx2.Response:
        """Send the page at this place of the assessment."""
        return self._browser.post(f"{self.assessment}/{place}", data={"csrf_token": self._token, **data})

    def get(self, place: str) -> httpx2.Response:
        """Return a page of the assessment."""
        return self._browser.get(f"{self.assessment}/{place}")

    def move_to(self, address: str) -> None:
        """Continue at another address of the same service."""
        self._browser.base_url = httpx2.URL(address)

    def close(self) -> None:
        """Close the browser."""
        self._browser.close()

    def _find_token(self, address: str) -> str:
        found = re.search('name="csrf_token" value="([^"]+)"', self._browser.get(address).text)
        assert found is not None
        return found[1]
