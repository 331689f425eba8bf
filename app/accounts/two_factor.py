"""Two-factor authentication: codes from an authenticator app (RFC 6238), and recovery codes."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import cast

from flask_babel import gettext as _
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from markupsafe import Markup
from passlib.exc import UsedTokenError
from passlib.totp import TOTP, AppWallet, TotpMatch
from qrcode.main import QRCode
from sqlalchemy import or_, select, update

from app.accounts.datastore import datastore
from app.accounts.mail import notify_of_change
from app.content import site_name
from app.database.account_tables import User
from app.database.locking import locking
from app.encryption import key_fingerprint
from app.extensions import db
from app.monitoring.security_events import note_event
from app.tokens import code_hash, new_code

_RECOVERY_CODE_COUNT = 8


def totp_wallet(keys: Sequence[str]) -> dict[str, str]:
    """Return the keys for secrets of apps that are being set up, by ids derived from them, newest first."""
    return {key_fingerprint(key): key for key in keys}


class TotpCodes(Totp):
    """Codes from an authenticator app. Each works once.

    While an app is set up, the session cookie holds its secret, encrypted by passlib.
    """

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(issuer=issuer, wallet=AppWallet(secrets, default_tag=next(iter(secrets))))

    def plain(self, secret: str) -> str:
        """Return a secret from the session as JSON that is not encrypted, for a column that is."""
        return cast(str, self._totp.from_source(secret).to_json(encrypt=False))

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Return the address that an authenticator app reads, with the name of this site."""
        return cast(str, self._totp.from_source(totp_secret).to_uri(username, issuer=site_name()))

    def generate_qrcode(self, username: str, totp: str) -> Markup:
        """Return the QR code to scan, as SVG for a page."""
        return _qr_code(self.get_totp_uri(username, totp))

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the counter of the last code that was used."""
        return cast(User, user).totp_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Store which code was used. Raises UsedTokenError if another request used it first."""
        not_used = or_(User.totp_counter.is_(None), User.totp_counter < tmatch.counter)
        taken = update(User).where(User.id == user.id, not_used).values(totp_counter=tmatch.counter)
        if db.session.execute(taken.returning(User.id)).first() is None:
            raise UsedTokenError


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes are like return codes: 125 bits of entropy, and only their hashes are stored."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return new codes; the old ones no longer work."""
        codes = [new_code() for _ in range(_RECOVERY_CODE_COUNT)]
        datastore().mf_set_recovery_codes(user, [code_hash(code) for code in codes])
        note_event("recovery_codes_made", user_id=user.id)
        notify_of_change(user, "recovery_codes")
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return nothing: only hashes are stored."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Return whether this is one of the user's codes; a row lock makes concurrent requests take turns."""
        db.session.execute(locking(select(User.id).where(User.id == user.id)))
        db.session.refresh(user)
        is_valid = _index_of(user, code) is not None
        if not is_valid:
            user.track_failed_authn("recovery_code", True)
        return is_valid

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Delete a used code, and return whether it was there."""
        index = _index_of(user, code)
        if index is None:
            return False
        note_event("recovery_code_used", user_id=user.id)
        return bool(datastore().mf_delete_recovery_code(user, index))


def _index_of(user: UserMixin, code: str) -> int | None:
    hashed = code_hash(code)
    matches = [hmac.compare_digest(hashed, stored) for stored in user.mf_recovery_codes or ()]
    return matches.index(True) if True in matches else None


def _qr_code(text: str) -> Markup:
    """Return a QR code as SVG without inline styles, which our content security policy forbids."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return Markup(
        '<svg class="qr-code" role="img" aria-labelledby="qr-title" viewBox="0 0 {0} {0}" '
        'shape-rendering="crispEdges"><title id="qr-title">{1}</title>'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>'
    ).format(size, _("QR code to scan with your authenticator app"), path)
