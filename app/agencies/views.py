"""A person's agencies, and the page of one: its self-checks and its members."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.agencies import bp
from app.agencies.forms import AgencyNameForm, InviteForm
from app.database.agencies import Agency, add_agency, members_of, rename_agency
from app.database.assessments import assessments_of_agency, summarize_histories
from app.database.counted_agencies import counted_since, set_counted_since
from app.database.invitations import invitations_of
from app.extensions import db
from app.forms.base import Form, form_errors, form_page
from app.http.remembered_histories import remembered_assessments
from app.monitoring.security_events import note_event
from app.permissions import FULL_ROLE, allows, memberships, require_agency
from app.reauthentication import current_user_id
from app.tokens import new_id

INVITATION_DRAFT = "invitation"  # what was typed into the form, during a new sign-in
INVITATION_DAYS = 7


@bp.get("/agencies/")
def agencies() -> ResponseReturnValue:
    """List the person's agencies."""
    return form_page("agencies/agencies.html", AgencyNameForm(), mine=memberships())


@bp.post("/agencies/")
def create() -> ResponseReturnValue:
    """Create an agency, with the person who creates it as its first owner."""
    form = AgencyNameForm()
    if not form.validate():
        return form_page("agencies/agencies.html", form, mine=memberships())
    agency = add_agency(new_id(), form.name.data or "", current_user_id(), FULL_ROLE, clock.now())
    note_event("agency_made", agency_id=agency.id)
    db.session.commit()
    return redirect(url_for("agencies.agency", public_id=agency.public_id))


@bp.get("/agencies/<public_id>/")
def agency(public_id: str) -> ResponseReturnValue:
    """Show an agency's self-checks and members, and the open invitations to those who manage it."""
    found = require_agency(public_id)
    return agency_page(found, InviteForm(draft=session.pop(INVITATION_DRAFT, None)))


@bp.post("/agencies/<public_id>/counts")
def change_counting(public_id: str) -> ResponseReturnValue:
    """Let the agency be counted with others, or no longer; doing so twice is not an error."""
    found = require_agency(public_id, "manage")
    agrees = request.args.get("agree") == "yes"
    set_counted_since(found, clock.now() if agrees else None)
    note_event("counting_agreed" if agrees else "counting_ended", agency_id=found.id)
    db.session.commit()
    flash(_("This agency is counted from now on.") if agrees else _("This agency is no longer counted."))
    return redirect(url_for("agencies.agency", public_id=public_id, _anchor="counts"))


@bp.route("/agencies/<public_id>/name", methods=["GET", "POST"])
def rename(public_id: str) -> ResponseReturnValue:
    """Ask for a new name; on POST, rename the agency."""
    found = require_agency(public_id, "manage")
    form = AgencyNameForm(found.name)
    if request.method != "POST" or not form.validate():
        return form_page("agencies/rename.html", form, agency=found)
    rename_agency(found, form.name.data or "")
    db.session.commit()
    flash(_("The name is changed. Finished plans keep the old name."))
    return redirect(url_for("agencies.agency", public_id=public_id))


def agency_page(found: Agency, form: Form) -> str:
    """Return the page of an agency, with this form to invite people."""
    role = next(membership.role for membership in memberships() if membership.agency.id == found.id)
    may_manage = allows(role, "manage")
    histories = summarize_histories(assessments_of_agency(found.id))
    on_device = (
        summarize_histories(remembered_assessments()) if allows(role, "edit") and not histories else []
    )
    return render_template(
        "agencies/agency.html",
        agency=found,
        role=role,
        may_edit=allows(role, "edit"),
        may_manage=may_manage,
        me=current_user_id(),
        histories=histories,
        on_device=on_device,
        members=members_of(found),
        invitations=invitations_of(found, clock.start_of_today()) if may_manage else [],
        invitation_days=INVITATION_DAYS,
        counted_since=counted_since(found),
        period=clock.period(current_app.config["AGENCY_DAYS"]),
        form=form,
        errors=form_errors(form),
    )
