"""The account forms, where they differ from Flask-Security's."""

# To leave a field out, WTForms wants None in its place.
# mypy: disable-error-code="assignment"

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask_security
from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_security.forms import NextFormMixin
from flask_security.utils import get_message
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import ValidationError

from app.accounts.datastore import security
from app.accounts.registration import Registration
from app.extensions import db
from app.forms.base import Form, NameField, no_address, within
from app.http.requests import is_on_this_site
from app.mail.messages import normalize_address
from app.monitoring.security_events import note_event

NAME_LIMIT = 100
PASSKEY_WAY = "passkey"


def _name_field() -> NameField:
    return NameField(
        _l("Name"),
        description=_l("Optional. The people in your agency see it next to what you change."),
        validators=[within(NAME_LIMIT), no_address],
    )


class OwnNameForm(Form):
    """The name that other members of an agency see."""

    name = _name_field()


class DisabledField(HiddenField):
    """A field that Flask-Security needs and we do not offer: whatever is submitted, it is empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ignore what was submitted."""
        self.data = ""


class RedirectMixin(NextFormMixin):
    """Redirects to the page that `next` names if it is on this site, else to the person's work."""

    def validate_next(self, field: Field) -> None:
        """Replace an address outside this site; it does not make the form invalid."""
        if not is_on_this_site(field.data):
            field.data = url_for("accounts.work")


class SignInForm(RedirectMixin, flask_security.LoginForm):
    """Email address and password. There is no "remember me", because devices are shared."""

    remember = None

    def validate(self, **kwargs: Any) -> bool:
        """Return whether they are right; log a security event if not."""
        is_valid = bool(super().validate(**kwargs))
        if not is_valid and (self.user is None or self.user_authenticated):  # signals.py logs the rest
            note_event("sign_in_failed", user_id=self.user.id if self.user else None)
            db.session.commit()
        return is_valid


class RegisterForm(Form):
    """The address of a new account, with the page to go to or the invitation to accept afterward."""

    email = StringField(_l("Email address"))
    next = HiddenField()
    invitation = HiddenField()

    def validate_email(self, field: Field) -> None:
        """Require an email address."""
        if not (field.data or "").strip():
            raise ValidationError(get_message("EMAIL_NOT_PROVIDED")[0])
        if not self.address():
            raise ValidationError(get_message("INVALID_EMAIL_ADDRESS")[0])

    def address(self) -> str:
        """Return the address in the form that accounts store, "" if it is invalid."""
        return normalize_address(str(self.email.data or "").strip())

    def registration(self) -> Registration:
        """Return what the link will carry."""
        onward = str(self.next.data or "")
        return Registration(
            email=self.address(),
            onward=onward if is_on_this_site(onward) else "",
            invitation=str(self.invitation.data or ""),
        )


class NewAccountForm(Form):
    """Name and password of an account whose address is proven; or a button, for a passkey instead.

    The password is typed once: the page can show it, and email can reset it.
    """

    name = _name_field()
    password = PasswordField(_l("Password"))
    way = HiddenField()

    def __init__(self, email: str) -> None:
        super().__init__()
        self.address = email

    def wants_passkey(self) -> bool:
        """Return whether the account gets a passkey in place of a password."""
        return bool(self.way.data == PASSKEY_WAY)

    def validate_password(self, field: Field) -> None:
        """Require a password that nobody can guess, unless a passkey comes next."""
        if self.wants_passkey():
            return
        if not field.data:
            raise ValidationError(get_message("PASSWORD_NOT_PROVIDED")[0])
        passwords = security().password_util
        errors, field.data = passwords.validate(field.data, True, email=self.address, name=self.name.data)
        if errors:
            raise ValidationError(errors[0])


class ResetPasswordForm(flask_security.ResetPasswordForm):
    """A new password in place of a forgotten one; the page also lists the passkeys of the account."""

    password_confirm = None


class ChangePasswordForm(flask_security.ChangePasswordForm):
    """A new password in place of a known one."""

    new_password_confirm = None


class VerifyPasswordForm(RedirectMixin, flask_security.VerifyForm):
    """The password again, before a sensitive action."""


class ButtonChoiceField(HiddenField):
    """One of several choices that the page offers as buttons; Flask-Security's views set the choices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices: list[Any] = []


class TotpSetupForm(flask_security.TwoFactorSetupForm):
    """Turn codes from an authenticator app on or off."""

    setup = ButtonChoiceField()
    phone = DisabledField()


class RescueForm(flask_security.TwoFactorRescueForm):
    """Ways to sign in without the authenticator app; our page links to the recovery codes instead."""

    help_setup = ButtonChoiceField()


class PasskeyForm(flask_security.WebAuthnRegisterForm):
    """The name of a new passkey. Every passkey is a first factor: it verifies a finger, a face or a PIN."""

    usage = DisabledField()

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the name is valid."""
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class PasskeyCreatedForm(flask_security.WebAuthnRegisterResponseForm):
    """A browser's response after it created a passkey."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the response holds a valid passkey."""
        is_valid = _is_valid_credential(self, super().validate, kwargs)
        self.extensions = None  # the browser's own data, of any length
        return is_valid


class PasskeySignInForm(RedirectMixin, flask_security.WebAuthnSigninForm):
    """The start of a sign-in with a passkey, which itself identifies the account."""

    identity = DisabledField()
    remember = DisabledField()


class PasskeyUsedForm(RedirectMixin, flask_security.WebAuthnSigninResponseForm):
    """A browser's response after a passkey was used."""

    remember = DisabledField()

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the passkey is right; log a security event if not."""
        is_valid = _is_valid_credential(self, super().validate, kwargs)
        if not is_valid and not self.user:
            note_event("sign_in_failed")
            db.session.commit()
        return is_valid


def _is_valid_credential(form: Any, validate: Callable[..., Any], kwargs: dict[str, Any]) -> bool:
    """Return whether the submitted credential is valid; one that no parser can read is not."""
    try:
        return bool(validate(**kwargs))
    except Exception:  # hostile bytes break the parsers below in too many ways to list
        form.credential.errors = [*form.credential.errors, get_message("API_ERROR")[0]]
        return False
