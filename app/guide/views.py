"""The guide's sections with their resources."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("guide", __name__)


@bp.get("/guide", strict_slashes=False)
def guide() -> ResponseReturnValue:
    """Show the five sections, what each recommends, and where it can be found."""
    return render_template("guide/guide.html")
