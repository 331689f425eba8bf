"""The plan as spreadsheet and as calendar file: each made in the child process, for its library is large."""

from __future__ import annotations

import hashlib

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.database.assessments import Assessment
from app.database.plan_work import work_of
from app.extensions import db
from app.finished_assessments import require_finished, team_plan_of
from app.http.files import attachment
from app.pdf_cache import worker
from app.plans import bp
from reports.team.model import open_dates

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/assessments/<public_id>/plan.xlsx")
def plan_xlsx(public_id: str) -> ResponseReturnValue:
    """Send the plan with the team's work as a spreadsheet."""
    assessment = require_finished(public_id)
    team = team_plan_of(assessment)
    db.session.rollback()  # no transaction stays open while the file is made
    content = worker().make("reports.documents.xlsx.workbook", "spreadsheet", team)
    return attachment(content, XLSX, assessment, "action-plan", "xlsx")


@bp.get("/assessments/<public_id>/plan.ics")
def plan_ics(public_id: str) -> ResponseReturnValue:
    """Send the plan's open dates as a calendar file; without any, say so on the plan's page."""
    assessment = require_finished(public_id)
    team, revision = team_plan_of(assessment), work_of(assessment).revision
    db.session.rollback()
    if not open_dates(team):
        flash(team.plan.questionnaire.texts.files.calendar.none)
        return redirect(url_for("plans.plan", public_id=public_id))
    content = worker().make("reports.documents.ics", "calendar", team, _uid_base(assessment), revision)
    return attachment(content, "text/calendar", assessment, "action-plan", "ics")


def _uid_base(assessment: Assessment) -> str:
    """Return what tells this plan from all others, without its private id: a calendar may be shared."""
    return hashlib.sha256(f"calendar\n{assessment.public_id}".encode()).hexdigest()[:32]
