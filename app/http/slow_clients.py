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
    began = time.monotonic()
    with _deadline(environ.get("gunicorn.socket")), contextlib.suppress(OSError):
        body: bytes = environ["wsgi.input"].read(length)
        is_cut = len(body) < length and not environ.get("HTTP_TRANSFER_ENCODING")
        return None if is_cut or time.monotonic() - began >= BODY_SECONDS else body
    return None


@contextlib.contextmanager
def _deadline(connection: socket.socket | None) -> Iterator[None]:
    """End reading from a connection after BODY_SECONDS, however slowly it still sends."""
    if connection is None:  # in tests, where the body is here already
        yield
        return
    timer = threading.Timer(BODY_SECONDS, _stop_reading, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop_reading(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RD)
