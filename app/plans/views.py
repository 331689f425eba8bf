"""The plan's page and downloads."""

from __future__ import annotations

import json

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import require
from app.database.assessments import Assessment
from app.database.plans import find_file, keep_file
from app.extensions import db
from app.plans.files import attachment, plan_key
from app.plans.finished import plan_of, require_finished
from app.questionnaires import path_for
from reports.document import document
from reports.export import answers_data, answers_yaml, plan_json
from reports.pdf_errors import PdfBusy, PdfFailed, PdfUnavailable
from reports.pdf_worker import PdfWorker

bp = Blueprint("plans", __name__, url_prefix="/assessments/<public_id>")


@bp.get("/plan")
def plan(public_id: str) -> ResponseReturnValue:
    """Show the plan; meanwhile the PDF child warms up, since the PDF is what comes next."""
    assessment = require_finished(public_id)
    _worker().warm()
    return render_template("plans/plan.html", assessment=assessment, plan=plan_of(assessment))


@bp.get("/plan.pdf")
def plan_pdf(public_id: str) -> ResponseReturnValue:
    """Send the plan as PDF: the one made before, or a new one."""
    assessment = require_finished(public_id)
    key = plan_key(assessment)
    content = find_file(assessment, key)
    if content is None:
        try:
            content = _new_pdf(assessment)
        except PdfBusy:
            return render_template("plans/pdf_busy.html", assessment=assessment), 503, {"Retry-After": "5"}
        except (PdfFailed, PdfUnavailable) as error:
            current_app.logger.error("no PDF: %s", error)
            return render_template("plans/no_pdf.html", assessment=assessment), 503
        keep_file(assessment, key, content, clock.now())
        db.session.commit()
    return attachment(content, "application/pdf", assessment, "pdf")


@bp.get("/plan.json")
def plan_as_json(public_id: str) -> ResponseReturnValue:
    """Send the plan as JSON."""
    assessment = require_finished(public_id)
    text = json.dumps(plan_json(plan_of(assessment)), ensure_ascii=False, indent=2)
    return attachment(text.encode(), "application/json", assessment, "json")


@bp.get("/answers.yaml")
def answers(public_id: str) -> ResponseReturnValue:
    """Send the answers on the path as a file that can be loaded again."""
    assessment = require(public_id)
    path = path_for(assessment)
    data = answers_data(path.questionnaire, assessment.agency, assessment.finished_on, path.used)
    return attachment(answers_yaml(data).encode(), "application/yaml", assessment, "yaml")


def _new_pdf(assessment: Assessment) -> bytes:
    html = document(plan_of(assessment))
    db.session.rollback()  # no transaction stays open while the PDF is made
    return _worker().render(html)


def _worker() -> PdfWorker:
    worker: PdfWorker = current_app.extensions["pdf_worker"]
    return worker
