"""The plan's page, for those who may open the self-check and for those who have a link to the plan."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.database.assessments import Assessment
from app.database.share_links import linked_assessment
from app.finished_assessments import load_team_plan, require_finished
from app.http.rate_limits import costly
from app.pdf_cache import warm_up
from app.permissions import can
from app.plans import bp
from app.plans.addresses import shared_addresses
from app.plans.chapters import CHAPTERS
from app.plans.download_views import DOWNLOADS, Download, send, shared_download_links
from app.plans.page_view import Panel, PlanView, plan_view, requested_panel, show_plan
from app.plans.plan_pdf import make_ahead
from app.tokens import token_hash


@bp.get("/assessments/<public_id>/plan")
def plan(public_id: str) -> ResponseReturnValue:
    """Show the plan; meanwhile its PDF is made, since that is what comes next."""
    assessment = require_finished(public_id)
    warm_up()
    make_ahead(assessment)
    team = load_team_plan(assessment)
    return show_plan(assessment, team, requested_panel(team, may_work=can(assessment, "edit")))


def chapter(public_id: str, chapter: str) -> ResponseReturnValue:
    """Show a page beside the plan."""
    assessment = require_finished(public_id)
    view = plan_view(assessment, load_team_plan(assessment), Panel())
    return render_template(CHAPTERS[chapter][0], plan=view.plan, view=view)


class LinkNotFound(LookupError):
    """The link is unknown, has expired, or was withdrawn: the three look the same."""


@bp.get("/shared/<token>")
def shared_plan(token: str) -> ResponseReturnValue:
    """Show the plan, without any link to private pages."""
    return _show_shared(token, "plans/shared.html")


def shared_chapter(token: str, chapter: str) -> ResponseReturnValue:
    """Show a page beside a shared plan."""
    return _show_shared(token, CHAPTERS[chapter][0])


def _show_shared(token: str, template: str) -> str:
    assessment, until = _linked(token)
    make_ahead(assessment)
    team = load_team_plan(assessment)
    return render_template(
        template,
        until=until,
        plan=team.plan,
        view=PlanView(
            assessment=assessment,
            team=team,
            panel=requested_panel(team, may_work=False),
            may_work=False,
            downloads=shared_download_links(token),
            addresses=shared_addresses(token),
            today=clock.today(),
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

    return costly(view) if download.costly else view


for _download in DOWNLOADS:
    if _download.shared:
        bp.add_url_rule(
            f"/shared/<token>/{_download.file}", f"shared_{_download.endpoint}", view_func=_view(_download)
        )

for _chapter in CHAPTERS:
    _which = {"chapter": _chapter}
    bp.add_url_rule(
        f"/assessments/<public_id>/plan/{_chapter}", "chapter", view_func=chapter, defaults=_which
    )
    bp.add_url_rule(
        f"/shared/<token>/{_chapter}", "shared_chapter", view_func=shared_chapter, defaults=_which
    )
