"""The log: one line per event on standard error, without anything that people typed.

Our own messages hold names of routes, kinds and numbers. Messages of libraries and exceptions may quote
what was sent, and URLs hold ids and codes: of those, the log says only where in the code they came from.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, Response, has_request_context, request, request_started
from flask.logging import default_handler

_PROJECT = Path(__file__).parents[2]
_HEADER = "X-Request-ID"
_VALID_ID = re.compile(r"[0-9a-f-]{16,40}", re.IGNORECASE)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# Top-level names of loggers whose messages quote nothing, except those about requests.
_OURS = frozenset({"app", "gunicorn", "alembic"})
_PACKAGES = "site-packages"
_REFUSED = frozenset({403, 429})  # someone tried what they may not, or too often
_ID = "selfcheck.request_id"
_STARTED = "selfcheck.started"


def register(app: Flask) -> None:
    """Give each request an id, and log it: at level “info,” or “warning” if it was refused."""
    default_handler.setFormatter(new_formatter())  # for commands, which our server does not start
    request_started.connect(_start_timer, app)
    app.after_request(_finish)
    app.add_template_global(request_id, "request_id")


def server_config(level: str) -> dict[str, Any]:
    """Return the logging configuration of our server; `level` is that of our own messages."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": new_formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "app": {"level": level.upper()},
            "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
        },
    }


def new_formatter() -> logging.Formatter:
    """Return the formatter: plain text at a terminal, else JSON."""
    return PlainLine() if sys.stderr.isatty() else JsonLine()


def request_id() -> str:
    """Return the id of the current request: the proxy's, if it sent a valid one, else our own."""
    given = request.headers.get(_HEADER, "")
    known: str = request.environ.setdefault(
        _ID, given if _VALID_ID.fullmatch(given) else secrets.token_hex(8)
    )
    return known


def method() -> str:
    """Return the method of the current request, or “other” if there is no such method."""
    return request.method if request.method in _METHODS else "other"


def seconds() -> float:
    """Return how many seconds the current request has taken so far."""
    started: float = request.environ[_STARTED]
    return time.perf_counter() - started


class JsonLine(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(dict(_facts(record)), ensure_ascii=False)


class PlainLine(logging.Formatter):
    """The same as text for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it the places in the code that an exception passed through."""
        facts = dict(_facts(record))
        at = facts.pop("at", [])
        head = [str(facts.pop(name)) for name in ("time", "level", "message")]
        return "\n    ".join([" ".join([*head, *(f"{name}={fact}" for name, fact in facts.items())]), *at])


def _facts(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an event."""
    at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
    yield "time", at.isoformat(timespec="milliseconds")
    yield "level", record.levelname.lower()
    yield "logger", record.name
    yield "message", _message(record)
    if has_request_context():
        yield "request_id", request_id()
        yield "method", method()
        yield "endpoint", request.url_rule.rule if request.url_rule else "none"
    yield from getattr(record, "facts", {}).items()
    if record.exc_info and record.exc_info[1]:
        causes = list(_causes(record.exc_info[1]))
        yield "error", " because of ".join(type(cause).__name__ for cause in causes)
        yield "at", [place for cause in causes for place in _places(cause)]


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in _OURS:
        return f"a message of a library: {record.module}.py, line {record.lineno}"
    if record.funcName == "log_exception":  # Flask's message holds the URL
        return "an unexpected error"
    if record.name == "gunicorn.error" and "request" in str(record.msg).lower():
        return "a request that could not be read or answered"
    return record.getMessage()


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception and its causes."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _places(error: BaseException) -> Iterator[str]:
    """Yield the frames of our own code, and the last one; no message, which may quote what people typed."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames:
        if _PACKAGES not in frame.filename or frame is frames[-1]:
            path = Path(frame.filename)
            shown = path.relative_to(_PROJECT) if path.is_relative_to(_PROJECT) else path
            yield f"{shown}:{frame.lineno} in {frame.name}"


def _start_timer(_app: Flask, **_more: Any) -> None:
    request.environ[_STARTED] = time.perf_counter()


def _finish(response: Response) -> Response:
    response.headers[_HEADER] = request_id()
    level = logging.WARNING if response.status_code in _REFUSED else logging.INFO
    logger = logging.getLogger("app")
    if logger.isEnabledFor(level):
        facts = {"status": response.status_code, "ms": round(1000 * seconds(), 1)}
        logger.log(level, "request", extra={"facts": facts})
    return response
