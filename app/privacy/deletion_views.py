"""Deleting an assessment, a history, an agency, or an account: a page lists what goes before its button."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from app import clock
from app.database.assessments import assessments_of, find_history
from app.database.deletion import wipe
from app.erasure import depending_agencies, erase_account, erase_agency, erase_assessment, erase_history
from app.extensions import db
from app.http.remembered_histories import end_sign_in, forget
from app.monitoring.security_events import note_event
from app.permissions import require_agency, require_history, require_to_delete
from app.privacy import bp
from app.reauthentication import (
    recent_sign_in_required,
    require_recent_sign_in,
    require_recent_sign_in_for,
)


def needs_confirmation(state: str) -> bool:
    """Return whether to ask first: until someone presses the button of a page that described this state.

    This way nobody deletes, from a page left open, what a colleague has finished or added since.
    """
    return request.method != "POST" or request.args.get("of", "") != state


@bp.route("/assessments/<public_id>/delete", methods=["GET", "POST"])
def assessment_deletion(public_id: str) -> ResponseReturnValue:
    """Delete one assessment, finished or not."""
    found = require_to_delete(public_id)
    day = clock.long_date(found.finished_on or found.started_at, found.number_of_day)
    if answer := require_recent_sign_in_for(found.history):
        return answer
    state = "finished" if found.finished else "begun"
    if needs_confirmation(state):
        return _page(
            state,
            title=_("Delete the self-check finished on %(date)s?", date=day)
            if found.finished
            else _("Delete the self-check started on %(date)s?", date=day),
            deleted=_deleted_with_assessment(finished=found.finished),
            archive=url_for("privacy.history_archive", public_id=found.history.public_id),
            back=url_for("assessments.resume", public_id=public_id),
        )
    erase_assessment(found)
    _finish_up("assessment_deleted", found.history.agency_id)
    flash(_("The self-check is deleted."))
    if find_history(found.history.public_id):
        return redirect(url_for("comparisons.history", public_id=found.history.public_id))
    forget(found.history)
    return redirect(url_for("assessments.start"))


@bp.route("/progress/<public_id>/delete", methods=["GET", "POST"])
def history_deletion(public_id: str) -> ResponseReturnValue:
    """Delete a history: all assessments that belong together."""
    found = require_history(public_id, "delete")
    if answer := require_recent_sign_in_for(found):
        return answer
    assessments = assessments_of([public_id])
    count = len(assessments)
    state = f"{count}-{sum(one.finished for one in assessments)}"
    if needs_confirmation(state):
        return _page(
            state,
            title=ngettext("Delete this self-check?", "Delete all %(num)d self-checks?", count),
            deleted=[
                _("every self-check on this page, finished or not, with all answers, notes, and reasons"),
                _("every plan, with all that your team wrote on it"),
                _("links to read a plan, calendar addresses, and the return code"),
                _("the PDF files we stored"),
            ],
            archive=url_for("privacy.history_archive", public_id=public_id),
            back=url_for("comparisons.history", public_id=public_id),
        )
    erase_history(found)
    _finish_up("history_deleted", found.agency_id)
    forget(found)
    flash(_("Everything is deleted."))
    return redirect(url_for("assessments.start"))


@bp.route("/agencies/<public_id>/delete", methods=["GET", "POST"])
def agency_deletion(public_id: str) -> ResponseReturnValue:
    """Delete an agency with everything that belongs to it."""
    if answer := require_recent_sign_in():
        return answer
    found = require_agency(public_id, "manage")
    if needs_confirmation("agency"):
        return _page(
            "agency",
            title=_("Delete %(agency)s?", agency=found.name),
            deleted=[
                _("every self-check of this agency, finished or not, with all answers, notes, and reasons"),
                _("every plan, with all that your team wrote on it"),
                _("links to read a plan, calendar addresses, and the PDF files we stored"),
                _("the list of members, and open invitations"),
            ],
            stays=_("The people in this agency keep their accounts."),
            archive=url_for("privacy.agency_archive", public_id=public_id),
            back=url_for("agencies.agency", public_id=public_id),
        )
    erase_agency(found)
    _finish_up("agency_deleted", found.id)
    flash(_("%(agency)s is deleted.", agency=found.name))
    return redirect(url_for("agencies.agencies"))


@bp.route("/account/delete", methods=["GET", "POST"])
@recent_sign_in_required
def account_deletion() -> ResponseReturnValue:
    """Delete the account, unless an agency with other members would be left without an owner."""
    id_, email = current_user.id, current_user.email
    alone, to_hand_over = depending_agencies(id_)
    state = ",".join(agency.public_id for agency in alone)
    if needs_confirmation(state) or to_hand_over:
        page = render_template(
            "privacy/delete_account.html", alone=alone, to_hand_over=to_hand_over, of=state
        )
        return page, 409 if request.method == "POST" and to_hand_over else 200
    for agency in alone:
        erase_agency(agency)
        note_event("agency_deleted", agency_id=agency.id)
    note_event("account_deleted", user_id=id_)
    erase_account(id_, email)
    db.session.commit()
    wipe()
    end_sign_in()
    flash(_("Your account is deleted."))
    return redirect(url_for("assessments.start"))


def _deleted_with_assessment(*, finished: bool) -> list[str]:
    answers = _("all answers, notes, and reasons of this self-check")
    if not finished:
        return [answers]
    return [
        answers,
        _("its plan, with all that your team wrote on it"),
        _("links to read its plan"),
        _("what changed since this self-check, in any later one"),
        _("the PDF files we stored"),
    ]


def _page(state: str, *, title: str, deleted: list[str], archive: str, back: str, stays: str = "") -> str:
    """Return the page that asks before all this is deleted."""
    return render_template(
        "privacy/delete.html",
        title=title,
        deleted=deleted,
        stays=stays,
        archive=archive,
        back=back,
        address=f"{request.path}?of={state}",
    )


def _finish_up(kind: str, agency_id: int | None) -> None:
    """Log the deletion, commit it, and wipe what was deleted from the database's files."""
    note_event(kind, agency_id=agency_id)
    db.session.commit()
    wipe()
