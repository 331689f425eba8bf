"""What Flask-Security says to people, in our words. Its own words are for developers."""

from __future__ import annotations

from collections.abc import Mapping

# Shown on top of the next page; "unseen" are those that the page itself already says.
_SAID: Mapping[str, str] = {
    "UNAUTHENTICATED": "Sign in to see that page.",
    "REAUTHENTICATION_REQUIRED": "",
    "REAUTHENTICATION_SUCCESSFUL": "",
    "ANONYMOUS_USER_REQUIRED": "You are signed in already.",
    "CONFIRM_REGISTRATION": "",
    "CONFIRMATION_REQUEST": "",
    "PASSWORD_RESET_REQUEST": "",
    "CHANGE_EMAIL_SENT": "",
    "EMAIL_CONFIRMED": "Your e-mail address is confirmed. You can sign in now.",
    "ALREADY_CONFIRMED": "Your e-mail address is confirmed already. You can sign in.",
    "INVALID_CONFIRMATION_TOKEN": "That link does not work. Please ask for a new one.",
    "CONFIRMATION_EXPIRED": "That link is too old. Please ask for a new one.",
    "INVALID_RESET_PASSWORD_TOKEN": "That link does not work, or it was used. Please ask for a new one.",
    "PASSWORD_RESET_EXPIRED": "That link is too old. Please ask for a new one.",
    "PASSWORD_RESET_NO_LOGIN": "Your new password is set. Sign in with it.",
    "PASSWORD_CHANGE": "Your password is changed. Your sign-in on other devices has ended.",
    "CHANGE_EMAIL_CONFIRMED": "Your e-mail address is changed. Sign in with the new one.",
    "CHANGE_EMAIL_EXPIRED": "That link is too old. Please ask for a new one.",
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Codes from your app are on.",
    "TWO_FACTOR_PERMISSION_DENIED": "Please sign in again: that took too long, or a step was left out.",
    "TWO_FACTOR_DISABLED": "Codes from an app are off. Your recovery codes are gone with them.",
    "WEBAUTHN_REGISTER_SUCCESSFUL": "Your new passkey is ready.",
    "WEBAUTHN_CREDENTIAL_DELETED": "The passkey is removed here. Remove it from your device too.",
    "WEBAUTHN_EXPIRED": "That took too long. Please try again.",
}
# Shown beside a field, and on top of its page.
_FAULTS: Mapping[str, str] = {
    "API_ERROR": "That does not fit here. Please try again.",
    "GENERIC_AUTHN_FAILED": (
        "The address or the password is not right, or the address is not confirmed yet. Please try again."
    ),
    "EMAIL_NOT_PROVIDED": "Type in your e-mail address.",
    "INVALID_EMAIL_ADDRESS": "This is not a full e-mail address, such as name@agency.org.",
    "EMAIL_ALREADY_ASSOCIATED": "This address has an account.",
    "USER_DOES_NOT_EXIST": "There is no such account.",
    "PASSWORD_NOT_PROVIDED": "Type in a password.",
    "INVALID_PASSWORD": "This is not your password.",
    "PASSWORD_IS_THE_SAME": "This is the password you have now.",
    "TWO_FACTOR_INVALID_TOKEN": "This code does not work, or it was used. Wait for the next one.",
    "INVALID_RECOVERY_CODE": "This is none of your recovery codes, or it was used.",
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": "Choose one of the ways on this page.",
    "WEBAUTHN_NAME_REQUIRED": "Give the passkey a name, so that you know it from others.",
    "WEBAUTHN_NAME_INUSE": "You have a passkey with this name. Choose another name.",
    "WEBAUTHN_NAME_NOT_FOUND": "You have no passkey with this name.",
    "WEBAUTHN_CREDENTIAL_ID_INUSE": "This passkey is in use already.",
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": "This passkey belongs to no account here.",
    "WEBAUTHN_MISMATCH_USER_HANDLE": "This passkey belongs to another account.",
    "WEBAUTHN_NO_VERIFY": "The passkey could not be checked. Please try again.",
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": "This passkey cannot be used for that.",
    "DISABLED_ACCOUNT": "This account is closed.",
    "INVALID_INPUT": "This cannot be used here.",
}
# What each field is called, by its name.
LABELS: Mapping[str, str] = {
    "email": "E-mail address",
    "name": "Name",
    "password": "Password",
    "new_password": "New password",
    "code": "Code",
    "setup": "Codes from an app",
    "credential": "Passkey",
}

SIGN_IN_FAILED = _FAULTS["GENERIC_AUTHN_FAILED"]


def messages() -> dict[str, tuple[str, str]]:
    """Return the settings of Flask-Security's messages: text and category."""
    said = {f"SECURITY_MSG_{key}": (text, "message" if text else "unseen") for key, text in _SAID.items()}
    faults = {f"SECURITY_MSG_{key}": (text, "error") for key, text in _FAULTS.items()}
    return {**said, **faults}
