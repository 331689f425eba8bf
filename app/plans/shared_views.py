"""The plan as someone sees it who has only a link to it."""

from __future__ import annotations

import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.database.assessments import Assessment
from app.database.share_links import linked_assessment
from app.finished_assessments import team_plan_of
from app.plans import bp
from app.plans.page_view import Panel, PlanView
from app.plans.views import plan_file
from app.tokens import token_hash


class LinkNotFound(LookupError):
    """The link is unknown, has expired, or was withdrawn: the three look the same."""


@bp.get("/shared/<token>")
def shared_plan(token: str) -> ResponseReturnValue:
    """Show the plan, without any link to private pages."""
    assessment, until = _linked(token)
    team = team_plan_of(assessment)
    return render_template(
        "plans/shared.html",
        token=token,
        until=until,
        plan=team.plan,
        view=PlanView(assessment=assessment, team=team, panel=Panel(), may_work=False),
    )


@bp.get("/shared/<token>/plan.pdf")
def shared_plan_pdf(token: str) -> ResponseReturnValue:
    """Send the plan as PDF."""
    assessment, _ = _linked(token)
    return plan_file(assessment)


def _linked(token: str) -> tuple[Assessment, datetime.datetime]:
    """Return the assessment, and when the link expires. Raises LinkNotFound."""
    found = linked_assessment(token_hash(token), clock.start_of_today())
    if found is None:
        raise LinkNotFound
    return found
