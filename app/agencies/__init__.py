"""Agencies: members, invitations, and what they share."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.reauthentication import require_sign_in

bp = Blueprint("agencies", __name__)


@bp.before_request
def _require_account() -> ResponseReturnValue | None:
    """Require a sign-in, except for the page of an invitation, which leads to one."""
    return None if request.endpoint == "agencies.invitation" else require_sign_in()


from app.agencies import invitation_views, member_views, transfer_views, views  # noqa: E402, F401  # register their views on the blueprint
