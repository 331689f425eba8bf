"""What we require of passkeys (https://www.w3.org/TR/webauthn-3/)."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import ngettext
from flask_security import UserMixin, WebauthnUtil
from flask_security.utils import get_message
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.content import site_name
from questions.text import one_line

NAME_LIMIT = 64


def are_supported() -> bool:
    """Return whether this address can have passkeys: they belong to a domain name, never to a number."""
    host = urlsplit(request.host_url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


class Passkeys(WebauthnUtil):
    """Each passkey verifies its user (finger, face or PIN) on every use, and identifies the account."""

    def registration_options(self, user: UserMixin, usage: str, existing: dict[str, Any]) -> dict[str, Any]:
        """Return what a browser needs to create a passkey, with the name of this site."""
        return {**super().registration_options(user, usage, existing), "rp_name": site_name()}

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """Return an error message or None, and the name of a passkey as it is stored or None."""
        name = one_line(value)
        if not name:
            return get_message("WEBAUTHN_NAME_REQUIRED")[0], None
        if len(name) > NAME_LIMIT:
            return ngettext(
                "Use %(num)d character or fewer.", "Use %(num)d characters or fewer.", NAME_LIMIT
            ), None
        return None, name

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """Return what a new passkey must support; it may be on any device or security key."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:
        """Return that each use must verify the person, not only the device."""
        return UserVerificationRequirement.REQUIRED
