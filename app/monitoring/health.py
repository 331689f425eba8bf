"""What monitors ask: can this process serve, should it be sent visitors, and what did it count?"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from flask import Blueprint, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.content import current
from app.database.schema_revision import has_tables_of_this_version
from app.extensions import db
from app.pdf_cache import worker
from questions.source_files.errors import ContentError

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer 200 when the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1 FROM assessment LIMIT 1"))
    except SQLAlchemyError:
        return jsonify(status="the database does not answer"), 503
    return jsonify(status="ok", questionnaire=current().questionnaire.version)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Answer 200 when all that a visitor needs is there, else 503 with what is not.

    PDFs are not among it: without them the site still serves. Their child starts when first needed.
    """
    found = {"database": _database(), "content": _content()}
    ready = all(state == "ok" for state in found.values())
    pdf = "running" if worker().running else "not started"
    return jsonify(status="ok" if ready else "not ready", pdf=pdf, **found), 200 if ready else 503


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Answer with counts and times to who knows the token; 404 while none is set."""
    measured: Callable[[], bytes] | None = current_app.extensions.get("measured")
    if measured is None:
        abort(404)
    expected = f"Bearer {current_app.config['METRICS_TOKEN']}"
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected.encode()):
        return "Send the METRICS_TOKEN as a bearer token.", 401, {"WWW-Authenticate": "Bearer"}
    return measured(), 200, {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


def _database() -> str:
    try:
        ready = has_tables_of_this_version(db.session.connection())
    except SQLAlchemyError:
        return "no answer"
    return "ok" if ready else "its tables are of another version"


def _content() -> str:
    try:
        _ = current().questionnaire
    except ContentError:
        return "has faults"
    return "ok"
