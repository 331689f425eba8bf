"""Assessments of one history: the history itself, and two of them side by side."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("comparisons", __name__)

from app.comparisons import views  # noqa: E402, F401  # registers its views on the blueprint
