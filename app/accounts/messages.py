"""Flask-Security's messages, reworded for our visitors. The originals are written for developers.

Flask-Security translates these with our catalogs when it shows them (SECURITY_I18N_DIRNAME), so they are only
marked here for `make messages`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l


def N_(message: str) -> str:  # the name by which pybabel knows this marker
    """Mark a message for translation, without translating it."""
    return message


# Shown at the top of the next page; the empty ones are not shown, because the page itself already says it.
_NOTICES: Mapping[str, str] = {
    "UNAUTHENTICATED": N_("Sign in to see that page."),
    "REAUTHENTICATION_REQUIRED": "",
    "REAUTHENTICATION_SUCCESSFUL": "",
    "ANONYMOUS_USER_REQUIRED": N_("You are already signed in."),
    "PASSWORD_RESET_REQUEST": "",
    "CHANGE_EMAIL_SENT": "",
    "INVALID_RESET_PASSWORD_TOKEN": N_(
        "That link does not work, or it was already used. Please ask for a new one."
    ),
    "PASSWORD_RESET_EXPIRED": N_("That link has expired. Please ask for a new one."),
    "PASSWORD_RESET_NO_LOGIN": N_("Your new password is set. Sign in with it."),
    "PASSWORD_CHANGE": N_("Your password is changed. You are signed out on all other devices."),
    "CHANGE_EMAIL_CONFIRMED": N_("Your email address is changed. Sign in with the new one."),
    "CHANGE_EMAIL_EXPIRED": N_("That link has expired. Please ask for a new one."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": N_("Codes from your authenticator app are on."),
    "TWO_FACTOR_PERMISSION_DENIED": N_(
        "Please sign in again. It took too long, or one of the steps was skipped."
    ),
    "TWO_FACTOR_DISABLED": N_(
        "Codes from an authenticator app are off. Your recovery codes were deleted too."
    ),
    "WEBAUTHN_REGISTER_SUCCESSFUL": N_("Your new passkey is ready."),
    "WEBAUTHN_CREDENTIAL_DELETED": N_("The passkey is removed here. Remove it from your device too."),
    "WEBAUTHN_EXPIRED": N_("That took too long. Please try again."),
}
# Shown next to a field, and at the top of its page.
_ERRORS: Mapping[str, str] = {
    "API_ERROR": N_("That did not work. Please try again."),
    "GENERIC_AUTHN_FAILED": N_(
        "The email address or password is wrong. Please try again. If you have just asked for an account, "
        "open the link in our email first."
    ),
    "EMAIL_NOT_PROVIDED": N_("Enter your email address."),
    "INVALID_EMAIL_ADDRESS": N_("Enter a complete email address, such as name@agency.org."),
    "EMAIL_ALREADY_ASSOCIATED": N_("There is already an account with this address."),
    "USER_DOES_NOT_EXIST": N_("There is no such account."),
    "PASSWORD_NOT_PROVIDED": N_("Enter a password."),
    "INVALID_PASSWORD": N_("This is not your password."),
    "PASSWORD_IS_THE_SAME": N_("This is the password you already have."),
    "TWO_FACTOR_INVALID_TOKEN": N_("This code does not work, or it was already used. Wait for the next one."),
    "INVALID_RECOVERY_CODE": N_("This is not one of your recovery codes, or it was already used."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": N_("Choose one of the options on this page."),
    "WEBAUTHN_NAME_REQUIRED": N_("Name the passkey, so that you can tell it from your other ones."),
    "WEBAUTHN_NAME_INUSE": N_("You already have a passkey with this name. Choose another name."),
    "WEBAUTHN_NAME_NOT_FOUND": N_("You have no passkey with this name."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": N_("This passkey is already in use."),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": N_("This passkey does not belong to any account here."),
    "WEBAUTHN_MISMATCH_USER_HANDLE": N_("This passkey belongs to another account."),
    "WEBAUTHN_NO_VERIFY": N_("The passkey could not be verified. Please try again."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": N_("This passkey cannot be used for that."),
    "DISABLED_ACCOUNT": N_("This account is closed."),
    "INVALID_INPUT": N_("This cannot be used here."),
}
# The labels of the fields, by the fields' names.
LABELS: Mapping[str, str] = {
    "email": _l("Email address"),
    "name": _l("Name"),
    "password": _l("Password"),
    "new_password": _l("New password"),
    "code": _l("Code"),
    "setup": _l("Authenticator app"),
    "credential": _l("Passkey"),
}


def messages() -> dict[str, tuple[str, str]]:
    """Return the settings that replace Flask-Security's messages: each a text with its category."""
    notices = {
        f"SECURITY_MSG_{key}": (text, "message" if text else "unseen") for key, text in _NOTICES.items()
    }
    errors = {f"SECURITY_MSG_{key}": (text, "error") for key, text in _ERRORS.items()}
    return {**notices, **errors}
