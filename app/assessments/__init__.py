"""Self-checks: the questions, and everything up to a finished assessment."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("assessments", __name__)

from app.assessments import depth_views, import_views, retake_views, return_views, upgrade_views, views  # noqa: E402, F401  # register their views on the blueprint
