"""Flask-Security, with as little as we need: passwords, authenticator app codes, recovery codes, passkeys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import Security, uia_email_mapper

from app import clock
from app.accounts import mail, security_views, session_lifetime, signals
from app.accounts.datastore import Accounts
from app.accounts.forms import (
    ChangePasswordForm,
    PasskeyCreatedForm,
    PasskeyForm,
    PasskeySignInForm,
    PasskeyUsedForm,
    RescueForm,
    ResetPasswordForm,
    SignInForm,
    TotpSetupForm,
    VerifyPasswordForm,
)
from app.accounts.mail import AccountMail
from app.accounts.messages import messages
from app.accounts.passkeys import Passkeys, are_supported
from app.accounts.password_policy import Passwords
from app.accounts.two_factor import RecoveryCodes, TotpCodes, totp_wallet
from app.config import PROJECT

RECENT_SIGN_IN = timedelta(minutes=15)

_FACTORS: dict[str, Any] = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],
    # OWASP's first choice for Argon2id: 19 MiB and two passes; a worker's threads may hash at once.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    # Only for signed tokens sent to the person: they show whether the address or password has changed since.
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "PASSWORD_CONFIRM_REQUIRED": False,
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": timedelta(hours=mail.RESET_HOURS),
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
_BEHAVIOR: dict[str, Any] = {
    "URL_PREFIX": "/account",
    "RETURN_GENERIC_RESPONSES": True,
    "FRESHNESS": RECENT_SIGN_IN,
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
    "API_ENABLED_METHODS": ["session"],
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
    "CACHE_CONTROL": None,
    "DATETIME_FACTORY": lambda: clock.now(),
    "POST_LOGIN_VIEW": "accounts.work",
    "POST_LOGOUT_VIEW": "assessments.start",
    # After a reset, the account page lists everything that signs in.
    "POST_RESET_VIEW": "/account/login?next=/account/",
    "POST_VERIFY_VIEW": "accounts.account",
    "POST_CHANGE_VIEW": "accounts.account",
    "POST_CHANGE_EMAIL_VIEW": "security.login",
    "CHANGE_EMAIL_ERROR_VIEW": "accounts.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "accounts.account",
    "TWO_FACTOR_ERROR_VIEW": "security.login",
    "WAN_POST_REGISTER_VIEW": "security.wan_register",
}
_TEMPLATES: dict[str, Any] = {
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
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
# AccountMail composes these; Flask-Security renders no emails itself.
_EMAILS: dict[str, Any] = {
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "EMAIL_TEMPLATE_PASSWORD_RESET": "emails/reset_password.txt",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "emails/password_changed.txt",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "emails/password_changed.txt",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "emails/confirm_new_email.txt",
}


def register(app: Flask) -> None:
    """Add accounts to the application."""
    settings = {**_FACTORS, **_BEHAVIOR, **_TEMPLATES, **_EMAILS}
    app.config.from_mapping({f"SECURITY_{name}": value for name, value in settings.items()})
    app.config.from_mapping(
        messages(),
        SECURITY_TOTP_SECRETS=totp_wallet(app.config["DATA_KEYS"]),
        SECURITY_TOTP_ISSUER="replaced",  # by TotpCodes, with the name of the site
        SECURITY_I18N_DIRNAME=[str(PROJECT / "translations")],
        SECURITY_I18N_DOMAIN="messages",
    )
    session_lifetime.register(app)
    _bind_security(app)
    signals.register(app)
    app.register_blueprint(security_views.bp)


def _page_context() -> dict[str, Any]:
    return {
        "passkeys_can_be_used": are_supported(),
        "recent_minutes": RECENT_SIGN_IN // timedelta(minutes=1),
    }


class _Security(Security):
    """Flask-Security without its check for libraries: it wants nh3, which our Passkeys does not need."""

    def _check_modules(self, module: str, config_name: str) -> Any:
        return None


def _bind_security(app: Flask) -> None:
    security = _Security(
        app,
        Accounts(),
        register_blueprint=False,
        login_form=SignInForm,
        verify_form=VerifyPasswordForm,
        reset_password_form=ResetPasswordForm,
        change_password_form=ChangePasswordForm,
        two_factor_setup_form=TotpSetupForm,
        two_factor_rescue_form=RescueForm,
        wan_register_form=PasskeyForm,
        wan_register_response_form=PasskeyCreatedForm,
        wan_signin_form=PasskeySignInForm,
        wan_signin_response_form=PasskeyUsedForm,
        mail_util_cls=AccountMail,
        password_util_cls=Passwords,
        render_template=security_views.render,  # type: ignore[arg-type]  # which may redirect
        totp_cls=TotpCodes,
        webauthn_util_cls=Passkeys,
        mf_recovery_codes_util_cls=RecoveryCodes,
    )
    security.want_json(lambda _request: False)
    security.context_processor(_page_context)
