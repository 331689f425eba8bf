"""The plan's page."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.finished_assessments import load_team_plan, require_finished
from app.pdf_cache import warm_up
from app.permissions import can
from app.plans import bp
from app.plans.page_view import Panel, requested_panel, show_plan


@bp.get("/assessments/<public_id>/plan")
def plan(public_id: str) -> ResponseReturnValue:
    """Show the plan; meanwhile the PDF child warms up, since the PDF is what comes next."""
    assessment = require_finished(public_id)
    warm_up()
    team = load_team_plan(assessment)
    panel = requested_panel(team) if can(assessment, "edit") else Panel()
    return show_plan(assessment, team, panel)
