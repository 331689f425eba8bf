"""Flask-Security, set up narrowly: passwords, authenticator codes, passkeys, recovery codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import FSQLALiteUserDatastore, RoleMixin, Security

from app.database.account_models import Passkey, User
from app.extensions import db

_CONFIG: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/account",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_REGISTERABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FRESHNESS": timedelta(minutes=15),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
    "SECURITY_API_ENABLED_METHODS": ["session"],
}


def register(app: Flask) -> None:
    """Give the application accounts."""
    app.config.from_mapping(_CONFIG)
    app.extensions["accounts"] = Security(app, FSQLALiteUserDatastore(db, User, RoleMixin, Passkey))
