"""Private addresses at which calendars read the dates of the newest plan: created, read, and withdrawn."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.database.answers import Change
from app.database.share_links import add_calendar_feed, fed_assessment, withdraw_calendar_feed
from app.extensions import db
from app.finished_assessments import own_cache_inputs, require_finished
from app.http.files import named_attachment
from app.monitoring.security_events import note_event
from app.pdf_cache import PdfIdentity
from app.permissions import user_id
from app.plans import bp
from app.plans.calendar_file import feed_file
from app.plans.views import LinkNotFound
from app.tokens import new_token, token_hash

NEW_ADDRESS = "calendar_address"  # the message that holds a new address until it was shown once


@bp.get("/calendar/<token>.ics")
def calendar_feed(token: str) -> ResponseReturnValue:
    """Send the open dates of the newest plan, or only say that they are as they were."""
    assessment = fed_assessment(token_hash(token))
    if assessment is None:
        raise LinkNotFound
    identity = PdfIdentity(name="calendar", assessment_id=assessment.id, inputs=own_cache_inputs(assessment))
    response = named_attachment(b"", "text/calendar", "action-plan.ics")
    response.set_etag(identity.key)
    response.headers["Cache-Control"] = "private, no-cache"
    if not request.if_none_match.contains(identity.key):
        response.set_data(feed_file(assessment))
    return response.make_conditional(request)


@bp.post("/assessments/<public_id>/calendar")
def create_calendar_feed(public_id: str) -> ResponseReturnValue:
    """Create an address for calendars, and show it once."""
    assessment = require_finished(public_id, "edit")
    token = new_token()
    add_calendar_feed(assessment.history, token_hash(token), Change(by_id=user_id(), at=clock.now()))
    note_event("link_made", agency_id=assessment.history.agency_id)
    db.session.commit()
    flash(url_for("plans.calendar_feed", token=token, _external=True), NEW_ADDRESS)
    return redirect(url_for("plans.share_links", public_id=public_id, _anchor="calendar"))


@bp.post("/assessments/<public_id>/calendar/<int:number>/withdraw")
def withdraw_feed(public_id: str, number: int) -> ResponseReturnValue:
    """Withdraw an address for calendars; withdrawing it twice is no error."""
    assessment = require_finished(public_id, "edit")
    if withdraw_calendar_feed(assessment.history, number):
        note_event("link_withdrawn", agency_id=assessment.history.agency_id)
    db.session.commit()
    flash(_("The address is withdrawn. Calendars no longer get dates from it."))
    return redirect(url_for("plans.share_links", public_id=public_id, _anchor="calendar"))
