"""Agencies: members, invitations, and what they share."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.reauthentication import require_sign_in

bp = Blueprint("agencies", __name__)


@bp.before_request
def _require_account() -> ResponseReturnValue | None:
    """Ask for an account first. An invitation is shown without one, since it leads to one."""
    return None if request.endpoint == "agencies.invitation" else require_sign_in()


from app.agencies import invitation_views, member_views, transfer_views, views  # noqa: E402, F401  # they add their views
