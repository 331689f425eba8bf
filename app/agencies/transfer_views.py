"""Moving self-checks that were started without an account into an agency."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agencies import bp
from app.agencies.forms import TransferForm
from app.database.assessments import assessments_of, give_to_agency
from app.extensions import db
from app.forms.base import form_errors
from app.http.remembered_histories import forget
from app.monitoring.security_events import note_event
from app.permissions import memberships, require_history


@bp.route("/agencies/bring/<public_id>", methods=["GET", "POST"])
def bring(public_id: str) -> ResponseReturnValue:
    """Explain what will happen and ask for the agency; on POST, move the history there."""
    history = require_history(public_id, "edit")
    if history.agency_id is not None:  # as by a double click
        return redirect(url_for("comparisons.history", public_id=public_id))
    mine = [membership.agency for membership in memberships("edit")]
    form = TransferForm(mine, history, request.args.get("agency"))
    if request.method != "POST" or not form.validate():
        page = render_template(
            "agencies/bring.html",
            history=history,
            newest=assessments_of([public_id])[0],
            mine=mine,
            form=form,
            errors=form_errors(form) if mine else (),
        )
        return page, 422 if form.errors else 200
    agency = form.chosen()
    give_to_agency(history, agency.id)
    note_event("assessment_brought_in", agency_id=agency.id)
    forget(history)
    db.session.commit()
    flash(_("Members of %(agency)s can now open this. The return code no longer works.", agency=agency.name))
    return redirect(url_for("comparisons.history", public_id=public_id))
