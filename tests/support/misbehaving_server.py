"""A local web server with every kind of broken link, and a log of its requests."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

GOOD = "<!doctype html><title>A tip sheet</title><h1>A tip sheet</h1>"
NO_PAGE = "<!doctype html><title>Page not found | Example</title><h1>Sorry</h1>"
NO_PAGE_HEADING = "<!doctype html><title>Example</title><h1>We can’t find that <em>page</em></h1>"
HUGE = 64 * 1024 * 1024
REDIRECTS = {
    "/moved": (301, "/good"),
    "/moved-308": (308, "/good"),
    "/found": (302, "/good"),
    "/see-other": (303, "/good"),
    "/moved-then-found": (301, "/found"),
    "/moved-to-missing": (301, "/missing"),
    "/old/deep/page": (308, "/"),
    "/loop": (302, "/loop"),
    "/to-and-fro": (301, "/fro-and-to"),
    "/fro-and-to": (301, "/to-and-fro"),
    "/to-a-file": (302, "ftp://127.0.0.1/file"),
    "/to-nothing": (302, ""),
    "/to-nonsense": (302, "http://127.0.0.1:no-port/"),
}
CODES = {"/missing": 404, "/gone": 410, "/login": 401, "/refused": 403, "/busy": 429, "/broken": 500}
PAGES = {"/": GOOD, "/good": GOOD, "/no-page": NO_PAGE, "/no-page-heading": NO_PAGE_HEADING}


@dataclass(slots=True)
class Request:
    """One line of the log: when the request began and ended (seconds), and how many bytes were sent."""

    path: str
    agent: str
    began: float
    ended: float = 0.0
    sent: int = 0


class Site:
    """A context manager that runs a local server, with or without TLS."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, slow: float = 0.0) -> None:
        self.log: list[Request] = []
        self.slow = slow
        self.over = threading.Event()
        self._server = _Server((host, 0), _Handler)
        self._server.site = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if tls else "http"
        self.address = f"{scheme}://{host}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        """Serve."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and release all waiting requests."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.address}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Do not log errors: clients may hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name of the standard library
        """Do not print requests."""

    def _handle(self) -> None:
        request = Request(self.path, self.headers["User-Agent"], time.monotonic())
        self.server.site.log.append(request)
        self.server.site.over.wait(self.server.site.slow)
        request.ended = time.monotonic()
        self._answer(request)

    def _answer(self, request: Request) -> None:
        path = self.path
        if path in SPECIAL:
            SPECIAL[path](self, request)
        elif path in REDIRECTS:
            code, to = REDIRECTS[path]
            self._send(code, "", {"Location": to} if to else {})
        elif path in CODES:
            self._send(CODES[path], GOOD)
        else:
            self._send(200 if path in PAGES else 404, PAGES.get(path, NO_PAGE))

    def _send(self, code: int, body: str, headers: Mapping[str, str] = {}, kind: str = "text/html") -> None:
        data = body.encode()
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def file(self, request: Request) -> None:
        self._send(200, "%PDF-1.7", kind="application/pdf")

    def closes(self, request: Request) -> None:
        self.close_connection = True

    def closes_midway(self, request: Request) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"<title>Half")
        self.close_connection = True

    def hangs(self, request: Request) -> None:
        self.server.site.over.wait(20)
        self.close_connection = True

    def drips(self, request: Request) -> None:
        self._endless(request, b"<p>", pause=0.1)

    def huge(self, request: Request) -> None:
        self._endless(request, GOOD.encode() + b" " * 65536, pause=0)

    def _endless(self, request: Request, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        while request.sent < HUGE and not self.server.site.over.wait(pause):
            self.wfile.write(piece)
            request.sent += len(piece)
        self.close_connection = True


SPECIAL: Mapping[str, Callable[[_Handler, Request], None]] = {
    "/file.pdf": _Handler.file,
    "/closes": _Handler.closes,
    "/closes-midway": _Handler.closes_midway,
    "/hangs": _Handler.hangs,
    "/drips": _Handler.drips,
    "/huge": _Handler.huge,
}
