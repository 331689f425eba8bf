"""Taking along all that is held of a history or of an agency, as one file."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.access import require_history, require_role
from app.fresh import ask_again, ask_again_for
from app.privacy.archive import Archive, archive_page, sent
from app.privacy.holdings import put_agency, put_history
from app.questionnaires import current
from app.security_events import note_event

bp = Blueprint("archives", __name__)


@bp.route("/progress/<public_id>/archive", methods=["GET", "POST"])
def history(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of a history; send it."""
    found = require_history(public_id)
    if answer := ask_again_for(found):
        return answer
    if request.method == "GET":
        about = current().questionnaire.texts.privacy.archive.history
        return archive_page(about, url_for("progress.history", public_id=public_id))
    note_event("archive_made", agency_id=found.agency_id)
    with Archive() as made:
        put_history(made, found, "")
        return sent(made, "self-checks")


@bp.route("/agencies/<public_id>/archive", methods=["GET", "POST"])
def agency(public_id: str) -> ResponseReturnValue:
    """Say what is in the archive of an agency; send it."""
    if answer := ask_again():
        return answer
    found = require_role(public_id, "viewer")
    if request.method == "GET":
        about = current().questionnaire.texts.privacy.archive.agency
        return archive_page(about, url_for("agencies.agency", public_id=public_id))
    note_event("archive_made", agency_id=found.id)
    with Archive() as made:
        put_agency(made, found)
        return sent(made, "agency")
