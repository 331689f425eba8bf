"""Reminders by email of dates in plans: turned on and off on the account page, and off by a link in each."""

from __future__ import annotations

import datetime

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user
from itsdangerous import BadData, URLSafeSerializer

from app import clock
from app.accounts import bp
from app.database.reminders import Subscriber, stop_reminders
from app.extensions import csrf, db


def stop_link(person: Subscriber) -> str:
    """Return the link that ends the reminders to this person. It works for as long as the account exists."""
    token = _serializer().dumps([person.user_id, person.created_at.isoformat()])
    return url_for("accounts.no_reminders", token=token, _external=True)


@bp.post("/account/reminders")
@auth_required("session")
def reminders() -> ResponseReturnValue:
    """Turn reminders on or off."""
    wanted = request.form.get("reminders") == "yes"
    current_user.reminders_since = (current_user.reminders_since or clock.now()) if wanted else None
    db.session.commit()
    flash(_("We will email you reminders.") if wanted else _("We will send you no reminders."))
    return redirect(url_for("accounts.account", _anchor="reminders"))


@bp.route("/account/reminders/stop/<token>", methods=["GET", "POST"])
def no_reminders(token: str) -> ResponseReturnValue:
    """Offer to end the reminders, or end them, without signing in.

    The link in an email changes nothing by itself, because mail scanners follow links. The button of a mail
    program posts to it, without our token and from anywhere (RFC 8058), so the answer is no redirect.
    """
    try:
        user_id, created_at = _serializer().loads(token)
    except BadData:
        abort(404)
    if request.method == "POST":
        stop_reminders(user_id, datetime.datetime.fromisoformat(created_at))
        db.session.commit()
    return render_template("accounts/no_reminders.html", token=token, stopped=request.method == "POST")


csrf.exempt(no_reminders)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="reminders")
