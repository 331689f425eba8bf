"""The history page."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access import require_history
from app.progress.lines import history_view

bp = Blueprint("progress", __name__, url_prefix="/progress/<public_id>")


@bp.get("/")
def history(public_id: str) -> ResponseReturnValue:
    """Show the assessments that belong together, the newest first, a few at a time."""
    found = require_history(public_id)
    view = history_view(found, request.args.get("page", 1, type=int))
    return render_template("progress/history.html", history=found, view=view)
