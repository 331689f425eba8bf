"""Downloading everything that is stored about a history, an agency, or an account, as one file."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from app.database.agencies import memberships_of
from app.monitoring.security_events import note_event
from app.permissions import require_agency, require_history
from app.privacy import bp
from app.privacy.archive import Archive, archive_download, archive_page
from app.privacy.archive_contents import put_account, put_agency, put_history
from app.reauthentication import (
    recent_sign_in_required,
    require_recent_sign_in,
    require_recent_sign_in_for,
)


@bp.route("/progress/<public_id>/archive", methods=["GET", "POST"])
def history_archive(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of a history; send it."""
    found = require_history(public_id)
    if answer := require_recent_sign_in_for(found):
        return answer
    if request.method != "POST":
        about = _(
            "You get one file with everything we store about these self-checks: every answer, note, and "
            "reason, the plans with all that your team wrote on them, and the PDF files."
        )
        return archive_page(about, url_for("comparisons.history", public_id=public_id))
    note_event("archive_made", agency_id=found.agency_id)
    archive = Archive()
    put_history(archive, found, "")
    return archive_download(archive, "self-checks")


@bp.route("/agencies/<public_id>/archive", methods=["GET", "POST"])
def agency_archive(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of an agency; send it."""
    if answer := require_recent_sign_in():
        return answer
    found = require_agency(public_id)
    if request.method != "POST":
        about = _(
            "You get one file with everything we store about this agency: the list of members, every "
            "self-check with all answers, notes, and reasons, the plans with all that your team wrote on "
            "them, and the PDF files. For owners, it also has open invitations and the log of security "
            "events."
        )
        return archive_page(about, url_for("agencies.agency", public_id=public_id))
    note_event("archive_made", agency_id=found.id)
    archive = Archive()
    put_agency(archive, found)
    return archive_download(archive, "agency")


@bp.route("/account/archive", methods=["GET", "POST"])
@recent_sign_in_required
def account_archive() -> ResponseReturnValue:
    """Say what is in the archive of the account; send it."""
    if request.method != "POST":
        about = _(
            "You get one file with everything we store about you: your email address and name, the names of "
            "your passkeys, your agencies, invitations to you, and the log of security events. The "
            "self-checks of an agency are not in it. You can get those from the page of the agency."
        )
        return archive_page(about, url_for("accounts.account"))
    note_event("archive_made")
    archive = Archive()
    put_account(archive, current_user, memberships_of(current_user.id))
    return archive_download(archive, "account")
