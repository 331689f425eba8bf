"""Accounts: registration, sign-in, two-factor authentication, and passkeys."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.accounts import views  # noqa: E402, F401  # registers its views on the blueprint
