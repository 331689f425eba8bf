"""Invitations to an agency, sent and withdrawn by its owners."""

from __future__ import annotations

import datetime

from flask import Blueprint, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app import clock
from app.access import require_role
from app.agencies.forms import InviteForm
from app.agencies.signed_in import signed_in
from app.agencies.views import KEPT, agency_page
from app.database.agencies import Agency, members_of
from app.database.invitations import (
    NewInvitation,
    add_invitation,
    invitations_of,
    remove_invitation,
    withdraw_invitation,
)
from app.extensions import db
from app.fresh import ask_again_before
from app.link_tokens import new_token, token_hash
from app.mail import MailNotSent, send
from app.questionnaires import current
from app.security_events import note_event
from reports.documents.formatting import long_date

DAYS = 7
MOST = 50  # open at once: no agency sends mail to the whole world

bp = Blueprint("invitations", __name__, url_prefix="/agencies/<public_id>/invitations")
bp.before_request(signed_in)


@bp.post("")
def invite(public_id: str) -> ResponseReturnValue:
    """Send an invitation in place of one to the same address."""
    agency = require_role(public_id, "owner", to_change=True)
    form = InviteForm(member.email for member in members_of(agency))
    if not form.validate():
        return agency_page(agency, form), 422
    if answer := ask_again_before(_people(agency)):
        session[KEPT] = {"email": form.address(), "role": form.chosen()}
        return answer
    if len(invitations_of(agency, clock.now())) >= MOST:
        flash(f"There are {MOST} open invitations. Withdraw some of them first.")
        return _back(agency)
    token, until = new_token(), clock.now() + datetime.timedelta(days=DAYS)
    new = NewInvitation(
        email=form.address(), role=form.chosen(), token_hash=token_hash(token), expires_at=until
    )
    add_invitation(agency, new, clock.now())
    note_event("member_invited", agency_id=agency.id)
    db.session.commit()
    try:
        _mail(agency, new, url_for("joining.invitation", token=token, _external=True))
    except MailNotSent:
        withdraw_invitation(new.token_hash)
        db.session.commit()
        flash(current().questionnaire.texts.agencies.invite_not_sent)
        return _back(agency)
    flash(f"An invitation is on its way to {new.email}.")
    return _back(agency)


@bp.post("/<int:number>/withdraw")
def withdraw(public_id: str, number: int) -> ResponseReturnValue:
    """Take an invitation back; one that is gone stays so."""
    agency = require_role(public_id, "owner", to_change=True)
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
        role=getattr(words.roles, new.role),
        link=link,
        date=long_date(new.expires_at),
    )
    send(new.email, words.invite_subject.format(agency=agency.name), text)


def _back(agency: Agency) -> ResponseReturnValue:
    return redirect(_people(agency))


def _people(agency: Agency) -> str:
    return url_for("agencies.agency", public_id=agency.public_id, _anchor="people")
