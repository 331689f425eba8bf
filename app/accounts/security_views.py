"""The addresses of accounts: which views of Flask-Security we offer, and where.

A link in an e-mail changes nothing by itself: mail scanners follow links, people press a button.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_security import change_email, current_user, recovery_codes, views, webauthn
from sqlalchemy.exc import IntegrityError

from app.accounts.password_policy import MOST
from app.extensions import db
from app.reauthentication import require_recent_sign_in_then_return_to

bp = Blueprint("security", __name__, url_prefix="/account")
View = Callable[..., Any]  # Flask-Security's are untyped

_ASKS_PASSWORD = frozenset(("security.login", "security.verify", "security.change_password"))


@bp.before_request
def _only_forms() -> None:
    """Refuse what no form sends: JSON, which Flask-Security would read, and what is nobody's password."""
    if request.is_json:
        abort(400)
    if request.endpoint in _ASKS_PASSWORD and len(request.form.get("password", "")) > MOST:
        abort(413)


def _by_button(template: str, act: View) -> View:
    """Return a view that shows a button for GET, and acts when it is pressed."""

    def view(token: str) -> Any:
        return act(token) if request.method == "POST" else render_template(template, token=token)

    return view


def _register() -> Any:
    """Make an account; pressed twice, the second time does nothing and says the same."""
    try:
        return views.register()
    except IntegrityError:
        db.session.rollback()
        return redirect(url_for("accounts.check_mail"))


def _use_new_address(token: str) -> Any:
    """Give an account its new address; if another got it just now, a second look finds it taken."""
    confirm: View = change_email.change_email_confirm
    try:
        return confirm(token)
    except IntegrityError:
        db.session.rollback()
        return confirm(token)


def _enter_code() -> Any:
    """Ask for a code. Who is signed in comes here only from setting up an app."""
    if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
        return redirect(url_for("security.two_factor_setup"))
    return views.two_factor_token_validation()


def _keep_passkey(token: str) -> Any:
    """Keep a new passkey. A token that was made to sign in with one does not do here.

    Flask-Security asks for a fresh sign-in only where the token is made, and takes that of another account.
    """
    if answer := require_recent_sign_in_then_return_to(url_for("security.wan_register")):
        return answer
    try:
        return webauthn.webauthn_register_response(token)
    except KeyError:
        abort(400)


_GET_POST = ("GET", "POST")
_POST = ("POST",)
_RULES: tuple[tuple[str, str, View, tuple[str, ...]], ...] = (
    ("/login", "login", views.login, _GET_POST),
    ("/logout", "logout", views.logout, _POST),
    ("/register", "register", _register, _GET_POST),
    ("/confirm", "send_confirmation", views.send_confirmation, _GET_POST),
    (
        "/confirm/<token>",
        "confirm_email",
        _by_button("accounts/confirm.html", views.confirm_email),
        _GET_POST,
    ),
    ("/forgot-password", "forgot_password", views.forgot_password, _GET_POST),
    ("/forgot-password/<token>", "reset_password", views.reset_password, _GET_POST),
    ("/change-password", "change_password", views.change_password, _GET_POST),
    ("/change-email", "change_email", change_email.change_email, _GET_POST),
    (
        "/change-email/<token>",
        "change_email_confirm",
        _by_button("accounts/new_address.html", _use_new_address),
        _GET_POST,
    ),
    ("/verify", "verify", views.verify, _GET_POST),
    ("/codes", "two_factor_setup", views.two_factor_setup, _GET_POST),
    ("/code", "two_factor_token_validation", _enter_code, _GET_POST),
    ("/recovery-codes", "mf_recovery_codes", recovery_codes.mf_recovery_codes, _GET_POST),
    ("/recovery-code", "mf_recovery", recovery_codes.mf_recovery, _GET_POST),
    ("/passkeys", "wan_register", webauthn.webauthn_register, _GET_POST),
    ("/passkeys/<token>", "wan_register_response", _keep_passkey, _POST),
    ("/remove-passkey", "wan_delete", webauthn.webauthn_delete, _POST),
    ("/passkey", "wan_signin", webauthn.webauthn_signin, _GET_POST),
    ("/passkey/<token>", "wan_signin_response", webauthn.webauthn_signin_response, _POST),
    ("/verify-passkey", "wan_verify", webauthn.webauthn_verify, _GET_POST),
    ("/verify-passkey/<token>", "wan_verify_response", webauthn.webauthn_verify_response, _POST),
)
for _rule, _name, _view, _methods in _RULES:
    bp.add_url_rule(_rule, _name, _view, methods=_methods)
# Flask-Security asks for this address when it asks for a code; recovery codes are our only rescue.
bp.add_url_rule("/recovery-code", "two_factor_rescue", build_only=True)
