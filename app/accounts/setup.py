"""Flask-Security, set up narrowly: passwords, codes from an app, recovery codes, passkeys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import Security, uia_email_mapper

from app import clock
from app.accounts import mail, security_views, session_lifetime, signals
from app.accounts.datastore import Accounts
from app.accounts.forms import (
    AppForm,
    NewPasskeyForm,
    NewPasswordForm,
    OtherPasswordForm,
    PasskeyAnswerForm,
    PasskeyForm,
    PasskeySignInForm,
    RegisterForm,
    RescueForm,
    SignInForm,
    SurelyForm,
)
from app.accounts.mail import AccountMail
from app.accounts.messages import messages
from app.accounts.passkeys import Passkeys, can_be_used
from app.accounts.password_policy import Passwords
from app.accounts.rendering import render
from app.accounts.two_factor import AppCodes, RecoveryCodes, wallet_of

FRESH = timedelta(minutes=15)

_WAYS: dict[str, Any] = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],
    # OWASP's first choice for Argon2id: 19 MiB and two passes; a worker's threads may hash at once.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    # Only for signed tokens that go to the person: they tell whether the address or password changed since.
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "PASSWORD_CONFIRM_REQUIRED": False,
    "REGISTERABLE": True,
    "CONFIRMABLE": True,
    "CONFIRM_EMAIL_WITHIN": timedelta(hours=mail.CONFIRM_HOURS),
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "CHANGEABLE": True,
    "CHANGE_EMAIL": True,
    "CHANGE_EMAIL_WITHIN": timedelta(hours=mail.CONFIRM_HOURS),
    "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": uia_email_mapper, "case_insensitive": False}}],
    "JOIN_USER_ROLES": False,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "WEBAUTHN": True,
    "WAN_ALLOW_USER_HINTS": False,
    "WAN_ALLOW_AS_VERIFY": ["first"],
    "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
}
_MANNERS: dict[str, Any] = {
    "URL_PREFIX": "/account",
    "RETURN_GENERIC_RESPONSES": True,
    "FRESHNESS": FRESH,
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
    "API_ENABLED_METHODS": ["session"],
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
    "CACHE_CONTROL": None,
    "DATETIME_FACTORY": lambda: clock.now(),
    "POST_LOGIN_VIEW": "accounts.account",
    "POST_LOGOUT_VIEW": "assessments.start",
    "POST_REGISTER_VIEW": "accounts.check_mail",
    "POST_VERIFY_VIEW": "accounts.account",
    "POST_CHANGE_VIEW": "accounts.account",
    "POST_CHANGE_EMAIL_VIEW": "security.login",
    "CONFIRM_ERROR_VIEW": "security.login",
    "CHANGE_EMAIL_ERROR_VIEW": "accounts.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "accounts.account",
    "TWO_FACTOR_ERROR_VIEW": "security.login",
    "WAN_POST_REGISTER_VIEW": "security.wan_register",
}
_TEMPLATES: dict[str, Any] = {
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "REGISTER_USER_TEMPLATE": "accounts/register.html",
    "SEND_CONFIRMATION_TEMPLATE": "accounts/confirm_again.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/forgot_password.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/reset_password.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "CHANGE_EMAIL_TEMPLATE": "accounts/change_email.html",
    "VERIFY_TEMPLATE": "accounts/verify.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/codes.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/code.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery_code.html",
    "WAN_REGISTER_TEMPLATE": "accounts/passkeys.html",
    "WAN_SIGNIN_TEMPLATE": "accounts/passkey.html",
    "WAN_VERIFY_TEMPLATE": "accounts/verify_passkey.html",
}
# The templates are names of texts: those of questions.site_texts.accounts.AccountMails.
_MAILS: dict[str, Any] = {
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "REGISTER_EMAIL_TEMPLATE": "confirm",
    "REGISTER_EMAIL_EXISTING_TEMPLATE": "already_there",
    "EMAIL_TEMPLATE_CONFIRM": "confirm_again",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "reset",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "password_changed",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "password_changed",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "new_address",
}


def register(app: Flask) -> None:
    """Give the application accounts."""
    settings = {**_WAYS, **_MANNERS, **_TEMPLATES, **_MAILS}
    app.config.from_mapping({f"SECURITY_{name}": value for name, value in settings.items()})
    app.config.from_mapping(
        messages(),
        SECURITY_TOTP_SECRETS=wallet_of(app.config["DATA_KEYS"]),
        SECURITY_TOTP_ISSUER="the name of the site",  # which is content, so AppCodes puts it in
    )
    session_lifetime.register(app)
    app.extensions["accounts"] = _security(app)
    signals.register(app)
    app.after_request(mail.send_waiting)
    app.register_blueprint(security_views.bp)


class _Security(Security):
    """Flask-Security without a check for libraries: it wants one (nh3) that our Passkeys does without."""

    def _check_modules(self, module: str, config_name: str) -> Any:
        return None


def _security(app: Flask) -> Security:
    security = _Security(
        app,
        Accounts(),
        register_blueprint=False,
        login_form=SignInForm,
        verify_form=SurelyForm,
        register_form=RegisterForm,
        reset_password_form=NewPasswordForm,
        change_password_form=OtherPasswordForm,
        two_factor_setup_form=AppForm,
        two_factor_rescue_form=RescueForm,
        wan_register_form=PasskeyForm,
        wan_register_response_form=NewPasskeyForm,
        wan_signin_form=PasskeySignInForm,
        wan_signin_response_form=PasskeyAnswerForm,
        mail_util_cls=AccountMail,
        password_util_cls=Passwords,
        render_template=render,  # type: ignore[arg-type]  # a view may answer with anything
        totp_cls=AppCodes,
        webauthn_util_cls=Passkeys,
        mf_recovery_codes_util_cls=RecoveryCodes,
    )
    security.want_json(lambda _request: False)
    security.context_processor(lambda: {"passkeys_can_be_used": can_be_used()})
    return security
