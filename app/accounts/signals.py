"""Handlers of account signals: they log a security event, and email the owner of the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from blinker import NamedSignal
from flask import Flask, request
from flask_login import user_logged_out
from flask_security import UserMixin, hash_password, signals

from app import clock
from app.accounts import session_lifetime
from app.accounts.datastore import datastore
from app.accounts.mail import notify_of_change, queue_email
from app.database.account_tables import User
from app.extensions import db
from app.http.known_devices import remember_device
from app.monitoring.security_events import note_event

Handler = Callable[..., None]


def register(app: Flask) -> None:
    """Connect our handlers to the signals of Flask-Security and Flask-Login."""
    for signal, handler in _HANDLERS.items():
        signal.connect(handler, app)


def _signed_in(_app: Flask, user: UserMixin, authn_via: list[str] | None = None, **_: Any) -> None:
    session_lifetime.begin(cast(User, user))
    cast(User, user).active_at = clock.now()
    remember_device(user.email)
    if authn_via != ["change"]:  # a changed password starts a new sign-in
        note_event("signed_in", user_id=user.id)


def _signed_out(_app: Flask, user: UserMixin, **_: Any) -> None:
    if user.is_authenticated:  # Flask-Security also signs out people who never signed in
        session_lifetime.end()


def _failed(_app: Flask, user: UserMixin, tfa: bool = False, **_: Any) -> None:
    note_event("code_refused" if tfa else "sign_in_failed", user_id=user.id)
    db.session.commit()


def _reset_requested(_app: Flask, **_: Any) -> None:
    """Take as long as for an unknown address, for which Flask-Security hashes a password too."""
    hash_password("not-a-password")


def _password_changed(_app: Flask, user: UserMixin, **_: Any) -> None:
    note_event("password_changed", user_id=user.id)


def _password_reset(_app: Flask, user: UserMixin, **_: Any) -> None:
    """Remove the passkeys that the person chose on the page of the reset."""
    _password_changed(_app, user)
    remember_device(user.email)  # whoever reads the mailbox need not wait until strangers stop guessing
    chosen = set(request.form.getlist("remove"))
    for passkey in [one for one in user.webauthn if str(one.id) in chosen]:
        datastore().delete_webauthn(passkey)
        _passkey_removed(_app, user)


def _email_changed(_app: Flask, user: UserMixin, old_email: str, **_: Any) -> None:
    """End every sign-in, and void the reset links that went to the old address."""
    datastore().set_uniquifier(user)
    note_event("email_changed", user_id=user.id)
    queue_email(old_email, "emails/email_changed.txt")


def _codes_on(_app: Flask, user: UserMixin, **_: Any) -> None:
    note_event("code_added", user_id=user.id)
    notify_of_change(user, "codes_on")


def _codes_off(_app: Flask, user: UserMixin, **_: Any) -> None:
    datastore().mf_set_recovery_codes(user, None)
    note_event("code_removed", user_id=user.id)
    notify_of_change(user, "codes_off")


def _passkey_added(_app: Flask, user: UserMixin, **_: Any) -> None:
    note_event("passkey_added", user_id=user.id)
    notify_of_change(user, "passkey_added")


def _passkey_removed(_app: Flask, user: UserMixin, **_: Any) -> None:
    note_event("passkey_removed", user_id=user.id)
    notify_of_change(user, "passkey_removed")


_HANDLERS: Mapping[NamedSignal, Handler] = {
    signals.user_authenticated: _signed_in,
    user_logged_out: _signed_out,
    signals.user_failed_authn: _failed,
    signals.reset_password_instructions_sent: _reset_requested,
    signals.password_changed: _password_changed,
    signals.password_reset: _password_reset,
    signals.change_email_confirmed: _email_changed,
    signals.tf_profile_changed: _codes_on,
    signals.tf_disabled: _codes_off,
    signals.wan_registered: _passkey_added,
    signals.wan_deleted: _passkey_removed,
}
