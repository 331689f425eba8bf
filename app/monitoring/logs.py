"""The log: one line for each event on standard error, and in it nothing that people typed.

A message of ours holds names of routes, kinds and numbers. Messages of libraries and of exceptions may
quote what was sent, and addresses hold ids and codes: of those, only where they came from is told.
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
_SANE = re.compile(r"[0-9a-f-]{16,40}", re.IGNORECASE)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# The first parts of the names of loggers whose messages quote nothing, but for those about requests.
_OURS = frozenset({"app", "gunicorn", "alembic"})
_PACKAGES = "site-packages"
_ID = "selfcheck.request_id"
_BEGAN = "selfcheck.began"


def register(app: Flask) -> None:
    """Give each request a number, and write a line about it (at the level “info”)."""
    default_handler.setFormatter(new_formatter())  # without our server, as for commands
    request_started.connect(_begin, app)
    app.after_request(_note)
    app.add_template_global(request_id, "request_id")


def server_config(level: str) -> dict[str, Any]:
    """Return how our server sets up logging; `level` is that of our own messages."""
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
    """Return what makes lines: text for a person at a terminal, else JSON."""
    return PlainLine() if sys.stderr.isatty() else JsonLine()


def request_id() -> str:
    """Return the number of the request at hand: of the server before us, if it gave a sane one, else ours."""
    given = request.headers.get(_HEADER, "")
    known: str = request.environ.setdefault(_ID, given if _SANE.fullmatch(given) else secrets.token_hex(8))
    return known


def method() -> str:
    """Return the method of the request at hand, if it is one that exists."""
    return request.method if request.method in _METHODS else "other"


def seconds() -> float:
    """Return how long the request at hand has taken until now."""
    began: float = request.environ[_BEGAN]
    return time.perf_counter() - began


class JsonLine(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(dict(_facts(record)), ensure_ascii=False)


class PlainLine(logging.Formatter):
    """The same for people to read."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where an exception came from."""
        facts = dict(_facts(record))
        at = facts.pop("at", [])
        head = [str(facts.pop(name)) for name in ("time", "level", "message")]
        return "\n    ".join([" ".join([*head, *(f"{name}={fact}" for name, fact in facts.items())]), *at])


def _facts(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Yield what is told of an event."""
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
    if record.funcName == "log_exception":  # Flask's, which names the address
        return "a fault of ours"
    if record.name == "gunicorn.error" and "request" in str(record.msg).lower():
        return "a request that could not be read or answered"
    return record.getMessage()


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception, and those that led to it."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _places(error: BaseException) -> Iterator[str]:
    """Yield where an exception came through: our functions, and the last of all.

    Not its words, for they may quote what people typed.
    """
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames:
        if _PACKAGES not in frame.filename or frame is frames[-1]:
            path = Path(frame.filename)
            shown = path.relative_to(_PROJECT) if path.is_relative_to(_PROJECT) else path
            yield f"{shown}:{frame.lineno} in {frame.name}"


def _begin(_app: Flask, **_more: Any) -> None:
    request.environ[_BEGAN] = time.perf_counter()


def _note(response: Response) -> Response:
    response.headers[_HEADER] = request_id()
    logger = logging.getLogger("app")
    if logger.isEnabledFor(logging.INFO):
        facts = {"status": response.status_code, "ms": round(1000 * seconds(), 1)}
        logger.info("request", extra={"facts": facts})
    return response
