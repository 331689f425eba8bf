"""The page of each kind of error."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, TooManyRequests
from werkzeug.wrappers import Response

from app import clock
from app.assessments.drafts import AlreadyFinished, PageNotFound
from app.assessments.forms import ReturnForm
from app.assessments.return_views import not_saved
from app.database.assessments import Assessment
from app.finished_assessments import NotFinished
from app.forms.resubmission import Resubmission, resubmission
from app.http.remembered_histories import remembered_assessments, tell_what_was_closed
from app.pdf_cache import BeingMade
from app.permissions import AgencyNotFound, AssessmentNotFound
from app.plans.download_views import PartNotFound
from app.plans.views import LinkNotFound
from app.plans.workspace import ActionNotFound
from questions.answers_file.decoding import MAX_BYTES
from questions.source_files.errors import ContentError
from reports.documents.pdf.errors import PdfBusy, PdfFailed, PdfUnavailable

_CLIENT_ERRORS = frozenset({400, 403, 404, 405, 413, 429})
# Their pages read neither the content nor the database: either one may be broken.
_SERVER_ERRORS = frozenset({500, 503})


def register(app: Flask) -> None:
    """Give each kind of error its page."""
    app.register_error_handler(AssessmentNotFound, _not_found)
    app.register_error_handler(AgencyNotFound, _no_agency)
    app.register_error_handler(LinkNotFound, _no_link)
    app.register_error_handler(PageNotFound, _page_not_found)
    app.register_error_handler(PartNotFound, _page_not_found)
    app.register_error_handler(AlreadyFinished, _already_finished)
    app.register_error_handler(NotFinished, _not_finished)
    app.register_error_handler(ActionNotFound, _no_action)
    app.register_error_handler(BeingMade, _being_made)
    app.register_error_handler(PdfBusy, _pdf_busy)
    app.register_error_handler(PdfFailed, _no_pdf)
    app.register_error_handler(PdfUnavailable, _no_pdf)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(CSRFError, _session_ended)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(HTTPException, _http_error)


def _not_found(_error: AssessmentNotFound) -> tuple[str, int]:
    tell_what_was_closed()
    unsaved = resubmission()
    if unsaved:
        return not_saved(unsaved, ReturnForm()), 404
    return _page("no_assessment"), 404


def _no_agency(_error: AgencyNotFound) -> tuple[str, int]:
    return _page("no_agency"), 404


def _no_link(_error: LinkNotFound) -> tuple[str, int]:
    return _page("no_link"), 404


def _page_not_found(_error: PageNotFound | PartNotFound) -> tuple[str, int]:
    return _page("404"), 404


def _already_finished(error: AlreadyFinished) -> ResponseReturnValue:
    finished_twice = request.endpoint == "assessments.finish_page"  # as by a double click
    unsaved = resubmission()
    if unsaved and not finished_twice:
        why = _(
            "Someone finished this self-check while you worked on it, so its answers no longer change. "
            "What you sent is below, so that you can copy it. You can put it in a new self-check."
        )
        return _too_late(unsaved, why, error.public_id)
    if request.method == "POST" and not finished_twice:
        flash(
            _(
                "This self-check is finished, so its answers no longer change. "
                "What you just sent was not saved."
            )
        )
    return redirect(url_for("plans.plan", public_id=error.public_id))


def _not_finished(error: NotFinished) -> Response:
    flash(_("There is no plan yet. Look over your answers, then finish."))
    return redirect(url_for("assessments.check", public_id=error.public_id))


def _no_action(error: ActionNotFound) -> ResponseReturnValue:
    unsaved = resubmission()
    if unsaved:
        why = _(
            "Someone removed this action while you worked on it. It cannot be brought back, "
            "but what you wrote is below, so that you can copy it."
        )
        return _too_late(unsaved, why, error.public_id)
    flash(_("That action is no longer in this plan. What you just sent was not saved."))
    return redirect(url_for("plans.plan", public_id=error.public_id))


def _too_late(unsaved: Resubmission, why: str, public_id: str) -> tuple[str, int]:
    """Return the page for a form sent after someone finished its assessment or removed its action."""
    page = render_template("plans/too_late.html", resubmission=unsaved, why=why, public_id=public_id)
    return page, 409


def _being_made(_error: BeingMade) -> tuple[str, int, dict[str, str]]:
    """Return a page at once, which leads to the file: the browser stays on it until the download begins."""
    file = f"{request.path}?{urlencode({**request.args, 'wait': 'yes'})}"
    return _page("being_made", file=file), 202, {"Refresh": f"1; url={file}"}


def _pdf_busy(_error: PdfBusy) -> tuple[str, int, dict[str, str]]:
    return _page("pdf_busy"), 503, {"Retry-After": "5"}


def _no_pdf(error: PdfFailed | PdfUnavailable) -> tuple[str, int]:
    current_app.logger.error("no PDF: %s", error)
    return _page("no_pdf"), 503


def _database_error(error: DBAPIError) -> tuple[str, int]:
    """Log what failed, but not the database's own message: it can quote what people typed."""
    current_app.logger.error("database: %s in: %s", type(error.orig).__name__, error.statement)
    code = 503 if isinstance(error, OperationalError) else 500  # busy, full or unreachable: it may pass
    return _server_error_page(code), code


def _session_ended(_error: CSRFError) -> tuple[str, int]:
    unsaved = resubmission()
    if unsaved:
        return not_saved(unsaved, ReturnForm()), 400
    return _page("session_ended", has_cookies=bool(request.cookies)), 400


def _unknown_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Return plain text: no URL can be built for a host that is not ours."""
    return (
        _("This site does not have this host name.") + "\n",
        400,
        {"Content-Type": "text/plain; charset=utf-8"},
    )


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.response is not None:  # the answer of a rate limit that is not to be noticed
        return cast(Response, error.response)
    if error.code in _SERVER_ERRORS:
        page = _server_error_page(error.code)
    elif error.code in _CLIENT_ERRORS:
        page = _page(str(error.code), **_details(error))
    else:
        return error
    response = error.get_response()  # its headers name the allowed methods and how long to wait
    response.set_data(page)
    return response


def _page(name: str, **details: Any) -> str:
    """Return an error page, with a link to continue and with the form that was sent but not saved."""
    return render_template(f"errors/{name}.html", newest=_newest(), resubmission=resubmission(), **details)


def _server_error_page(code: int) -> str:
    """Return the page of an internal error, rendered so that it works whatever is broken."""
    try:
        unsaved = resubmission()
    except ContentError:
        unsaved = None
    page = current_app.jinja_env.get_template(f"errors/{code}.html")  # no context processor runs
    again = request.full_path.removesuffix("?") if request.endpoint and request.method == "GET" else ""
    return page.render(resubmission=unsaved, again=again)


def _details(error: HTTPException) -> dict[str, Any]:
    """Return the details that the page of an error shows."""
    if isinstance(error, TooManyRequests):
        seconds = error.retry_after if isinstance(error.retry_after, int) else None
        return {"wait": clock.waiting_time(seconds) if seconds else _("a few minutes")}
    if error.code == 413:
        is_file = request.mimetype == "multipart/form-data"
        return {"is_file": is_file, "file_limit": MAX_BYTES // 1024}
    return {}


def _newest() -> Assessment | None:
    """Return the newest assessment that this browser may open without an account, or None."""
    return next(iter(remembered_assessments()), None)
