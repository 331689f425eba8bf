"""Taking up an invitation.

Only an account with the address that the invitation was sent to can take it up: a link that was passed on,
or went to a wrong address, lets no stranger in. Who has both the link and an account of that address has
shown that the address is theirs.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app import clock
from app.access import user_id
from app.agencies.signed_in import me, signed_in
from app.database.agencies import add_member, find_agency
from app.database.invitations import Invitation, find_invitation, remove_invitation
from app.email_addresses import usual_address
from app.extensions import db
from app.link_tokens import token_hash
from app.security_events import note_event

bp = Blueprint("joining", __name__, url_prefix="/agencies/join")


@bp.get("/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Show what an invitation is to. A link alone changes nothing: mail scanners follow links."""
    found = find_invitation(token_hash(token), clock.now())
    if found is None:
        return render_template("agencies/no_invitation.html"), 404
    return _page(found)


@bp.post("/<token>")
def join(token: str) -> ResponseReturnValue:
    """Make who is signed in a member, and use the invitation up."""
    asked_to_sign_in = signed_in()
    if asked_to_sign_in is not None:
        return asked_to_sign_in
    found = _locked(token)
    if found is None:
        return render_template("agencies/no_invitation.html"), 404
    if not _is_for_me(found):
        return _page(found), 403
    add_member(found.agency, me(), found.role, clock.now())
    remove_invitation(found.agency, found.id)
    note_event("member_joined", agency_id=found.agency.id)
    db.session.commit()
    flash(f"You are now a member of {found.agency.name}.")
    return redirect(url_for("agencies.agency", public_id=found.agency.public_id))


def _locked(token: str) -> Invitation | None:
    """Return the invitation, with its agency locked: it may just be withdrawn, or taken up elsewhere."""
    found = find_invitation(token_hash(token), clock.now())
    if found:
        find_agency(found.agency.public_id, to_change=True)
        found = find_invitation(token_hash(token), clock.now())
    return found


def _is_for_me(found: Invitation) -> bool:
    return user_id() is not None and current_user.email == usual_address(found.email)


def _page(found: Invitation) -> str:
    return render_template(
        "agencies/join.html", invitation=found, is_signed_in=user_id() is not None, is_mine=_is_for_me(found)
    )
