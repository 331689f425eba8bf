"""Which of Flask-Security's views we offer, at which address, and how they become our pages.

A link in an email changes nothing by itself: mail scanners follow links, people press the button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import change_email, current_user, recovery_codes, views, webauthn
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError

from app.accounts.mail import queue_nothing
from app.accounts.messages import LABELS
from app.accounts.password_policy import MAX_LENGTH, password_hint
from app.extensions import db
from app.forms.base import FormError
from app.mail.outbox import has_enqueued
from app.reauthentication import require_recent_sign_in_then_return_to

bp = Blueprint("security", __name__, url_prefix="/account")
View = Callable[..., Any]  # Flask-Security's are untyped

_CHECK_A_PASSWORD = frozenset(("security.login", "security.verify", "security.change_password"))
# When these forms are submitted without an error, an email is on its way.
_SEND_EMAIL = {"accounts/forgot_password.html", "accounts/change_email.html"}


def render(template: str, **context: Any) -> ResponseReturnValue:
    """Return the page of one of Flask-Security's views, with the errors of its forms."""
    forms = [value for value in context.values() if isinstance(value, FlaskForm)]
    sent = request.method == "POST"
    errors = tuple(error for form in forms for error in _errors(form)) if sent else ()
    if sent and template in _SEND_EMAIL and not errors:
        if not has_enqueued():
            queue_nothing()
        return redirect(url_for("accounts.check_mail"))
    page = render_template(template, errors=errors, labels=LABELS, password_hint=password_hint(), **context)
    return page, 422 if errors else 200


def _errors(form: FlaskForm) -> Iterator[FormError]:
    # An error of the form as a whole is shown next to its first field too.
    if form.form_errors:
        form.email.errors = [*form.email.errors, *dict.fromkeys(map(str, form.form_errors))]
    for field in form:
        for message in field.errors:
            about = str(LABELS.get(field.name, field.name))
            yield FormError(anchor=field.name, about=about, message=str(message))


@bp.before_request
def _only_forms() -> None:
    """Reject what our forms never send: JSON, which Flask-Security would read, and overlong passwords."""
    if request.is_json:
        abort(400)
    if request.endpoint in _CHECK_A_PASSWORD and len(request.form.get("password", "")) > MAX_LENGTH:
        abort(413)


def _by_button(template: str, act: View) -> View:
    """Return a view that shows a button on GET, and acts on POST."""

    def view(token: str) -> Any:
        return act(token) if request.method == "POST" else render_template(template, token=token)

    return view


def _use_new_address(token: str) -> Any:
    """Change an account's email address; if another account has just taken it, the second try says so."""
    confirm: View = change_email.change_email_confirm
    try:
        return confirm(token)
    except IntegrityError:
        db.session.rollback()
        return confirm(token)


def _enter_code() -> Any:
    """Ask for a code. People who are signed in get here only while they set up an authenticator app."""
    if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
        return redirect(url_for("security.two_factor_setup"))
    return views.two_factor_token_validation()


def _store_passkey(token: str) -> Any:
    """Store a new passkey. Rejects a token that was issued for signing in.

    Flask-Security requires a recent sign-in only where it issues the token, and accepts
    the token of another account.
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
    ("/passkeys/<token>", "wan_register_response", _store_passkey, _POST),
    ("/remove-passkey", "wan_delete", webauthn.webauthn_delete, _POST),
    ("/passkey", "wan_signin", webauthn.webauthn_signin, _GET_POST),
    ("/passkey/<token>", "wan_signin_response", webauthn.webauthn_signin_response, _POST),
    ("/verify-passkey", "wan_verify", webauthn.webauthn_verify, _GET_POST),
    ("/verify-passkey/<token>", "wan_verify_response", webauthn.webauthn_verify_response, _POST),
)
for _rule, _name, _view, _methods in _RULES:
    bp.add_url_rule(_rule, _name, _view, methods=_methods)
# Flask-Security builds this address on the page that asks for a code; recovery codes are our only rescue.
bp.add_url_rule("/recovery-code", "two_factor_rescue", build_only=True)
