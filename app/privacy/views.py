"""The pages on privacy (what is stored, where, for how long, who can read it) and on accessibility."""

from __future__ import annotations

import datetime

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.config import DEVICE_DAYS
from app.http import known_devices
from app.privacy import bp
from app.retention import EVENT_DAYS, FILE_DAYS, MAIL_DAYS, NOTICE_DAYS, REMINDER_DAYS, SIGN_IN_AGE


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Show the page with the periods that this site is set to."""
    days = {
        "drafts": current_app.config["DRAFT_DAYS"],
        "finished": current_app.config["FINISHED_DAYS"],
        "agencies": current_app.config["AGENCY_DAYS"],
        "accounts": current_app.config["ACCOUNT_DAYS"],
        "notice": NOTICE_DAYS,
        "pdf_files": FILE_DAYS,
        "emails": MAIL_DAYS,
        "reminders": REMINDER_DAYS,
        "security_events": EVENT_DAYS,
        "device": DEVICE_DAYS - 1,
        "known_device": known_devices.DEVICE_DAYS,
    }
    periods = {name: clock.period(count) for name, count in days.items()}
    hours = SIGN_IN_AGE // datetime.timedelta(hours=1)
    return render_template("privacy/privacy.html", periods=periods, sign_in_hours=hours)


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Show what this site does for people with disabilities, and whom to ask."""
    return render_template("privacy/accessibility.html")


@bp.get("/confidentiality")
def confidentiality() -> ResponseReturnValue:
    """Show what the site can be made to hand over, what never to type, and what federal law asks."""
    return render_template("privacy/confidentiality.html")
