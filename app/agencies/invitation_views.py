"""Invitations to an agency, sent and withdrawn by its owners.

Taking up an invitation.

Only an account with the address that the invitation was sent to can take it up: a link that was passed on,
or went to a wrong address, lets no stranger in. Who has both the link and an account of that address has
shown that the address is theirs.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app import clock
from app.agencies import bp
from app.agencies.forms import InviteForm
from app.agencies.views import KEPT, agency_page
from app.content import current
from app.database.agencies import Agency, add_member, find_agency, members_of
from app.database.invitations import (
    Invitation,
    NewInvitation,
    add_invitation,
    find_invitation,
    invitations_of,
    remove_invitation,
    withdraw_invitation,
)
from app.extensions import db
from app.mail import MailNotSent, normalize_address, send
from app.monitoring.security_events import note_event
from app.permissions import require_agency, role_name, user_id
from app.reauthentication import current_user_id, require_recent_sign_in_then_return_to, require_sign_in
from app.tokens import new_token, token_hash

DAYS = 7
MOST = 50  # open at once: no agency sends mail to the whole world


@bp.post("/agencies/<public_id>/invitations")
def invite(public_id: str) -> ResponseReturnValue:
    """Send an invitation in place of one to the same address."""
    agency = require_agency(public_id, "manage")
    form = InviteForm(member.email for member in members_of(agency))
    if not form.validate():
        return agency_page(agency, form), 422
    if answer := require_recent_sign_in_then_return_to(_people(agency)):
        session[KEPT] = {"email": form.address(), "role": form.chosen()}
        return answer
    if len(invitations_of(agency, clock.start_of_today())) >= MOST:
        flash(f"There are {MOST} open invitations. Withdraw some of them first.")
        return _back(agency)
    token, until = new_token(), clock.end_of_day_in(DAYS)
    new = NewInvitation(
        email=form.address(), role=form.chosen(), token_hash=token_hash(token), expires_at=until
    )
    add_invitation(agency, new, clock.now())
    note_event("member_invited", agency_id=agency.id)
    db.session.commit()
    try:
        _mail(agency, new, url_for("agencies.invitation", token=token, _external=True))
    except MailNotSent:
        withdraw_invitation(new.token_hash)
        db.session.commit()
        flash(current().questionnaire.texts.agencies.invite_not_sent)
        return _back(agency)
    flash(f"An invitation is on its way to {new.email}.")
    return _back(agency)


@bp.post("/agencies/<public_id>/invitations/<int:number>/withdraw")
def cancel_invitation(public_id: str, number: int) -> ResponseReturnValue:
    """Take an invitation back; one that is gone stays so."""
    agency = require_agency(public_id, "manage")
    if remove_invitation(agency, number):
        note_event("invitation_withdrawn", agency_id=agency.id)
    db.session.commit()
    flash("The invitation is withdrawn. Its link no longer works.")
    return _back(agency)


def _mail(agency: Agency, new: NewInvitation, link: str) -> None:
    words = current().questionnaire.texts.agencies
    text = words.invite_mail.format(
        who=current_user.name or current_user.email,
        agency=agency.name,
        role=role_name(new.role),
        link=link,
        date=clock.long_date(new.expires_at),
    )
    send(new.email, words.invite_subject.format(agency=agency.name), text)


def _back(agency: Agency) -> ResponseReturnValue:
    return redirect(_people(agency))


def _people(agency: Agency) -> str:
    return url_for("agencies.agency", public_id=agency.public_id, _anchor="people")


@bp.get("/agencies/join/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Show what an invitation is to. A link alone changes nothing: mail scanners follow links."""
    found = find_invitation(token_hash(token), clock.start_of_today())
    if found is None:
        return render_template("agencies/no_invitation.html"), 404
    return _page(found)


@bp.post("/agencies/join/<token>")
def join(token: str) -> ResponseReturnValue:
    """Make who is signed in a member, and use the invitation up."""
    asked_to_sign_in = require_sign_in()
    if asked_to_sign_in is not None:
        return asked_to_sign_in
    found = _locked(token)
    if found is None:
        return render_template("agencies/no_invitation.html"), 404
    if not _is_for_me(found):
        return _page(found), 403
    add_member(found.agency, current_user_id(), found.role, clock.now())
    remove_invitation(found.agency, found.id)
    note_event("member_joined", agency_id=found.agency.id)
    db.session.commit()
    flash(f"You are now a member of {found.agency.name}.")
    return redirect(url_for("agencies.agency", public_id=found.agency.public_id))


def _locked(token: str) -> Invitation | None:
    """Return the invitation, with its agency locked: it may just be withdrawn, or taken up elsewhere."""
    found = find_invitation(token_hash(token), clock.start_of_today())
    if found:
        find_agency(found.agency.public_id, lock=True)
        found = find_invitation(token_hash(token), clock.start_of_today())
    return found


def _is_for_me(found: Invitation) -> bool:
    return user_id() is not None and current_user.email == normalize_address(found.email)


def _page(found: Invitation) -> str:
    return render_template(
        "agencies/join.html", invitation=found, is_signed_in=user_id() is not None, is_mine=_is_for_me(found)
    )
