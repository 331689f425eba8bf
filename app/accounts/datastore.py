"""Flask-Security of an application, and its datastore over our tables."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app
from flask_security import FSQLALiteUserDatastore, RoleMixin, Security, UserMixin

from app import clock
from app.database.account_tables import Passkey, User
from app.database.sign_ins import end_sign_ins_of
from app.extensions import db

_EXTENSION = "security"  # Flask-Security chose it


class Accounts(FSQLALiteUserDatastore):
    """Accounts and their passkeys. Roles belong to agency memberships, so there are none here."""

    def __init__(self) -> None:
        super().__init__(db, User, RoleMixin, Passkey)

    def create_user(self, **kwargs: Any) -> UserMixin:
        """Return a new account with its id. Raises IntegrityError if the address is taken."""
        user = super().create_user(**{"created_at": clock.now(), **kwargs})
        db.session.flush()
        return user

    def tf_set(self, user: UserMixin, primary_method: str, totp_secret: str | None = None, *_: Any) -> None:
        """Turn on codes from an app; its secret comes as the session holds it, encrypted by passlib."""
        codes: Any = security().totp_factory
        super().tf_set(user, primary_method, codes.plain(totp_secret) if totp_secret else None)

    def set_uniquifier(self, user: UserMixin, uniquifier: str | None = None) -> None:
        """Change what identifies the account in sessions, which ends every sign-in."""
        super().set_uniquifier(user, uniquifier)
        end_sign_ins_of(user.id)


def security() -> Security:
    """Return this application's Flask-Security."""
    return cast(Security, current_app.extensions[_EXTENSION])


def datastore() -> Accounts:
    """Return this application's datastore."""
    return cast(Accounts, security().datastore)
