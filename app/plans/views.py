"""The plan's page and downloads."""

from __future__ import annotations

import json

from flask import Response
from flask.typing import ResponseReturnValue

from app.content import path_for
from app.database.assessments import Assessment
from app.finished_assessments import comparison_with_previous, facts_of_plan, require_finished, team_plan_of
from app.http.files import attachment
from app.pdf_cache import PdfOf, kept_pdf, warm_up
from app.permissions import can, require
from app.plans import bp
from app.plans.page_view import Panel, panel_asked_for, show_plan
from reports.documents.html.document import document
from reports.documents.json import answers_data, answers_yaml, plan_json


@bp.get("/assessments/<public_id>/plan")
def plan(public_id: str) -> ResponseReturnValue:
    """Show the plan; meanwhile the PDF child warms up, since the PDF is what comes next."""
    assessment = require_finished(public_id)
    warm_up()
    team = team_plan_of(assessment)
    panel = panel_asked_for(team) if can(assessment, "edit") else Panel()
    return show_plan(assessment, team, panel)


@bp.get("/assessments/<public_id>/plan.pdf")
def plan_pdf(public_id: str) -> ResponseReturnValue:
    """Send the plan as PDF: the one made before, or a new one."""
    return plan_file(require_finished(public_id))


@bp.get("/assessments/<public_id>/plan.json")
def plan_as_json(public_id: str) -> ResponseReturnValue:
    """Send the plan as JSON."""
    assessment = require_finished(public_id)
    team = team_plan_of(assessment)
    data = plan_json(team.plan, team, comparison_with_previous(assessment))
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return attachment(text.encode(), "application/json", assessment, "action-plan", "json")


@bp.get("/assessments/<public_id>/answers.yaml")
def answers(public_id: str) -> ResponseReturnValue:
    """Send the answers on the path as a file that can be loaded again."""
    assessment = require(public_id)
    path = path_for(assessment)
    data = answers_data(path.questionnaire, assessment.agency, assessment.finished_on, path.active)
    return attachment(answers_yaml(data).encode(), "application/yaml", assessment, "answers", "yaml")


def plan_file(assessment: Assessment) -> Response:
    """Return the PDF of a finished assessment's plan. Raises PdfBusy, PdfFailed, PdfUnavailable."""
    pdf = PdfOf(name="plan", assessment_id=assessment.id, made_from=facts_of_plan(assessment))
    content = kept_pdf(pdf, lambda: document(team_plan_of(assessment), comparison_with_previous(assessment)))
    return attachment(content, "application/pdf", assessment, "action-plan", "pdf")
