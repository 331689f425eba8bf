"""The plan of a finished assessment: page, downloads, the team's work, and links to share it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("plans", __name__)

from app.plans import (  # noqa: E402  # register their views on the blueprint
    calendar_feed_views,  # noqa: F401
    download_views,  # noqa: F401
    share_link_views,  # noqa: F401
    views,  # noqa: F401
    workspace_views,  # noqa: F401
)
