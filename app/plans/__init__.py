"""The plan of a finished assessment: page, downloads, the team's work, and links to share it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("plans", __name__)

from app.plans import download_views, share_link_views, views, workspace_views  # noqa: E402, F401  # register their views on the blueprint
