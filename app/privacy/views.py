"""The page that says what is stored, where, how long, and who can read it."""

from __future__ import annotations

from dataclasses import fields

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app.config import DEVICE_DAYS
from app.content import current
from app.privacy import bp
from app.retention import EVENT_DAYS, FILE_DAYS, MAIL_DAYS, UNCONFIRMED_DAYS

_A_YEAR = 365


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Show the page, with the numbers of the settings."""
    kept = current().questionnaire.texts.privacy.page.kept
    days = {
        "kept_draft": current_app.config["DRAFT_DAYS"],
        "kept_finished": current_app.config["FINISHED_DAYS"],
        "kept_unconfirmed": UNCONFIRMED_DAYS,
        "kept_files": FILE_DAYS,
        "kept_mails": MAIL_DAYS,
        "kept_events": EVENT_DAYS,
    }
    lines = [
        getattr(kept, field.name).format(time=_in_words(days.get(field.name, 0))) for field in fields(kept)
    ]
    return render_template("privacy/privacy.html", kept=lines, device_days=DEVICE_DAYS - 1)


def _in_words(days: int) -> str:
    """Return a number of days, in years if they are whole ones."""
    number, unit = (days // _A_YEAR, "year") if days and days % _A_YEAR == 0 else (days, "day")
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"
