"""The account page and its actions."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user, logout_user

from app import clock
from app.accounts import bp, session_lifetime
from app.accounts.datastore import datastore
from app.accounts.forms import OwnNameForm
from app.accounts.mail import CONFIRM_HOURS, RESET_HOURS
from app.database.sign_ins import end_sign_in_of, sign_ins_of
from app.extensions import db
from app.forms.base import form_page
from app.http.remembered_histories import remembered_assessments
from app.mail.delivery import uses_smtp
from app.mail.outbox import server_is_known_to_answer
from app.monitoring.security_events import note_event
from app.permissions import memberships
from app.reauthentication import require_recent_sign_in_then_return_to


@bp.route("/account/", methods=["GET", "POST"])
@auth_required("session")
def account() -> ResponseReturnValue:
    """Show the account page; save a new name."""
    form = OwnNameForm(data={"name": current_user.name})
    if request.method == "POST" and form.validate():
        current_user.name = form.name.data
        db.session.commit()
        flash(_("Your name is saved."))
        return redirect(url_for("accounts.account"))
    return form_page(
        "accounts/account.html",
        form,
        lost=session_lifetime.unreachable_after_sign_out(remembered_assessments()),
        sign_ins=sign_ins_of(current_user.id),
        period=clock.period(current_app.config["ACCOUNT_DAYS"]),
        here=session_lifetime.current_sign_in(),
    )


@bp.get("/account/work")
@auth_required("session")
def work() -> ResponseReturnValue:
    """Go to the self-checks of the person's agency, or to the start page, which lists those of all."""
    mine = memberships()
    if len(mine) == 1:
        return redirect(url_for("agencies.agency", public_id=mine[0].agency.public_id))
    return redirect(url_for("assessments.start"))


@bp.post("/account/sign-out-everywhere")
@auth_required("session")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every sign-in of this account, including this one."""
    datastore().set_uniquifier(current_user._get_current_object())
    note_event("signed_out_everywhere")
    db.session.commit()
    logout_user()
    return redirect(url_for("assessments.start"))


@bp.post("/account/sign-ins/<int:number>/end")
@auth_required("session")
def end_sign_in(number: int) -> ResponseReturnValue:
    """End a sign-in on another device; ending it twice is no error."""
    page = url_for("accounts.account", _anchor="devices")
    if answer := require_recent_sign_in_then_return_to(page):
        return answer
    if end_sign_in_of(current_user.id, number):
        note_event("sign_in_ended")
    db.session.commit()
    flash(_("That device is signed out."))
    return redirect(page)


@bp.get("/account/check-mail")
def check_mail() -> ResponseReturnValue:
    """Say that an email is on its way if there is such an account; the page is the same either way."""
    return render_template(
        "accounts/check_mail.html",
        confirm_hours=CONFIRM_HOURS,
        reset_hours=RESET_HOURS,
        by_smtp=uses_smtp(),
        delayed=not server_is_known_to_answer(),
    )
