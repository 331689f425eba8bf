"""Deleting an assessment, a history, an agency: first a page that names what goes, then a button.

Whether a page has told of what is about to be deleted.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.content import current
from app.database.assessments import assessments_of, find_history
from app.database.deletion import delete_agency, delete_assessment, delete_history, wipe
from app.extensions import db
from app.http.remembered_histories import forget
from app.monitoring.security_events import note_event
from app.permissions import require, require_agency, require_history
from app.privacy import bp
from app.reauthentication import require_recent_sign_in, require_recent_sign_in_for


def is_to_ask(of: str) -> bool:
    """Return whether to ask first: until a button is pressed on a page that told of this, as it still is.

    So nobody deletes, from a page left open, what a colleague has finished or added since.
    """
    return request.method != "POST" or request.args.get("of", "") != of


@bp.route("/assessments/<public_id>/delete", methods=["GET", "POST"])
def assessment_deletion(public_id: str) -> ResponseReturnValue:
    """Delete one assessment, finished or not."""
    found = require(public_id, "edit")
    words = current().questionnaire.texts.privacy.delete
    day = clock.long_date(found.finished_on or found.started_at)
    if answer := require_recent_sign_in_for(found.history):
        return answer
    state = "finished" if found.finished else "begun"
    if is_to_ask(state):
        return _page(
            state,
            title=f"Delete the self-check {state} on {day}?",
            goes=words.finished if found.finished else words.draft,
            archive=url_for("privacy.history_archive", public_id=found.history.public_id),
            back=url_for("assessments.resume", public_id=public_id),
        )
    delete_assessment(found)
    _finish_up("assessment_deleted", found.history.agency_id)
    flash("The self-check is deleted.")
    if find_history(found.history.public_id):
        return redirect(url_for("comparisons.history", public_id=found.history.public_id))
    forget(found.history)
    return redirect(url_for("assessments.start"))


@bp.route("/progress/<public_id>/delete", methods=["GET", "POST"])
def history_deletion(public_id: str) -> ResponseReturnValue:
    """Delete a history: all assessments that belong together."""
    found = require_history(public_id, "edit")
    if answer := require_recent_sign_in_for(found):
        return answer
    its = assessments_of([public_id])
    count, of = len(its), f"{len(its)}-{sum(one.finished for one in its)}"
    if is_to_ask(of):
        return _page(
            of,
            title="Delete this self-check?" if count == 1 else f"Delete all {count} self-checks?",
            goes=current().questionnaire.texts.privacy.delete.history,
            archive=url_for("privacy.history_archive", public_id=public_id),
            back=url_for("comparisons.history", public_id=public_id),
        )
    delete_history(found)
    _finish_up("history_deleted", found.agency_id)
    forget(found)
    flash("All of it is deleted.")
    return redirect(url_for("assessments.start"))


@bp.route("/agencies/<public_id>/delete", methods=["GET", "POST"])
def agency_deletion(public_id: str) -> ResponseReturnValue:
    """Delete an agency with all that belongs to it. Only an owner may."""
    if answer := require_recent_sign_in():
        return answer
    found = require_agency(public_id, "manage")
    words = current().questionnaire.texts.privacy.delete
    if is_to_ask("agency"):
        return _page(
            "agency",
            title=f"Delete {found.name}?",
            goes=words.agency,
            stays=words.others_stay,
            archive=url_for("privacy.agency_archive", public_id=public_id),
            back=url_for("agencies.agency", public_id=public_id),
        )
    delete_agency(found.id)
    _finish_up("agency_deleted", found.id)
    flash(f"{found.name} is deleted.")
    return redirect(url_for("agencies.agencies"))


def _page(of: str, *, title: str, goes: tuple[str, ...], archive: str, back: str, stays: str = "") -> str:
    """Return the page that asks before all this is deleted."""
    return render_template(
        "privacy/delete.html",
        title=title,
        goes=goes,
        stays=stays,
        archive=archive,
        back=back,
        address=f"{request.path}?of={of}",
    )


def _finish_up(kind: str, agency_id: int | None) -> None:
    note_event(kind, agency_id=agency_id)
    db.session.commit()
    wipe()
