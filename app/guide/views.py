"""The pages of the guide, and the questions as a PDF."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.content import current
from app.database.link_reports import count_report
from app.extensions import db
from app.guide import bp
from app.guide.files import sample_plan_pdf, worksheet_pdf
from app.guide.search_view import search_page
from app.guide.section_view import section_page, self_check_entry
from app.http.files import named_attachment
from app.http.rate_limits import costly


@bp.get("/guide", strict_slashes=False)
def guide() -> ResponseReturnValue:
    """Show a summary of the sections, or the results of a search."""
    questionnaire = current().questionnaire
    search = search_page(questionnaire, request.args)
    if search.results:
        return render_template("guide/found.html", search=search)
    return render_template(
        "guide/guide.html",
        search=search,
        pages=[section_page(questionnaire, section) for section in questionnaire.guide.sections],
        entry=self_check_entry(questionnaire),
    )


@bp.get("/guide/sources")
def sources() -> ResponseReturnValue:
    """Show where our facts come from."""
    return render_template("guide/sources.html")


@bp.get("/guide/<part>", strict_slashes=False)
def section(part: str) -> ResponseReturnValue:
    """Show the section that a part of the self-check covers, with all we know about its resources."""
    questionnaire = current().questionnaire
    found = questionnaire.guide.section(part)
    if found is None:
        abort(404)
    page = section_page(questionnaire, found)
    return render_template("guide/section.html", page=page, entry=self_check_entry(questionnaire))


@bp.post("/guide/does-not-open/<item_id>")
def report_link(item_id: str) -> ResponseReturnValue:
    """Count that a resource or supplement does not open, for the editors of the content."""
    questionnaire = current().questionnaire
    if item_id not in questionnaire.resource and item_id not in questionnaire.supplement:
        abort(404)
    count_report(item_id)
    db.session.commit()
    return render_template("guide/reported.html")


@bp.get("/worksheet.pdf", endpoint="worksheet_pdf")
@costly
def worksheet() -> ResponseReturnValue:
    """Send all questions as PDF, to discuss before answering."""
    name = f"questions-{current().questionnaire.version}.pdf"
    return named_attachment(worksheet_pdf(), "application/pdf", name)


@bp.get("/sample-plan.pdf", endpoint="sample_plan_pdf")
@costly
def sample_plan() -> ResponseReturnValue:
    """Send the plan of a made-up agency as PDF, to show what one gets."""
    return named_attachment(sample_plan_pdf(), "application/pdf", "sample-plan.pdf", "inline")
