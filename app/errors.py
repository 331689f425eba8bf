"""From domain errors to pages: decided once, here."""

from __future__ import annotations

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.access import AssessmentNotFound
from app.assessments.sheet import AlreadyFinished, PageNotFound
from app.finished import NotFinished
from app.plans.desk import ActionNotFound
from reports.pdf_errors import PdfBusy, PdfFailed, PdfUnavailable

_KNOWN = {400, 404, 405, 413, 500}


def register(app: Flask) -> None:
    """Give each kind of error its page."""
    app.register_error_handler(AssessmentNotFound, _not_found)
    app.register_error_handler(PageNotFound, _page_not_found)
    app.register_error_handler(AlreadyFinished, _already_finished)
    app.register_error_handler(NotFinished, _not_finished)
    app.register_error_handler(ActionNotFound, _no_action)
    app.register_error_handler(PdfBusy, _pdf_busy)
    app.register_error_handler(PdfFailed, _no_pdf)
    app.register_error_handler(PdfUnavailable, _no_pdf)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(CSRFError, _session_ended)
    app.register_error_handler(HTTPException, _http_error)


def _not_found(_error: AssessmentNotFound) -> tuple[str, int]:
    return render_template("errors/no_assessment.html"), 404


def _page_not_found(_error: PageNotFound) -> tuple[str, int]:
    return render_template("errors/404.html"), 404


def _already_finished(error: AlreadyFinished) -> Response:
    twice = request.endpoint == "assessments.finish_page"  # as by a double click
    if request.method == "POST" and not twice:
        flash(
            "This self-check is finished, so its answers no longer change. What you just sent was not saved."
        )
    return redirect(url_for("plans.plan", public_id=error.public_id))


def _not_finished(error: NotFinished) -> Response:
    flash("There is no plan yet. Look over your answers, then finish.")
    return redirect(url_for("assessments.check", public_id=error.public_id))


def _no_action(error: ActionNotFound) -> Response:
    flash("That action is not in this plan any more. What you just sent was not saved.")
    return redirect(url_for("plans.plan", public_id=error.public_id))


def _pdf_busy(_error: PdfBusy) -> tuple[str, int, dict[str, str]]:
    return render_template("errors/pdf_busy.html"), 503, {"Retry-After": "5"}


def _no_pdf(error: PdfFailed | PdfUnavailable) -> tuple[str, int]:
    current_app.logger.error("no PDF: %s", error)
    return render_template("errors/no_pdf.html"), 503


def _database_error(error: DBAPIError) -> tuple[str, int]:
    """Log what failed, but not the database's own message: it can quote what people typed."""
    current_app.logger.error("database: %s in: %s", type(error.orig).__name__, error.statement)
    return render_template("errors/500.html"), 500


def _session_ended(_error: CSRFError) -> tuple[str, int]:
    return render_template("errors/session_ended.html"), 400


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code not in _KNOWN:
        return error
    response = error.get_response()  # it names the methods that are allowed
    response.set_data(render_template(f"errors/{error.code}.html"))
    return response
