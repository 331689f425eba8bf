"""Comparisons of two finished assessments of one history: page, PDF, JSON, and the look-back."""

from __future__ import annotations

import json
from typing import get_args

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import AssessmentNotFound, require_history
from app.database.assessments import Assessment, finished_of
from app.database.look_backs import save_look_backs
from app.extensions import db
from app.files import attachment
from app.finished import comparison_of, facts_of_comparison
from app.pdfs import PdfOf, kept_pdf, warm_up
from app.progress.lines import choices
from app.progress.look_back import look_back_lines, posted_look_backs
from reports.comparison_document import comparison_document
from reports.comparison_export import comparison_json
from reports.comparison_model import Outcome

bp = Blueprint("comparisons", __name__, url_prefix="/progress/<public_id>")


@bp.get("/compare")
def choose(public_id: str) -> ResponseReturnValue:
    """Ask which two to compare, then lead to their comparison, in their order in time."""
    history = require_history(public_id)
    finished = finished_of(history)
    chosen = {request.args.get("earlier", ""), request.args.get("later", "")}
    found = [assessment for assessment in finished if assessment.public_id in chosen]
    if len(found) == 2:
        return redirect(_address(public_id, found[1], found[0]))
    page = render_template(
        "progress/choose.html", history=history, choices=choices(finished), same=bool(request.args)
    )
    return page, 422 if request.args else 200


@bp.get("/<earlier>/<later>/")
def comparison(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Show what changed between the two."""
    before, after = _pair(public_id, earlier, later)
    warm_up()
    found = comparison_of(before, after)
    return render_template(
        "progress/comparison.html",
        earlier=before,
        later=after,
        comparison=found,
        outcomes=[(outcome, getattr(found, outcome)) for outcome in get_args(Outcome)],
        look_back=look_back_lines(found),
    )


@bp.get("/<earlier>/<later>/comparison.pdf")
def comparison_pdf(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Send the comparison as PDF."""
    before, after = _pair(public_id, earlier, later)
    facts = facts_of_comparison(before, after)
    pdf = PdfOf(name=f"comparison with {before.id}", assessment_id=after.id, made_from=facts)
    content = kept_pdf(pdf, lambda: comparison_document(comparison_of(before, after)))
    return attachment(content, "application/pdf", after, "progress", "pdf")


@bp.get("/<earlier>/<later>/comparison.json")
def comparison_as_json(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Send the comparison as JSON."""
    before, after = _pair(public_id, earlier, later)
    text = json.dumps(comparison_json(comparison_of(before, after)), ensure_ascii=False, indent=2)
    return attachment(text.encode(), "application/json", after, "progress", "json")


@bp.post("/<earlier>/<later>/look-back")
def look_back(public_id: str, earlier: str, later: str) -> ResponseReturnValue:
    """Save where the agency now thinks it stood back then, beside its first answers."""
    before, after = _pair(public_id, earlier, later)
    save_look_backs(before, after, posted_look_backs(comparison_of(before, after), request.form))
    db.session.commit()
    flash("Your look-back is saved.")
    return redirect(_address(public_id, before, after) + "#moved_down")


def _pair(public_id: str, earlier: str, later: str) -> tuple[Assessment, Assessment]:
    """Return two finished assessments of a history, the earlier first. Raises AssessmentNotFound."""
    finished = finished_of(require_history(public_id))  # the last first
    by_id = {assessment.public_id: assessment for assessment in finished}
    before, after = by_id.get(earlier), by_id.get(later)
    if before is None or after is None or finished.index(before) <= finished.index(after):
        raise AssessmentNotFound
    return before, after


def _address(public_id: str, earlier: Assessment, later: Assessment) -> str:
    return url_for(
        "comparisons.comparison", public_id=public_id, earlier=earlier.public_id, later=later.public_id
    )
