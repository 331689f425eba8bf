"""The fields of an action that two people changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from flask import url_for

from app.conflicts import Contested, conflict_page
from app.database.changes import Change
from app.field_words import plan_words
from app.forms import Form
from app.plans.desk import Desk
from app.plans.forms import kept
from reports.documents.formatting import long_date
from reports.team.model import DATES, TeamAction


def contested_page(desk: Desk, before: Change, item: TeamAction, form: Form, names: Iterable[str]) -> str:
    """Return the page that shows both values of these fields of an action. `before` is the last change."""
    words = plan_words(desk.questionnaire)
    contested = [
        Contested(
            field=field,
            about=f"{item.title}: {words[field.name][0]}",
            labels=_dates(field.object_data, kept(field)) if field.name in DATES else words[field.name][1],
            mine=kept(field),
            change=before,
            change_of="Last save of this plan: ",  # who changed which field is not kept
        )
        for field in form
        if field.name in names
    ]
    back = url_for("plans.plan", public_id=desk.assessment.public_id, _anchor=f"action-{item.id}")
    return conflict_page(desk.assessment.history, contested, back)


def _dates(*texts: str | None) -> Mapping[str, str]:
    return {text: long_date(datetime.date.fromisoformat(text)) for text in texts if text}
