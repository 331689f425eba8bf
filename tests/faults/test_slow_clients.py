"""Clients that send slowly, or not at all, on a server that no proxy protects."""

import contextlib
import io
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.http import slow_clients
from app.http.slow_clients import BodyFirst
from tests.support.server import serving

pytestmark = pytest.mark.faults
HEAD = b"POST /assessments/return HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
UNFINISHED = {
    "body": HEAD + b"Content-Length: 1000\r\n\r\ncode=",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\ncode=\r\n",
    "headers": HEAD,
    "nothing": b"",
}


@contextlib.contextmanager
def connections(address: str, sent: bytes, count: int) -> Iterator[list[socket.socket]]:
    host, _, port = address.removeprefix("http://").partition(":")
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(count)]
        for one in found:
            one.sendall(sent)
        yield found


def seconds_for(address: str) -> float:
    began = time.monotonic()
    urllib.request.urlopen(address, timeout=30).close()  # noqa: S310
    return time.monotonic() - began


def test_unfinished_requests_leave_the_site_answering(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as address, contextlib.ExitStack() as stack:
        for sent in UNFINISHED.values():
            stack.enter_context(connections(address, sent, 8))
        time.sleep(1)
        assert max(seconds_for(f"{address}/healthz") for _ in range(5)) < 2
        assert seconds_for(address) < 5


def test_a_request_that_does_not_arrive_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "BODY_SECONDS", 0.2)
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as received:
        environ = {"CONTENT_LENGTH": "10", "gunicorn.socket": ours, "wsgi.input": received}
        seen: list[str] = []
        theirs.sendall(b"short")
        BodyFirst(None, 1, 100)(environ, lambda status, _headers: seen.append(status))
    assert seen == ["408 Request Timeout"]


def test_only_so_many_run_at_once_and_the_health_check_always(app: Any) -> None:
    release, running = threading.Event(), threading.Semaphore(0)

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            running.release()
            release.wait(10)
        return [environ["wsgi.input"].read()]

    first = BodyFirst(application, 1, 100)
    environ = {"CONTENT_LENGTH": "3", "wsgi.input": io.BytesIO(b"abc"), "PATH_INFO": "/slow"}
    other = {"PATH_INFO": "/healthz", "wsgi.input": io.BytesIO()}
    thread = threading.Thread(target=first, args=(environ, None))
    thread.start()
    assert running.acquire(timeout=10)
    assert first(other, None) == [b""]
    release.set()
    thread.join()
    assert first({**environ, "wsgi.input": io.BytesIO(b"abc")}, None) == [b"abc"]
