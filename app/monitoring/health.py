"""Endpoints for monitors: is this process alive, is it ready for visitors, and what are its metrics?"""

from __future__ import annotations

import hmac

from flask import Blueprint, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.content import current
from app.database.outgoing_emails import waiting_emails
from app.database.tables import schema_is_current
from app.database.turns import turn
from app.extensions import db
from app.monitoring import metrics
from app.pdf_cache import worker
from app.retention import PURGE
from questions.source_files.errors import ContentError

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Return 200 if the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1 FROM assessment LIMIT 1"))
    except SQLAlchemyError:
        return jsonify(status="the database does not answer"), 503
    return jsonify(status="ok", questionnaire=current().questionnaire.version)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Return 200 if the site can serve visitors, else 503 and what is wrong.

    PDFs do not count: the rest of the site works without them, and their process starts when first needed.
    Nor do emails, which wait, or a purge that waits for an administrator.
    """
    states = {"database": _database(), "content": _content()}
    ready = all(state == "ok" for state in states.values())
    pdf = "running" if worker().running else "not started"
    return jsonify(
        status="ok" if ready else "not ready", pdf=pdf, mail=_mail(), purge=_purge(), **states
    ), 200 if ready else 503


@bp.get("/metrics", endpoint="metrics")
def metrics_page() -> ResponseReturnValue:
    """Return the metrics to a caller with METRICS_TOKEN; 404 when that is not set."""
    if not current_app.config["METRICS_TOKEN"]:
        abort(404)
    expected = f"Bearer {current_app.config['METRICS_TOKEN']}"
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected.encode()):
        return "Send the METRICS_TOKEN as a bearer token.", 401, {"WWW-Authenticate": "Bearer"}
    return metrics.exposition(), 200, {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


def _database() -> str:
    try:
        ready = schema_is_current(db.session.connection())
    except SQLAlchemyError:
        return "no answer"
    return "ok" if ready else "its schema is of another version"


def _mail() -> str:
    """Return how long the oldest email has been waiting to be sent."""
    try:
        since = waiting_emails().since
    except SQLAlchemyError:
        return "unknown"
    minutes = int((clock.now() - since).total_seconds() // 60) if since else 0
    return f"waiting for {minutes} minutes" if minutes else "ok"


def _purge() -> str:
    """Return why nothing expired is deleted."""
    try:
        reason = turn(PURGE).held_because
    except SQLAlchemyError:
        return "unknown"
    return f"stopped: {reason}" if reason else "ok"


def _content() -> str:
    try:
        _ = current().questionnaire
    except ContentError:
        return "has errors"
    return "ok"
