"""Invitations to an agency: its owners send and withdraw them, and the person who is invited accepts.

Only an account with the address that the invitation was sent to can accept it, so a link that was passed on
or sent to a wrong address lets no stranger in. Whoever has both the link and a confirmed account with that
address has shown that the address is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_security import current_user

from app import clock
from app.agencies import bp
from app.agencies.forms import InviteForm
from app.agencies.views import INVITATION_DAYS, INVITATION_DRAFT, agency_page
from app.database.agencies import Agency, members_of
from app.database.invitations import (
    Invitation,
    NewInvitation,
    accept_invitation,
    add_invitation,
    find_invitation,
    invitations_of,
    remove_invitation,
)
from app.extensions import db
from app.forms.base import has_address
from app.mail.delivery import uses_smtp
from app.mail.messages import compose
from app.mail.outbox import About, Outcome, delete_emails_to, enqueue, send_now
from app.monitoring.security_events import note_event
from app.permissions import require_agency, role_name, user_id
from app.reauthentication import current_user_id, require_recent_sign_in_then_return_to
from app.tokens import new_token, token_hash

UNSENT = "unsent_invitation"  # the message with a link to copy, because no email took it along
_NOT_SENT: Mapping[Outcome, str] = {
    "waiting": _l("The email to %(email)s could not be sent yet. We will keep trying for two days."),
    "refused": _l("The mail server says that there is no mailbox %(email)s. Check the address for typos."),
    "sent": _l("This site does not send email, so nothing was sent to %(email)s."),  # written into a folder
}
MAX_OPEN = 50  # so that nobody uses an agency to send spam


@bp.post("/agencies/<public_id>/invitations")
def invite(public_id: str) -> ResponseReturnValue:
    """Send an invitation; it replaces an open one to the same address."""
    agency = require_agency(public_id, "manage")
    form = InviteForm(member.email for member in members_of(agency))
    if not form.validate():
        return agency_page(agency, form), 422
    if answer := require_recent_sign_in_then_return_to(_people_url(agency)):
        session[INVITATION_DRAFT] = {"email": form.address(), "role": form.chosen()}
        return answer
    if has_address(agency.name):  # from before names were checked
        flash(_("The name of this agency looks like a web address. Change it before you invite anyone."))
        return _back(agency)
    if len(invitations_of(agency, clock.start_of_today())) >= MAX_OPEN:
        flash(
            ngettext(
                "There is %(num)d open invitation. Withdraw it first.",
                "There are %(num)d open invitations. Withdraw some of them first.",
                MAX_OPEN,
            )
        )
        return _back(agency)
    _invite(agency, form)
    return _back(agency)


@bp.post("/agencies/<public_id>/invitations/<int:number>/withdraw")
def cancel_invitation(public_id: str, number: int) -> ResponseReturnValue:
    """Withdraw an invitation, with its email if that is still waiting; doing it twice is not an error."""
    agency = require_agency(public_id, "manage")
    if address := remove_invitation(agency, number):
        delete_emails_to(address, agency.id)
        note_event("invitation_withdrawn", agency_id=agency.id)
    db.session.commit()
    flash(_("The invitation is withdrawn. Its link no longer works."))
    return _back(agency)


def _invite(agency: Agency, form: InviteForm) -> None:
    """Store the invitation and its email, send it, and tell the inviter what became of it."""
    token, until = new_token(), clock.end_of_day_in(INVITATION_DAYS)
    new = NewInvitation(
        email=form.address(), role=form.chosen(), token_hash=token_hash(token), expires_at=until
    )
    add_invitation(agency, new, clock.now())
    delete_emails_to(new.email, agency.id)  # an earlier one holds a link that no longer works
    note_event("member_invited", agency_id=agency.id)
    link = url_for("agencies.invitation", token=token, _external=True)
    id_ = _enqueue_email(agency, new, link)
    db.session.commit()
    outcome = send_now(id_)
    if outcome == "sent" and uses_smtp():
        flash(_("We sent an invitation to %(email)s.", email=new.email))
    else:
        flash(str(_NOT_SENT[outcome]) % {"email": new.email})
        flash(link, UNSENT)


def _enqueue_email(agency: Agency, new: NewInvitation, link: str) -> str:
    """Store the email with the link, and return its id."""
    email = compose(
        new.email,
        "emails/invitation.txt",
        inviter=_name_of_inviter(),
        agency=agency.name,
        role=role_name(new.role),
        link=link,
        date=clock.long_date(new.expires_at),
    )
    return enqueue(email, About(user_id=current_user.id, agency_id=agency.id))


def _name_of_inviter() -> str:
    name = current_user.name
    return current_user.email if not name or has_address(name) else name


def _back(agency: Agency) -> ResponseReturnValue:
    return redirect(_people_url(agency))


def _people_url(agency: Agency) -> str:
    return url_for("agencies.agency", public_id=agency.public_id, _anchor="people")


@bp.get("/agencies/join/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Show the invitation. A link alone changes nothing: mail scanners follow links."""
    found = find_invitation(token_hash(token), clock.start_of_today())
    if found is None:
        return _no_invitation(), 404
    return _page(found, token)


@bp.post("/agencies/join/<token>")
def join(token: str) -> ResponseReturnValue:
    """Make the person who is signed in a member, and delete the invitation."""
    hashed, today = token_hash(token), clock.start_of_today()
    found = find_invitation(hashed, today)
    if found and found.email != current_user.email:
        return _page(found, token), 403
    agency = accept_invitation(hashed, current_user.email, current_user_id(), clock.now(), today)
    if agency is None:
        return _no_invitation(), 404
    note_event("member_joined", agency_id=agency.id)
    db.session.commit()
    flash(_("You are now a member of %(agency)s.", agency=agency.name))
    return redirect(url_for("agencies.agency", public_id=agency.public_id))


def _no_invitation() -> str:
    return render_template("agencies/no_invitation.html", invitation_days=INVITATION_DAYS)


def _page(found: Invitation, token: str) -> str:
    is_signed_in = user_id() is not None
    return render_template(
        "agencies/join.html",
        invitation=found,
        token=token,
        is_signed_in=is_signed_in,
        is_mine=is_signed_in and found.email == current_user.email,
    )
