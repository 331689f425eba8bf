"""The pages on privacy (what is stored, where, for how long, who can read it) and on accessibility."""

from __future__ import annotations

import datetime

from babel.units import format_unit
from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.config import DEVICE_DAYS
from app.http import known_devices
from app.privacy import bp
from app.retention import EVENT_DAYS, FILE_DAYS, MAIL_DAYS, SIGN_IN_AGE

_DAYS_IN_YEAR = 365


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Show the page with the periods that this site is set to."""
    days = {
        "drafts": current_app.config["DRAFT_DAYS"],
        "finished": current_app.config["FINISHED_DAYS"],
        "pdf_files": FILE_DAYS,
        "emails": MAIL_DAYS,
        "security_events": EVENT_DAYS,
        "device": DEVICE_DAYS - 1,
        "known_device": known_devices.DEVICE_DAYS,
    }
    periods = {name: _in_words(count) for name, count in days.items()}
    hours = SIGN_IN_AGE // datetime.timedelta(hours=1)
    return render_template("privacy/privacy.html", periods=periods, sign_in_hours=hours)


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Show what this site does for people with disabilities, and whom to ask."""
    return render_template("privacy/accessibility.html")


def _in_words(days: int) -> str:
    """Return a period such as "90 days", in years if it is a whole number of them."""
    years, rest = divmod(days, _DAYS_IN_YEAR)
    count, unit = (days, "duration-day") if rest else (years, "duration-year")
    return format_unit(count, unit, length="long", locale=get_locale())
