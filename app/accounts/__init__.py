"""Accounts: registration, sign-in, two-factor authentication, and passkeys."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.accounts import registration_views, reminder_views, views  # noqa: E402, F401  # register their views on the blueprint
