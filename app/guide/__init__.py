"""The federal guide: its sections and resources."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("guide", __name__)

from app.guide import views  # noqa: E402, F401  # registers its views on the blueprint
