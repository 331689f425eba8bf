"""Types of the texts on accounts: the pages, and the e-mails."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText(Content):
    """An e-mail. A blank line parts paragraphs."""

    mail_subject: str
    mail_body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMails(Content):
    """The e-mails of accounts."""

    confirm: MailText
    confirm_again: MailText
    already_there: MailText
    reset: MailText
    password_changed: MailText
    new_address: MailText
    address_changed: MailText
    sign_in_changed: MailText


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInChanges(Content):
    """What can change in how a person signs in, as the e-mail `sign_in_changed` tells it."""

    codes_on: str
    codes_off: str
    passkey_added: str
    passkey_removed: str
    recovery_codes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTexts(Content):
    """Texts of the pages of accounts."""

    why: str
    shared_device: str
    password_hint: str
    check_mail: str
    check_mail_folder: str
    confirm_intro: str
    confirm_again_intro: str
    forgot_intro: str
    reset_intro: str
    change_email_intro: str
    new_address_intro: str
    verify_intro: str
    codes_intro: str
    codes_scan: str
    codes_on: str
    code_intro: str
    recovery_intro: str
    recovery_shown: str
    recovery_none: str
    recovery_use: str
    passkeys_intro: str
    passkey_start: str
    passkey_failed: str
    passkey_no_script: str
    passkey_no_name: str
    sign_out: str
    sign_out_loses: str
    sign_out_everywhere: str
    changes: SignInChanges
    mails: AccountMails


ACCOUNT_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "mail_body": frozenset({"link", "hours", "site", "reset_link", "what"}),
    "check_mail": frozenset({"hours"}),
    "verify_intro": frozenset({"minutes"}),
    "sign_out_loses": frozenset({"count"}),
}
