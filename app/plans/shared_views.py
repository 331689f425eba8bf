"""The plan as someone sees it who has only a link to it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.database.assessments import Assessment
from app.database.share_links import linked_assessment
from app.finished_assessments import load_team_plan
from app.plans import bp
from app.plans.download_views import DOWNLOADS, Download, send, shared_download_links
from app.plans.page_view import Panel, PlanView
from app.tokens import token_hash


class LinkNotFound(LookupError):
    """The link is unknown, has expired, or was withdrawn: the three look the same."""


@bp.get("/shared/<token>")
def shared_plan(token: str) -> ResponseReturnValue:
    """Show the plan, without any link to private pages."""
    assessment, until = _linked(token)
    team = load_team_plan(assessment)
    return render_template(
        "plans/shared.html",
        until=until,
        plan=team.plan,
        view=PlanView(
            assessment=assessment,
            team=team,
            panel=Panel(),
            may_work=False,
            downloads=shared_download_links(token),
        ),
    )


def _linked(token: str) -> tuple[Assessment, datetime.datetime]:
    """Return the assessment, and when the link expires. Raises LinkNotFound."""
    found = linked_assessment(token_hash(token), clock.start_of_today())
    if found is None:
        raise LinkNotFound
    return found


def _view(download: Download) -> Callable[[str], ResponseReturnValue]:
    def view(token: str) -> ResponseReturnValue:
        assessment, _ = _linked(token)
        return send(download, assessment)

    return view


for _download in DOWNLOADS:
    if _download.shared:
        bp.add_url_rule(
            f"/shared/<token>/{_download.file}", f"shared_{_download.endpoint}", view_func=_view(_download)
        )
