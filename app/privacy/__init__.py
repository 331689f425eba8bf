"""What is stored about people and agencies: the privacy page, archives, deletion."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("privacy", __name__)

from app.privacy import archive_views, deletion_views, views  # noqa: E402, F401  # register their views on the blueprint
