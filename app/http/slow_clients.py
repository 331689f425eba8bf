"""Clients that send slowly, or not at all, keep nobody waiting.

The server has more threads than may run the application at once: WEB_THREADS of each process. A request takes
one of those places only once its body is here, within a time limit. Without this, eight connections with an
unfinished body stopped the site for as long as they liked, unless a proxy in front of it buffers requests.
"""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask

# Server threads for each place in the application; the others receive, or wait for a place.
CONNECTIONS_PER_PLACE = 16
BODY_SECONDS = 60  # for a whole body: a long page over a slow telephone line
SILENT_SECONDS = 10  # without a single byte
_ALWAYS = "/healthz"  # says that the process is alive, also while all places are taken
_TOO_SLOW = ("408 Request Timeout", [("Content-Type", "text/plain"), ("Connection", "close")])


class BodyFirst:
    """WSGI middleware: the application begins when the body is complete, and in so many threads at most."""

    def __init__(self, application: Any, places: int, most_bytes: int) -> None:
        self._application = application
        self._places = threading.BoundedSemaphore(places)
        self._most_bytes = most_bytes

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        length = self._length(environ)
        if length:
            body = _read(environ, length)
            if body is None:
                start_response(*_TOO_SLOW)
                return [b"The request did not arrive in time.\n"]
            environ["wsgi.input"] = io.BytesIO(body)
        if environ.get("PATH_INFO") == _ALWAYS:
            return self._answer(environ, start_response)
        with self._places:
            return self._answer(environ, start_response)

    def _length(self, environ: dict[str, Any]) -> int:
        """Return how many bytes to read; 0 without a body, or with one that is refused unread."""
        if environ.get("HTTP_TRANSFER_ENCODING"):  # which does not say
            return self._most_bytes + 1
        with contextlib.suppress(ValueError):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            return length if length <= self._most_bytes else 0
        return 0

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response: Iterable[bytes] = self._application(environ, start_response)
        return response


def register(app: Flask) -> None:
    """Put the middleware in front of the application."""
    places, most = app.config["WEB_THREADS"], app.config["MAX_CONTENT_LENGTH"]
    app.wsgi_app = BodyFirst(app.wsgi_app, places, most)  # type: ignore[method-assign]


def limit_silence(listener: socket.socket) -> None:
    """Have the connections of a listening socket fail after SILENT_SECONDS without a byte (Linux)."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENT_SECONDS, 0))


def _read(environ: dict[str, Any], length: int) -> bytes | None:
    """Return the body, None if it did not come in time."""
    ends, connection = time.monotonic() + BODY_SECONDS, environ.get("gunicorn.socket")
    # In tests there may be no connection, because the body is here already.
    watched = _deadlines.watch(connection, ends) if connection else contextlib.nullcontext()
    with watched, contextlib.suppress(OSError):
        body: bytes = environ["wsgi.input"].read(length)
        is_cut = len(body) < length and not environ.get("HTTP_TRANSFER_ENCODING")
        return None if is_cut or time.monotonic() >= ends else body
    return None


class _Deadlines:
    """Ends reading from connections that send for too long, however slowly they still do.

    One thread looks once a second. A timer for each request, which is a thread too, took a quarter of a
    millisecond: 3 % of a save with the page after it.
    """

    def __init__(self) -> None:
        self._ends: dict[socket.socket, float] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def watch(self, connection: socket.socket, ends: float) -> Iterator[None]:
        """Watch a connection while something is read from it."""
        self._start()
        self._ends[connection] = ends
        try:
            yield
        finally:
            del self._ends[connection]

    def _start(self) -> None:
        """Start the thread on first use, so that each worker has its own after it was forked."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                thread.start()
                self._thread = thread

    def _run(self) -> None:
        while True:
            time.sleep(1)
            late = [one for one, ends in self._ends.copy().items() if ends <= time.monotonic()]
            for connection in late:
                _stop_reading(connection)


_deadlines = _Deadlines()


def _stop_reading(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RD)
