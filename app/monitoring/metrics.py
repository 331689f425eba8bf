"""Metrics for administrators in the Prometheus format: by route and kind, never by person.

All processes of the server write into one folder (PROMETHEUS_MULTIPROC_DIR, set by gunicorn.conf.py), so
any of them can answer for all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import ExceptionContext, event

from app import clock
from app.database.outgoing_emails import waiting_emails
from app.extensions import db
from app.mail.outbox import tried
from app.monitoring.logs import method, seconds
from app.monitoring.security_events import noted
from app.pdf_cache import use_worker
from reports.documents.pdf.errors import PdfBusy
from reports.documents.pdf.worker import PdfWorker

P = ParamSpec("P")

_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_FILE_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40)

_registry = CollectorRegistry()
_requests = Counter(
    "selfcheck_requests", "Requests answered.", ("endpoint", "method", "status"), registry=_registry
)
_request_seconds = Histogram(
    "selfcheck_request_seconds",
    "Time to answer a request.",
    ("endpoint",),
    buckets=_REQUEST_BUCKETS,
    registry=_registry,
)
_file_seconds = Histogram(
    "selfcheck_file_seconds",
    "Time to create a PDF, spreadsheet or calendar.",
    ("outcome",),
    buckets=_FILE_BUCKETS,
    registry=_registry,
)
_files_now = Gauge(
    "selfcheck_files_now",
    "Files being created or waiting.",
    registry=_registry,
    multiprocess_mode="livesum",
)
_database_errors = Counter("selfcheck_database_errors", "Database errors.", ("kind",), registry=_registry)
_security_events = Counter(
    "selfcheck_security_events", "Security events, such as a refused sign-in.", ("kind",), registry=_registry
)
_emails = Counter(
    "selfcheck_emails",
    "Tries to send an email: sent, waiting, refused or expired.",
    ("outcome",),
    registry=_registry,
)
_emails_waiting = Gauge(
    "selfcheck_emails_waiting",
    "Emails waiting to be sent.",
    registry=_registry,
    multiprocess_mode="mostrecent",
)
_oldest_email = Gauge(
    "selfcheck_oldest_email_seconds",
    "How long the oldest of them has been waiting.",
    registry=_registry,
    multiprocess_mode="mostrecent",
)


class MeasuredWorker(PdfWorker):
    """A PdfWorker that measures how long a file takes and how it ends: made, busy or failed."""

    def make(self, task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Return the file, as PdfWorker does."""
        with _measured():
            return super().make(task, *args, **kwargs)

    def render_ahead(self, html: str) -> bytes:
        """Return the PDF, as PdfWorker does."""
        with _measured():
            return super().render_ahead(html)


@contextmanager
def _measured() -> Iterator[None]:
    started, outcome = time.perf_counter(), "failed"
    try:
        with _files_now.track_inprogress():
            yield
        outcome = "made"
    except PdfBusy:
        outcome = "busy"
        raise
    finally:
        _file_seconds.labels(outcome).observe(time.perf_counter() - started)


def register(app: Flask) -> None:
    """Measure what the application does, if METRICS_TOKEN is set."""
    if not app.config["METRICS_TOKEN"]:
        return
    use_worker(app, MeasuredWorker())
    app.after_request(_count_request)
    noted.connect(_count_security_event)
    tried.connect(_count_email)
    with app.app_context():
        event.listen(db.engine, "handle_error", _count_database_error)


def exposition() -> bytes:
    """Return the metrics of all processes of this server in the Prometheus text format."""
    waiting = waiting_emails()
    _emails_waiting.set(waiting.count)
    _oldest_email.set((clock.now() - waiting.since).total_seconds() if waiting.since else 0)
    registry = _registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it gives no types for this
    return generate_latest(registry)


def _count_request(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    _requests.labels(endpoint, method(), str(response.status_code)).inc()
    _request_seconds.labels(endpoint).observe(seconds())
    return response


def _count_security_event(_sender: object, kind: str, **_more: Any) -> None:
    _security_events.labels(kind).inc()


def _count_email(_sender: object, outcome: str, **_more: Any) -> None:
    _emails.labels(outcome).inc()


def _count_database_error(context: ExceptionContext) -> None:
    _database_errors.labels(type(context.original_exception).__name__).inc()
