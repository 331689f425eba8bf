"""Taking along all that is held of a history or of an agency, as one file."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.content import current
from app.monitoring.security_events import note_event
from app.permissions import require_agency, require_history
from app.privacy import bp
from app.privacy.archive import Archive, archive_page, sent
from app.privacy.archive_contents import put_agency, put_history
from app.reauthentication import require_recent_sign_in, require_recent_sign_in_for


@bp.route("/progress/<public_id>/archive", methods=["GET", "POST"])
def history_archive(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of a history; send it."""
    found = require_history(public_id)
    if answer := require_recent_sign_in_for(found):
        return answer
    if request.method == "GET":
        about = current().questionnaire.texts.privacy.archive.history
        return archive_page(about, url_for("comparisons.history", public_id=public_id))
    note_event("archive_made", agency_id=found.agency_id)
    with Archive() as made:
        put_history(made, found, "")
        return sent(made, "self-checks")


@bp.route("/agencies/<public_id>/archive", methods=["GET", "POST"])
def agency_archive(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of an agency; send it."""
    if answer := require_recent_sign_in():
        return answer
    found = require_agency(public_id)
    if request.method == "GET":
        about = current().questionnaire.texts.privacy.archive.agency
        return archive_page(about, url_for("agencies.agency", public_id=public_id))
    note_event("archive_made", agency_id=found.id)
    with Archive() as made:
        put_agency(made, found)
        return sent(made, "agency")
