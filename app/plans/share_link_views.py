"""Links by which anyone can read one plan: created, listed, and withdrawn."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import AnyOf

from app import clock
from app.database.answers import Change
from app.database.share_links import PlanLink, add_plan_link, calendar_feeds, plan_links, withdraw_plan_link
from app.extensions import db
from app.finished_assessments import require_finished
from app.forms.base import Form, form_page
from app.forms.edit_conflicts import ChangeAuthors
from app.monitoring.security_events import note_event
from app.permissions import user_id
from app.plans import bp
from app.tokens import new_token, token_hash

READERS = {
    "board": _l("Our board"),
    "staff": _l("Our staff"),
    "funder": _l("A funder"),
    "other": _l("Someone else"),
}
DAYS = {"7": _l("7 days"), "30": _l("30 days"), "90": _l("90 days")}
NEW_LINK = "plan_link"  # the message that holds a new link until it was shown once


class LinkForm(Form):
    """Asks whom a link is for, and how long it works."""

    reader = RadioField(
        _l("Who is it for?"),
        choices=[],
        validate_choice=False,
        validators=[AnyOf(READERS, _l("Choose who it is for."))],
    )
    days = RadioField(
        _l("How long should it work?"),
        choices=[],
        validate_choice=False,
        validators=[AnyOf(DAYS, _l("Choose how long."))],
    )

    def __init__(self) -> None:
        super().__init__(data={"reader": "other", "days": "30"})
        self.reader.choices = {reader: str(label) for reader, label in READERS.items()}
        self.days.choices = {days: str(label) for days, label in DAYS.items()}


@bp.route("/assessments/<public_id>/links", methods=["GET", "POST"])
def share_links(public_id: str) -> ResponseReturnValue:
    """List the links to a plan; create a new one, and show it once."""
    assessment = require_finished(public_id, "edit")
    form = LinkForm()
    if request.method == "POST" and form.validate():
        token = new_token()
        link = PlanLink(
            made=Change(by_id=user_id(), at=clock.now()),
            expires_at=clock.end_of_day_in(int(form.days.data)),
            reader=form.reader.data,
        )
        add_plan_link(assessment, token_hash(token), link)
        note_event("link_made", agency_id=assessment.history.agency_id)
        db.session.commit()
        flash(url_for("plans.shared_plan", token=token, _external=True), NEW_LINK)
        return redirect(url_for("plans.share_links", public_id=public_id))
    found = plan_links(assessment, clock.start_of_today())
    feeds = calendar_feeds(assessment.history)
    authors = ChangeAuthors(
        assessment.history, [*(link.made for link in found), *(feed.made for feed in feeds)]
    )
    return form_page(
        "plans/links.html",
        form,
        assessment=assessment,
        links=[(link, READERS[link.reader], authors.describe_creation(link.made)) for link in found],
        feeds=[(feed, authors.describe_creation(feed.made)) for feed in feeds],
    )


@bp.post("/assessments/<public_id>/links/<int:number>/withdraw")
def withdraw_share_link(public_id: str, number: int) -> ResponseReturnValue:
    """Withdraw a link; withdrawing it twice is no error."""
    assessment = require_finished(public_id, "edit")
    if withdraw_plan_link(assessment, number):
        note_event("link_withdrawn", agency_id=assessment.history.agency_id)
    db.session.commit()
    flash(_("The link is withdrawn. It no longer opens the plan."))
    return redirect(url_for("plans.share_links", public_id=public_id))
