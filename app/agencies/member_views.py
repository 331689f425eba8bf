"""The members of an agency: their roles, and how they leave. At least one of them can manage the agency."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import clock
from app.agencies import bp
from app.agencies.forms import RoleForm
from app.database.agencies import Agency, Member, find_agency, members_of, remove_member, set_role
from app.database.share_links import count_links_by, withdraw_links_by
from app.extensions import db
from app.forms.base import form_page
from app.monitoring.security_events import note_event
from app.permissions import DEFAULT_ROLE, FULL_ROLE, AgencyNotFound, allows, require_agency, role_name
from app.reauthentication import (
    current_user_id,
    require_recent_sign_in,
    require_recent_sign_in_then_return_to,
)

_LAST_OWNER = _l("An agency needs an owner. Make another member an owner first.")


@bp.get("/agencies/<public_id>/members/<int:user_id>")
def member(public_id: str, user_id: int) -> ResponseReturnValue:
    """Show what can be changed about a member."""
    if answer := require_recent_sign_in():
        return answer
    agency = require_agency(public_id, "manage")
    found = _member(members_of(agency), user_id)
    return _page(agency, found, RoleForm(data={"role": found.role}))


@bp.post("/agencies/<public_id>/members/<int:user_id>/role")
def change_role(public_id: str, user_id: int) -> ResponseReturnValue:
    """Change a member's role, unless nobody would be left to manage the agency."""
    if answer := _require_recent_sign_in(public_id, user_id):
        return answer
    agency = require_agency(public_id, "manage")
    members = members_of(agency)
    found, form = _member(members, user_id), RoleForm()
    if not form.validate():
        return _page(agency, found, form)
    if not allows(form.chosen(), "manage") and _is_last_manager(members, user_id):
        form.role.errors = [str(_LAST_OWNER)]
        return _page(agency, found, form)
    set_role(agency, user_id, form.chosen())
    note_event("role_changed", agency_id=agency.id)
    db.session.commit()
    flash(_("The role is changed."))
    return redirect(url_for("agencies.agency", public_id=public_id))


@bp.post("/agencies/<public_id>/members/<int:user_id>/remove")
def dismiss_member(public_id: str, user_id: int) -> ResponseReturnValue:
    """Remove a member, unless nobody would be left to manage the agency; doing so twice is not an error."""
    if answer := _require_recent_sign_in(public_id, user_id):
        return answer
    agency = require_agency(public_id, "manage")
    return _remove(agency, user_id, "member_removed")


@bp.get("/agencies/<public_id>/leave")
def leave_page(public_id: str) -> ResponseReturnValue:
    """Ask for confirmation before a person leaves."""
    agency = require_agency(public_id)
    last = _is_last_manager(members_of(agency), current_user_id())
    return render_template(
        "agencies/leave.html",
        agency=agency,
        last=last,
        last_owner=_LAST_OWNER,
        links=count_links_by(current_user_id(), agency.id, clock.start_of_today()),
    )


@bp.post("/agencies/<public_id>/leave")
def leave(public_id: str) -> ResponseReturnValue:
    """Leave an agency, unless nobody would be left to manage it."""
    agency = require_agency(public_id)
    find_agency(public_id, lock=True)
    return _remove(agency, current_user_id(), "member_left")


@bp.post("/agencies/<public_id>/members/<int:user_id>/hand-over")
def hand_over(public_id: str, user_id: int) -> ResponseReturnValue:
    """Make a member an owner in place of the person who hands over, who stays with the default role."""
    if answer := _require_recent_sign_in(public_id, user_id):
        return answer
    agency = require_agency(public_id, "manage")
    found = _member(members_of(agency), user_id)
    set_role(agency, current_user_id(), DEFAULT_ROLE)
    set_role(agency, found.user_id, FULL_ROLE)
    note_event("ownership_handed_over", agency_id=agency.id)
    db.session.commit()
    flash(_("%(name)s is now an owner of this agency.", name=found.name))
    return redirect(url_for("agencies.agency", public_id=public_id))


def _require_recent_sign_in(public_id: str, user_id: int) -> ResponseReturnValue | None:
    """Return a redirect to sign in again and back to the member; None for a recent sign-in."""
    return require_recent_sign_in_then_return_to(
        url_for("agencies.member", public_id=public_id, user_id=user_id)
    )


def _remove(agency: Agency, user_id: int, kind: str) -> ResponseReturnValue:
    if _is_last_manager(members_of(agency), user_id):
        flash(str(_LAST_OWNER))
        return redirect(url_for("agencies.agency", public_id=agency.public_id))
    withdraw_links_by(user_id, [agency.id])
    if remove_member(agency, user_id):
        note_event(kind, agency_id=agency.id)
    db.session.commit()
    if user_id == current_user_id():
        flash(_("You left %(agency)s.", agency=agency.name))
        return redirect(url_for("agencies.agencies"))
    flash(_("This person is no longer a member."))
    return redirect(url_for("agencies.agency", public_id=agency.public_id))


def _member(members: list[Member], user_id: int) -> Member:
    """Return a member. Raises AgencyNotFound."""
    found = next((member for member in members if member.user_id == user_id), None)
    if found is None:
        raise AgencyNotFound
    return found


def _is_last_manager(members: list[Member], user_id: int) -> bool:
    return [member.user_id for member in members if allows(member.role, "manage")] == [user_id]


def _page(agency: Agency, member: Member, form: RoleForm) -> ResponseReturnValue:
    return form_page(
        "agencies/member.html",
        form,
        agency=agency,
        member=member,
        me=current_user_id(),
        role_left=role_name(DEFAULT_ROLE),
        links=count_links_by(member.user_id, agency.id, clock.start_of_today()),
    )
