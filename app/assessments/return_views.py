"""Taking a break and coming back: the return link and code."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.assessments import bp
from app.assessments.forms import ReturnForm
from app.database.assessments import (
    History,
    assessments_of,
    close_in_browsers,
    find_by_code,
    set_return_code,
)
from app.extensions import db
from app.forms.base import form_errors, form_page
from app.forms.resubmission import Resubmission, resubmission
from app.http.remembered_histories import (
    asks_for_device,
    forget,
    keep_typed_code,
    remember,
    set_own_device,
    show_code,
    take_typed_code,
    working_code,
)
from app.permissions import AssessmentNotFound, require
from app.retention import expiry_dates
from app.tokens import code_hash, new_code


def ensure_return_code(history: History) -> None:
    """Create a return code for the break page, unless the history has one or belongs to an agency.

    The server stores only its hash. The code itself stays, encrypted, in this browser's cookie until someone
    closes the history on this device or creates another code. The caller commits.
    """
    if history.agency_id is None and not history.has_return_code:
        _create_code(history)


@bp.get("/assessments/<public_id>/pause")
def pause(public_id: str) -> ResponseReturnValue:
    """Say that everything is saved; show the return code if this browser created it and it still works."""
    assessment = require(public_id)
    return render_template(
        "assessments/pause.html",
        assessment=assessment,
        code=working_code(assessment.history),
        expiry_date=expiry_dates([assessment]).get(assessment.id),
    )


@bp.post("/assessments/<public_id>/pause")
def take_break(public_id: str) -> ResponseReturnValue:
    """Create a return code if there is none yet, and show the break page."""
    ensure_return_code(require(public_id, "edit").history)
    db.session.commit()
    return redirect(url_for("assessments.pause", public_id=public_id))


@bp.post("/assessments/<public_id>/code")
def make_code(public_id: str) -> ResponseReturnValue:
    """Replace the return code with a new one, and close the history wherever the old one opened it.

    A history of an agency needs no code.
    """
    history = require(public_id, "edit").history
    if history.agency_id is None:
        remember(close_in_browsers(history))
        _create_code(history)
    db.session.commit()
    return redirect(url_for("assessments.pause", public_id=public_id))


@bp.post("/assessments/<public_id>/close-others")
def close_others(public_id: str) -> ResponseReturnValue:
    """Close the history in all other browsers that opened it without an account."""
    history = require(public_id, "edit").history
    if history.agency_id is None:
        remember(close_in_browsers(history))
        flash(_("This self-check is closed on all other devices. Its return code still opens it."))
    db.session.commit()
    return redirect(url_for("assessments.pause", public_id=public_id))


@bp.post("/assessments/<public_id>/close")
def close(public_id: str) -> ResponseReturnValue:
    """Close the assessment on this device."""
    history = require(public_id).history
    forget(history)
    flash(_("This self-check is closed on this device. Your return code opens it again."))
    return redirect(url_for("assessments.start"))


@bp.route("/assessments/return", methods=["GET", "POST"])
@bp.get("/assessments/return/<code>")
def come_back(code: str = "") -> ResponseReturnValue:
    """Ask for the return code, which a return link fills in; on POST, open its self-check.

    A link alone opens nothing: mail scanners follow links, people press the button. Its code leaves the
    address at once, so that it stays out of the browser's history.
    """
    if code:
        keep_typed_code(code)
        return redirect(url_for("assessments.come_back"))
    form, unsaved = ReturnForm(data={"code": take_typed_code()}), resubmission()
    if request.method == "POST" and form.validate():
        history = find_by_code(code_hash(form.code.data or ""))
        if history:
            if form.own.data:
                set_own_device(own=True)
            remember(history)
            return not_saved(unsaved, form) if unsaved else redirect(_continue_url(history))
        form.reject()
    if unsaved:
        return not_saved(unsaved, form), 422
    return form_page("assessments/return.html", form, asks_for_device=asks_for_device())


def not_saved(unsaved: Resubmission, form: ReturnForm) -> str:
    """Return the page that carries an unsaved form, to send it again or to open its assessment first."""
    try:
        require(unsaved.place["public_id"])
        is_open = True
    except AssessmentNotFound:
        is_open = False
    return render_template(
        "assessments/not_saved.html",
        resubmission=unsaved,
        is_open=is_open,
        form=form,
        asks_for_device=asks_for_device(),
        errors=form_errors(form),
    )


def _continue_url(history: History) -> str:
    """Return where to continue: the only assessment, or the history's page if there are several."""
    only, *others = assessments_of([history.public_id])
    if others:
        return url_for("comparisons.history", public_id=history.public_id)
    return url_for("assessments.resume", public_id=only.public_id)


def _create_code(history: History) -> None:
    code = new_code()
    set_return_code(history, code_hash(code))
    show_code(history, code)
