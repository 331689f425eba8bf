"""What we ask of passkeys (https://www.w3.org/TR/webauthn-3/)."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_security import UserMixin, WebauthnUtil
from flask_security.utils import get_message
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.content import current
from questions.text import one_line

NAME_LIMIT = 64


def can_be_used() -> bool:
    """Return whether browsers do passkeys at this address: they belong to a name, never to a number."""
    host = urlsplit(request.host_url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


class Passkeys(WebauthnUtil):
    """A passkey asks for a finger, a face or a PIN each time, and says itself whose it is."""

    def registration_options(self, user: UserMixin, usage: str, existing: dict[str, Any]) -> dict[str, Any]:
        """Return what a browser needs to make a passkey, with the name of this site."""
        name = current().questionnaire.texts.screen.product_name
        return {**super().registration_options(user, usage, existing), "rp_name": name}

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """Return what is wrong with the name of a passkey, and the name as it is kept."""
        name = one_line(value)
        if not name:
            return get_message("WEBAUTHN_NAME_REQUIRED")[0], None
        if len(name) > NAME_LIMIT:
            return f"Use {NAME_LIMIT} characters or fewer.", None
        return None, name

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """Return what a new passkey has to be able to do; any device or security key may hold it."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:
        """Return that each use needs the person, not only the device."""
        return UserVerificationRequirement.REQUIRED
