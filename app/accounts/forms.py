"""The forms of accounts where they differ from Flask-Security's."""

# To leave a field out, WTForms wants None in its place.
# mypy: disable-error-code="assignment"

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    VerifyForm,
    WebAuthnRegisterForm,
    WebAuthnRegisterResponseForm,
    WebAuthnSigninForm,
    WebAuthnSigninResponseForm,
)
from flask_security.forms import NextFormMixin
from flask_security.utils import get_message, validate_redirect_url
from wtforms import Field, HiddenField, StringField

from app.accounts.datastore import datastore
from app.extensions import db
from app.forms.base import Form, within
from app.monitoring.security_events import note_event
from questions.text import one_line

NAME_LIMIT = 100


class NameField(StringField):
    """A person's name, made safe to store and to print."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent."""
        super().process_formdata(valuelist)
        self.data = one_line(self.data or "")


class NameForm(Form):
    """The name that the others of an agency see."""

    name = NameField("Name", validators=[within(NAME_LIMIT)])


class NothingField(HiddenField):
    """A field that Flask-Security needs and we do not offer: whatever is sent, it is empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take nothing."""
        self.data = ""


class Onward(NextFormMixin):
    """Where to go on: the account, unless a place of this site is asked for."""

    def validate_next(self, field: Field) -> None:
        """Leave out a place that is not of this site; nothing is wrong with what else was sent."""
        if not validate_redirect_url(field.data):
            field.data = url_for("accounts.account")


class SignInForm(Onward, LoginForm):
    """Address and password. Nobody stays signed in for weeks: devices are shared."""

    remember = None

    def validate(self, **kwargs: Any) -> bool:
        """Return whether they fit; note it if not."""
        fits = bool(super().validate(**kwargs))
        if not fits and (self.user is None or self.user_authenticated):  # the rest is noted by events.py
            note_event("sign_in_failed", user_id=self.user.id if self.user else None)
            db.session.commit()
        return fits


class RegisterForm(Onward, RegisterFormV2):
    """A new account. The password is typed once: it can be looked at, and set anew by e-mail.

    An account that was never confirmed gives way: who asked for it did not show that the address is theirs,
    and their password must not be the one that opens it once the person of that address confirms.
    """

    name = NameField("Name", validators=[within(NAME_LIMIT)])

    def validate(self, **kwargs: Any) -> bool:
        """Return whether all is good."""
        if super().validate(**kwargs):
            return True
        found = self.existing_email_user
        if found is None or found.confirmed_at or set(self.errors) != {"email"}:
            return False
        datastore().delete_user(found)
        db.session.flush()  # else the new one would be stored first, with the same address
        self.email.errors = []
        return True


class NewPasswordForm(ResetPasswordForm):
    """A new password in place of a forgotten one."""

    password_confirm = None


class OtherPasswordForm(ChangePasswordForm):
    """A new password in place of the one that is known."""

    new_password_confirm = None


class SurelyForm(Onward, VerifyForm):
    """The password once more, before something that matters."""


class ChoiceField(HiddenField):
    """One of the ways that a page offers by its buttons; Flask-Security's views say which there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices: list[Any] = []


class AppForm(TwoFactorSetupForm):
    """Codes from an app: turn on, or off."""

    setup = ChoiceField()
    phone = NothingField()


class RescueForm(TwoFactorRescueForm):
    """Ways to sign in without the app. Ours is a link to the page of recovery codes."""

    help_setup = ChoiceField()


class PasskeyForm(WebAuthnRegisterForm):
    """The name of a new passkey. Each signs in by itself: it asks for a finger, a face or a PIN."""

    usage = NothingField()

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the name is good."""
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class NewPasskeyForm(WebAuthnRegisterResponseForm):
    """What a browser answers when it made a passkey."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether it is a passkey."""
        good = _is_good(self, super().validate, kwargs)
        self.extensions = None  # what a browser says of itself, as long as it likes
        return good


class PasskeySignInForm(Onward, WebAuthnSigninForm):
    """Begin to sign in with a passkey: it says itself whose it is."""

    identity = NothingField()
    remember = NothingField()


class PasskeyAnswerForm(Onward, WebAuthnSigninResponseForm):
    """What a browser answers when a passkey was used."""

    remember = NothingField()

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the passkey is right."""
        good = _is_good(self, super().validate, kwargs)
        if not good and not self.user:
            note_event("sign_in_failed")
            db.session.commit()
        return good


def _is_good(form: Any, validate: Any, kwargs: dict[str, Any]) -> bool:
    """Return whether what a browser sent of a passkey is good; what no library can read is not."""
    try:
        return bool(validate(**kwargs))
    except Exception:  # there is no end to the ways in which hostile bytes break several parsers
        form.credential.errors = [*form.credential.errors, get_message("API_ERROR")[0]]
        return False
