"""The second step of signing in: codes from an app (RFC 6238), and recovery codes in their place."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from flask import current_app
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from markupsafe import Markup
from passlib.exc import UsedTokenError
from passlib.totp import TOTP, AppWallet, TotpMatch
from sqlalchemy import or_, select, update

from app.accounts.datastore import datastore
from app.accounts.mail import tell_of_change
from app.content import current
from app.database.account_tables import User
from app.encryption import CannotOpen
from app.extensions import db
from app.monitoring.security_events import note_event
from app.tokens import code_hash, new_code

_RECOVERY_CODES = 8


def wallet_of(keys: Sequence[str]) -> dict[str, str]:
    """Return the keys that seal the secrets of apps, each under a name of its own, the newest first."""
    return {hashlib.sha256(key.encode()).hexdigest()[:12]: key for key in keys}


class AppCodes(Totp):
    """Codes from an app. Each works once; its secret is sealed by the newest key."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(issuer=issuer, wallet=AppWallet(secrets, default_tag=next(iter(secrets))))

    def renewed(self, sealed: str) -> str | None:
        """Return a secret sealed by the newest key; None if it is so already. Raises CannotOpen."""
        try:
            app = self._totp.from_source(sealed)
        except KeyError:
            raise CannotOpen from None
        return cast(str, app.to_json(encrypt=True)) if app.changed else None

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Return what an app needs, with the name of this site."""
        name = current().questionnaire.texts.screen.product_name
        return cast(str, self._totp.from_source(totp_secret).to_uri(username, issuer=name))

    def generate_qrcode(self, username: str, totp: str) -> Markup:
        """Return the picture to scan, as SVG that may stand in a page."""
        return _picture(self.get_totp_uri(username, totp))

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return which code was used last."""
        return cast(User, user).totp_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember which code was used. Raises UsedTokenError when another request was faster."""
        not_used = or_(User.totp_counter.is_(None), User.totp_counter < tmatch.counter)
        taken = update(User).where(User.id == user.id, not_used).values(totp_counter=tmatch.counter)
        if db.session.execute(taken.returning(User.id)).first() is None:
            raise UsedTokenError


def seal_anew() -> int:
    """Seal the secrets of apps by the newest key; return how many were not. The caller commits.

    Raises CannotOpen when a key is missing.
    """
    codes = cast(AppCodes, current_app.extensions["accounts"].totp_factory)
    count = 0
    for id_, sealed in db.session.execute(select(User.id, User.tf_totp_secret)).all():
        renewed = codes.renewed(sealed) if sealed else None
        if renewed:
            same = update(User).where(User.id == id_, User.tf_totp_secret == sealed)
            db.session.execute(same.values(tf_totp_secret=renewed))
            count += 1
    return count


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes are like return codes: 125 bits of chance, and only their hashes are kept."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return new codes; the ones before no longer work."""
        codes = [new_code() for _ in range(_RECOVERY_CODES)]
        datastore().mf_set_recovery_codes(user, [code_hash(code) for code in codes])
        note_event("recovery_codes_made", user_id=user.id)
        tell_of_change(user, "recovery_codes")
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return nothing: what is kept cannot be read."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Return whether this is one of the person's codes; two requests at once look one after the other."""
        db.session.refresh(user, with_for_update=True)
        found = _place(user, code) is not None
        if not found:
            user.track_failed_authn("recovery_code", True)
        return found

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Let a code no longer work, and return whether it did."""
        place = _place(user, code)
        if place is None:
            return False
        note_event("recovery_code_used", user_id=user.id)
        return bool(datastore().mf_delete_recovery_code(user, place))


def _place(user: UserMixin, code: str) -> int | None:
    hashed = code_hash(code)
    same = [hmac.compare_digest(hashed, kept) for kept in user.mf_recovery_codes or ()]
    return same.index(True) if True in same else None


def _picture(text: str) -> Markup:
    """Return a QR code as SVG without styles, which our pages may not carry."""
    # Loaded here, because the library would take memory of every process that serves.
    code: Any = import_module("qrcode.main").QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return Markup(
        '<svg class="qr-code" role="img" aria-labelledby="qr-title" viewBox="0 0 {0} {0}" '
        'shape-rendering="crispEdges"><title id="qr-title">Picture to scan with your app</title>'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{1}"/></svg>'
    ).format(size, path)
