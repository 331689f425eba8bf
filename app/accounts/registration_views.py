"""Creating an account: asking for the address, and for name and password once it is proven."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import UserMixin, anonymous_user_required, hash_password, login_user
from itsdangerous import BadData, SignatureExpired
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts import bp
from app.accounts.datastore import datastore
from app.accounts.forms import NewAccountForm, RegisterForm
from app.accounts.mail import queue_email, queue_nothing
from app.accounts.messages import LABELS
from app.accounts.passkeys import are_supported
from app.accounts.password_policy import password_hint
from app.accounts.registration import Registration, read_link, registration_link
from app.database.agencies import Agency
from app.database.invitations import accept_invitation, invitations_to
from app.extensions import db
from app.forms.base import form_page
from app.monitoring.security_events import note_event
from app.tokens import token_hash


@bp.route("/account/register", methods=["GET", "POST"])
@anonymous_user_required
def register() -> ResponseReturnValue:
    """Ask for an email address, and send a link to it; the answer is the same if it has an account."""
    if current_app.config["REGISTRATION"] == "closed":
        return render_template("accounts/registration_closed.html"), 403
    form = RegisterForm(data=request.args)
    if request.method == "POST" and form.validate():
        _send_link(form.registration())
        db.session.commit()
        return redirect(url_for("accounts.check_mail"))
    return form_page(
        "accounts/register.html",
        form,
        labels=LABELS,
        invited_only=current_app.config["REGISTRATION"] == "invited",
    )


@bp.route("/account/register/<token>", methods=["GET", "POST"])
@anonymous_user_required
def create(token: str) -> ResponseReturnValue:
    """Ask whoever opened the link for a name and a password; on POST, create the account and sign in."""
    try:
        proven = read_link(token)
    except BadData as error:
        flash(_why_not(error), "error")
        return redirect(url_for("accounts.register"))
    if datastore().find_user(email=proven.email):
        return _account_exists(proven)
    form = NewAccountForm(proven.email)
    if request.method != "POST" or not form.validate():
        return _creation_page(form)
    try:
        user = _new_account(proven.email, form)
    except IntegrityError:  # as by a double click
        db.session.rollback()
        return _account_exists(proven)
    login_user(user, authn_via=["email"])
    agency = _join(user.id, proven)
    db.session.commit()
    if form.wants_passkey():
        return redirect(url_for("security.wan_register"))
    if agency:
        return redirect(url_for("agencies.agency", public_id=agency.public_id))
    return redirect(proven.onward or url_for("agencies.agencies"))


def _send_link(registration: Registration) -> None:
    if datastore().find_user(email=registration.email):
        next_page = registration.onward_with_account() or None
        link = url_for("security.login", next=next_page, _external=True)
        queue_email(registration.email, "emails/account_exists.txt", link=link)
    elif _may_register(registration.email):
        queue_email(registration.email, "emails/confirm_email.txt", link=registration_link(registration))
    else:
        queue_nothing()


def _may_register(email: str) -> bool:
    """Return whether this address may have an account; the administrator's own invitations lead past this."""
    is_open = current_app.config["REGISTRATION"] == "open"
    return is_open or bool(invitations_to(email, clock.start_of_today()))


def _new_account(email: str, form: NewAccountForm) -> UserMixin:
    """Store the account, without a password for someone who wants a passkey. Raises IntegrityError."""
    password = None if form.wants_passkey() else hash_password(form.password.data or "")
    user = datastore().create_user(
        email=email, name=form.name.data, password=password, active=True, confirmed_at=clock.now()
    )
    note_event("account_made", user_id=user.id)
    return user


def _join(user_id: int, proven: Registration) -> Agency | None:
    """Accept the invitation that the person came by, and return its agency; None without one."""
    agency = accept_invitation(
        token_hash(proven.invitation), proven.email, user_id, clock.now(), clock.start_of_today()
    )
    if agency:
        note_event("member_joined", user_id=user_id, agency_id=agency.id)
        flash(_("You are now a member of %(agency)s.", agency=agency.name))
    return agency


def _account_exists(proven: Registration) -> ResponseReturnValue:
    flash(_("You already have an account with this address. Sign in to it."))
    return redirect(url_for("security.login", next=proven.onward_with_account() or None))


def _creation_page(form: NewAccountForm) -> ResponseReturnValue:
    return form_page(
        "accounts/create.html",
        form,
        labels=LABELS,
        password_hint=password_hint(),
        passkeys_can_be_used=are_supported(),
    )


def _why_not(error: BadData) -> str:
    if isinstance(error, SignatureExpired):
        return _("That link has expired. Please ask for a new one.")
    return _("That link does not work. Please ask for a new one.")
